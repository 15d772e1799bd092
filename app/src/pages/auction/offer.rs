//! What may be bid next: the rules' own functions, asked before anything is sent. The server decides all the
//! same.

use market::{Increment, Money, Refusal, live::AuctionState, view::About};

use super::stand::Stand;

/// An amount over so many times the next bid is asked about twice (product, *Pages*).
const LARGE: i64 = 3;

/// What a bid means, and so what is asked before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// The amount becomes the price.
    Plain,
    /// The amount is a maximum.
    Automatic,
    /// The leader changes his maximum.
    Maximum,
    /// So much that it may be a slip of the finger.
    Large,
    /// It reaches the buy-now price: a purchase.
    Purchase {
        /// What is paid.
        price: Money,
    },
}

/// Why the rules would surely refuse `amount`, in their order (*Bidding* 4, 5, 7); money is the server's to
/// know.
#[must_use]
pub fn refuse(about: &About, state: &AuctionState, stand: Stand, amount: Option<Money>) -> Option<Refusal> {
    let Some(amount) = amount.filter(|amount| amount.is_positive() && *amount <= Money::ceiling()) else {
        return Some(Refusal::InvalidAmount);
    };
    if let Some(unit) = about.increment.grid() {
        let (lower, upper) = amount.neighbours(unit);
        if lower != upper {
            return Some(Refusal::OffGrid { lower, upper });
        }
    }
    if about.buy_now.is_some_and(|price| amount >= price) {
        return None;
    }
    if stand.leads() {
        return if amount < state.price {
            Some(Refusal::BelowCurrentPrice { min: state.price })
        } else {
            (stand.maximum() == Some(amount)).then_some(Refusal::SameMaximum)
        };
    }
    let min = about.next_bid(state.price);
    (amount < min).then_some(Refusal::BidTooLow { min })
}

/// What is asked before `amount` is sent.
#[must_use]
pub fn question(about: &About, price: Money, stand: Stand, amount: Money, automatic: bool) -> Question {
    if let Some(price) = about.buy_now.filter(|&buy_now| amount >= buy_now) {
        return Question::Purchase { price };
    }
    let raised = stand.maximum().is_none_or(|maximum| amount > maximum);
    if raised && amount > about.next_bid(price).times(LARGE) {
        return Question::Large;
    }
    match automatic {
        _ if stand.leads() => Question::Maximum,
        true => Question::Automatic,
        false => Question::Plain,
    }
}

/// So many steps at the price as it stands; before the first bid, at the start price.
#[must_use]
pub fn steps(about: &About, price: Money, times: i64) -> Money {
    about.increment.step(price.max(about.start_price)).times(times)
}

/// `base` and so many steps more, on the grid.
#[must_use]
pub fn raised(about: &About, price: Money, base: Money, times: i64) -> Money {
    on_grid(&about.increment, base) + steps(about, price, times)
}

fn on_grid(increment: &Increment, amount: Money) -> Money {
    increment.grid().map_or(amount, |unit| amount.neighbours(unit).0)
}

/// The amount that a refusal's button offers, as the auction stands by now.
#[must_use]
pub fn acceptable(about: &About, state: &AuctionState, stand: Stand, refusal: &Refusal) -> Option<Money> {
    let offered = refusal.acceptable()?;
    if stand.leads() {
        let least = offered.max(state.price);
        return (stand.maximum() != Some(least)).then_some(least);
    }
    Some(offered.max(about.next_bid(state.price)))
}

#[cfg(test)]
mod tests {
    use market::{
        AuctionId, CategoryId, Settlement, UserId,
        alias::Alias,
        auction::StatusCode,
        opening::{Condition, Reach, Shipping},
        view::{Category, Region, SellerCard},
    };

    use super::*;

    fn won(amount: i64) -> Money {
        Money::won(amount)
    }

    #[test]
    fn chips_stay_on_the_grid() {
        let unit = Increment::Fixed { unit: won(1_000) };
        assert_eq!(raised(&about(unit.clone()), won(11_000), won(12_000), 3), won(15_000));
        assert_eq!(raised(&about(unit), won(11_000), won(12_500), 1), won(13_000));
        assert_eq!(raised(&about(Increment::offered_ladder()), won(0), won(12_500), 1), won(13_500));
    }

    fn leading() -> Stand {
        Stand::Leading { maximum: Some(won(60_000)) }
    }

    #[test]
    fn what_the_rules_would_refuse_is_refused_before_it_is_sent() {
        let about = about(Increment::default_unit());
        let state = state(won(51_000));
        let refuse = |stand, amount| refuse(&about, &state, stand, Some(won(amount)));
        assert_eq!(refuse(Stand::Outbid, 0), Some(Refusal::InvalidAmount));
        let off_grid = Refusal::OffGrid { lower: won(52_000), upper: won(53_000) };
        assert_eq!(refuse(Stand::Outbid, 52_500), Some(off_grid.clone()));
        assert_eq!(refuse(Stand::Outbid, 51_000), Some(Refusal::BidTooLow { min: won(52_000) }));
        assert_eq!(refuse(Stand::Outbid, 52_000), None);
        assert_eq!(refuse(leading(), 50_000), Some(Refusal::BelowCurrentPrice { min: won(51_000) }));
        assert_eq!(refuse(leading(), 60_000), Some(Refusal::SameMaximum));
        assert_eq!(refuse(leading(), 51_000), None);
        assert_eq!(refuse(Stand::Aside, 900_000), None, "a purchase is asked about");
        assert_eq!(acceptable(&about, &state, Stand::Outbid, &off_grid), Some(won(53_000)));
        let too_low = Refusal::BidTooLow { min: won(40_000) };
        assert_eq!(acceptable(&about, &state, Stand::Outbid, &too_low), Some(won(52_000)));
    }

    #[test]
    fn a_slip_of_the_finger_and_a_purchase_are_asked_about() {
        let about = about(Increment::default_unit());
        let ask = |stand, amount| question(&about, won(51_000), stand, won(amount), false);
        assert_eq!(ask(Stand::Aside, 156_000), Question::Plain);
        assert_eq!(ask(Stand::Aside, 157_000), Question::Large);
        assert_eq!(ask(Stand::Aside, 900_000), Question::Purchase { price: won(800_000) });
        assert_eq!(ask(leading(), 70_000), Question::Maximum);
        assert_eq!(ask(leading(), 157_000), Question::Large);
    }

    fn noon() -> market::Instant {
        market::text::parse_local("2026-11-22T12:00").expect("a time")
    }

    fn about(increment: Increment) -> About {
        About {
            title: String::new(),
            description: String::new(),
            category: Category {
                id: CategoryId(1),
                slug: String::new(),
                name_ko: String::new(),
                name_en: String::new(),
                art: String::new(),
                glyph: String::new(),
            },
            condition: Condition::A,
            shipping: Shipping::Seller,
            art: String::new(),
            pictures: Vec::new(),
            region: Region { code: String::new(), name: String::new(), full_name: String::new() },
            reach: Reach::National,
            start_price: won(10_000),
            increment,
            buy_now: Some(won(800_000)),
            soft_close: None,
            settlement: Settlement::OnClose,
            seller: SellerCard {
                id: UserId(1),
                nickname: String::new(),
                has_left: false,
                score: None,
                review_count: 0,
                sold_count: 0,
                running_count: 1,
                since: noon(),
            },
        }
    }

    fn state(price: Money) -> AuctionState {
        AuctionState {
            id: AuctionId(1),
            seq: 1,
            status: StatusCode::Live,
            price,
            leader: Some(Alias(2)),
            winner: None,
            reserve_met: None,
            starts_at: noon(),
            ends_at: noon(),
            first_end: noon(),
            hard_stop_at: None,
            last_call: false,
            bid_count: 1,
            bidder_count: 1,
            bids: Vec::new(),
        }
    }
}
