//! What happens in the demo, event by event.

use chrono::TimeDelta;
use market::{Instant, Money, Settlement, UserId, bidding::Bid, trade::Complaint};

use super::{
    accounts::Accounts,
    cast::Parts,
    files::{Lot, Stage},
    history::{Frame, History},
    records::Record,
    rounds::Round,
    stories::Story,
    times::{DISPUTE, HANDOVER, Times},
};

/// Every so manieth live auction is led by a maximum above its price.
const SPARE_EVERY: usize = 3;
/// How far above, in per cents of the highest bid.
const SPARE_PER_CENT: i64 = 9;
/// What the buyer of the lot that is refunded finds wrong.
const COMPLAINT: &str = "설명에는 작동한다고 되어 있었는데 게임팩 하나가 끝내 인식되지 않아요.";
/// The most watchers of an auction.
const WATCHERS_MAX: usize = 21;

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// In which round: an index into those played.
    pub round: usize,
    /// What.
    pub act: Act,
}

/// What somebody does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The seller opens the auction.
    Open(UserId),
    /// Somebody bids.
    Bid(UserId, Bid),
    /// Somebody watches.
    Watch(UserId),
    /// The end is reached.
    Close,
    /// The seven days are over.
    Settle,
    /// Staff decide for the buyer.
    Refund,
    /// Somebody asks; the number of his question at this auction.
    Ask(UserId, usize, String),
    /// The seller answers that question.
    Answer(UserId, usize, String),
    /// One of the two of a sale says or does something.
    Speak(UserId, Words),
    /// The seller takes it back.
    Cancel(UserId),
}

/// What the two of a sale say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// In their chat.
    Say(String),
    /// The seller: it is on its way.
    HandOver(String),
    /// The buyer finds something wrong.
    Dispute(Complaint, String),
    /// In the dispute.
    Argue(String),
    /// Of each other.
    Review(u8, String),
}

/// All events of `rounds` up to `now`, in the order of time: what stands in a ledger is older than what
/// stands above.
pub fn write(
    rounds: &[Round<'_>],
    accounts: &Accounts,
    records: &[Record],
    stories: &[Story],
    now: Instant,
) -> anyhow::Result<Vec<Event>> {
    let mut events = Vec::new();
    for (index, round) in rounds.iter().enumerate() {
        let story = stories.iter().find(|story| story.lot == round.index && round.number == 0);
        let acts = Scene { round, accounts, story, now }.acts(records)?;
        events.extend(acts.into_iter().map(|(at, act)| Event { at, round: index, act }));
    }
    // Stable: an auction is opened before the bid of the same moment.
    events.sort_by_key(|event| event.at);
    Ok(events)
}

struct Scene<'a> {
    round: &'a Round<'a>,
    accounts: &'a Accounts,
    story: Option<&'a Story>,
    now: Instant,
}

impl Scene<'_> {
    fn acts(&self, records: &[Record]) -> anyhow::Result<Vec<(Instant, Act)>> {
        let Round { lot, times, .. } = self.round;
        let parts = Parts::of(self.round.index, self.round.number);
        let seller = self.accounts.named(parts.seller.unwrap_or(&lot.seller))?;
        let history = self.frame().history(records, self.round.seed());
        let cast = parts.cast(&history, self.accounts, self.round.seed())?;
        let mut acts = vec![(times.opens_at, Act::Open(seller))];
        acts.extend(history.bids.iter().map(|&(at, bidder, bid)| (at, Act::Bid(cast[bidder], bid))));
        acts.extend(self.watches(&parts)?);
        let buyer = history.leader.map(|leader| cast[leader]);
        acts.extend(self.ending(&history, seller, buyer));
        if let Some(story) = self.story {
            acts.extend(story.questions(self.round, self.accounts, seller, self.now)?);
            acts.extend(
                buyer.into_iter().flat_map(|buyer| story.after(history.ends_at, seller, buyer, self.now)),
            );
        }
        Ok(acts)
    }

    fn frame(&self) -> Frame {
        let Round { lot, times, index, .. } = self.round;
        let top = if lot.stage == Stage::Live { price_so_far(lot, times, self.now) } else { lot.final_price };
        let spare = if lot.stage == Stage::Live && index % SPARE_EVERY == 1 {
            Money::won(top.to_won() * SPARE_PER_CENT / 100)
        } else {
            Money::ZERO
        };
        let terms = lot.terms();
        // From the buy-now price on a bid would be the purchase.
        let spare = terms.buy_now.map_or(spare, |price| spare.min(price - Money::won(1) - top));
        Frame {
            terms,
            starts_at: times.starts_at,
            ends_at: times.ends_at,
            last_bid_at: times.quiet_since,
            top,
            spare,
            bids: lot.bids,
        }
    }

    /// Watchers come evenly over the time so far, the more the more bids there are.
    fn watches(&self, parts: &Parts) -> anyhow::Result<Vec<(Instant, Act)>> {
        let Round { lot, times, index, .. } = self.round;
        let file = &self.accounts.bidders;
        let count = (lot.bids / 3 + index * 13 % 11).min(WATCHERS_MAX);
        // 7 shares no divisor with the 24 of the file: nobody comes twice.
        let mut watchers: Vec<UserId> =
            (0..count).map(|number| file[(index * 5 + number * 7) % file.len()]).collect();
        watchers.extend(parts.watcher.map(|name| self.accounts.named(name)).transpose()?);
        let so_far = times.ends_at.min(self.now) - times.opens_at;
        let parts = i32::try_from(watchers.len() + 1)?;
        let at = |number: i32| times.opens_at + so_far / parts * number;
        Ok((1..).zip(watchers).map(|(number, user)| (at(number), Act::Watch(user))).collect())
    }

    fn ending(&self, history: &History, seller: UserId, buyer: Option<UserId>) -> Vec<(Instant, Act)> {
        let Round { lot, times, .. } = self.round;
        let end = history.ends_at;
        let mut acts = match lot.stage {
            Stage::Live | Stage::Scheduled => return Vec::new(),
            Stage::Cancelled => {
                let half = times.starts_at + (self.now - times.starts_at) / 2;
                return vec![(half, Act::Cancel(seller))];
            }
            Stage::Settled | Stage::Sold | Stage::Disputed | Stage::Refunded | Stage::Unsold => {
                vec![(end, Act::Close)]
            }
        };
        match (lot.stage, buyer) {
            (Stage::Settled, _) if lot.terms().settlement == Settlement::OnHandover => {
                acts.push((end + HANDOVER, Act::Settle));
            }
            (Stage::Refunded, Some(buyer)) => {
                let words = Words::Dispute(Complaint::NotAsDescribed, COMPLAINT.to_owned());
                acts.push((end + DISPUTE, Act::Speak(buyer, words)));
                acts.push((end + DISPUTE * 2 - TimeDelta::hours(1), Act::Refund));
            }
            _ => {}
        }
        acts
    }
}

/// What a live auction has come to: it rises with the time that has passed.
fn price_so_far(lot: &Lot, times: &Times, now: Instant) -> Money {
    let range = (lot.final_price - lot.start_price).to_won();
    lot.start_price + Money::won(range * times.elapsed(now) / 1_000)
}
