//! 343 real proxy auctions, replayed: the right people win at the prices that were paid (rules, *Vectors*).
//! Data: W. Jank and G. Shmueli, *Modeling Online Auctions*.

mod common;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use common::worlds::at;
use market::{
    Auction, Band, Increment, Money, Refusal, Settlement, Terms, UserId,
    bidding::{Asker, Bid, Request, Verdict, decide},
};

/// A recorded bid; amounts × 100, so that cents are whole.
struct Recorded {
    bidder: String,
    amount: Money,
    at: TimeDelta,
}

#[derive(Default)]
struct Record {
    bids: Vec<Recorded>,
    open: Option<Money>,
    price: Option<Money>,
}

#[derive(Default)]
struct Figures {
    auctions: usize,
    winners_right: usize,
    exact: usize,
    raised_to_a_reserve: usize,
    other: Vec<String>,
    accepted: usize,
    same_maximum: usize,
    bid_too_low: usize,
}

/// eBay's increments at the time, in cents.
fn ebay_ladder() -> Increment {
    let bands = [
        (Some(100), 5),
        (Some(500), 25),
        (Some(2_500), 50),
        (Some(10_000), 100),
        (Some(25_000), 250),
        (Some(50_000), 500),
        (Some(100_000), 1_000),
        (Some(250_000), 2_500),
        (Some(500_000), 5_000),
        (None, 10_000),
    ];
    let band =
        |(below, step): (Option<i64>, i64)| Band { below: below.map(Money::won), step: Money::won(step) };
    Increment::Ladder { bands: bands.map(band).to_vec() }
}

/// A decimal text of units as whole hundredths.
fn hundredths(text: &str) -> Money {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let fraction = format!("{fraction:0<2}");
    assert!(fraction[2..].chars().all(|digit| digit == '0'), "finer than hundredths: {text}");
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().expect("whole units") };
    Money::won(whole * 100 + fraction[..2].parse::<i64>().expect("hundredths"))
}

/// A decimal text of days as microseconds of a day, exactly.
fn days(text: &str) -> TimeDelta {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().expect("whole days") };
    let fraction: i64 = format!("{fraction:0<9}")[..9].parse().expect("a fraction of a day");
    TimeDelta::microseconds(whole * 86_400_000_000 + fraction * 864 / 10)
}

fn read() -> BTreeMap<String, Record> {
    let text = common::data_file("AUCTIONS_CSV", "ebay_palm.csv");
    let mut records: BTreeMap<String, Record> = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        let row = row.expect("a row");
        let record = records.entry(row[0].to_owned()).or_default();
        record.bids.push(Recorded {
            bidder: row[3].to_owned(),
            amount: hundredths(&row[1]),
            at: days(&row[2]),
        });
        record.open = Some(hundredths(&row[5]));
        record.price = Some(hundredths(&row[6]));
    }
    for record in records.values_mut() {
        // A stable sort: ties stay in file order.
        record.bids.sort_by_key(|bid| bid.at);
    }
    records
}

/// Plays a record with ample funds; the end state and the names by user.
fn play(
    record: &Record,
    reserve: Option<Money>,
    mut count: impl FnMut(&Result<Verdict, Refusal>),
) -> Auction {
    let terms = Terms {
        start_price: record.open.expect("an opening bid"),
        increment: ebay_ladder(),
        buy_now: None,
        reserve,
        soft_close: None,
        settlement: Settlement::OnClose,
    };
    let mut auction = Auction::opened(UserId(0), terms, at(0), at(86_400 * 30));
    let mut users: BTreeMap<&str, UserId> = BTreeMap::new();
    for bid in &record.bids {
        let next = UserId(i64::try_from(users.len()).expect("few") + 1);
        let user = *users.entry(&bid.bidder).or_insert(next);
        let request = Request::Bid(Bid { amount: bid.amount, automatic: true, accept_buy_now: false });
        let asker = Asker { user, available: Money::ceiling(), suspended: false };
        let verdict = decide(&auction, asker, request, None, at(0) + bid.at);
        count(&verdict);
        if let Ok(Verdict::Accepted(effect)) = verdict {
            auction = effect.auction;
        }
    }
    auction
}

fn winner_is_right(record: &Record, auction: &Auction) -> bool {
    let highest = record.bids.iter().map(|bid| bid.amount).max();
    let mut order: Vec<&str> = Vec::new();
    for bid in &record.bids {
        if !order.contains(&bid.bidder.as_str()) {
            order.push(&bid.bidder);
        }
    }
    let leader =
        auction.leading().map(|leading| order[usize::try_from(leading.user.0 - 1).expect("an index")]);
    record.bids.iter().any(|bid| Some(bid.amount) == highest && Some(bid.bidder.as_str()) == leader)
}

fn tell(id: &str, record: &Record, figures: &mut Figures) {
    let auction = play(record, None, |verdict| match verdict {
        Ok(_) => figures.accepted += 1,
        Err(Refusal::SameMaximum) => figures.same_maximum += 1,
        Err(Refusal::BidTooLow { .. }) => figures.bid_too_low += 1,
        Err(other) => panic!("auction {id}: {other:?}"),
    });
    figures.auctions += 1;
    figures.winners_right += usize::from(winner_is_right(record, &auction));
    let recorded = record.price.expect("a final price");
    let maximum = auction.leading().expect("a leader").hold;
    if auction.price == recorded {
        figures.exact += 1;
    } else if auction.price < recorded && recorded <= maximum {
        let with_reserve = play(record, Some(recorded), |_| {});
        if with_reserve.price == recorded {
            figures.raised_to_a_reserve += 1;
        } else {
            figures.other.push(id.to_owned());
        }
    } else {
        figures.other.push(id.to_owned());
    }
}

#[test]
fn real_auctions_end_with_the_right_winners_at_the_recorded_prices() {
    let mut figures = Figures::default();
    for (id, record) in &read() {
        tell(id, record, &mut figures);
    }
    println!(
        "auctions {}, winners right {}, prices exact {}, raised to a reserve {}, other {}, accepted {}, \
         same_maximum {}, bid_too_low {}",
        figures.auctions,
        figures.winners_right,
        figures.exact,
        figures.raised_to_a_reserve,
        figures.other.len(),
        figures.accepted,
        figures.same_maximum,
        figures.bid_too_low,
    );
    assert!(figures.auctions > 0, "nothing was played");
    assert_eq!(figures.winners_right, figures.auctions);
    if std::env::var_os("AUCTIONS_CSV").is_none() {
        assert_eq!((figures.auctions, figures.exact, figures.raised_to_a_reserve), (343, 329, 12));
        assert_eq!((figures.accepted, figures.same_maximum, figures.bid_too_low), (5_898, 16, 3));
        assert_eq!(figures.other, ["3016587753", "3017736272"], "the records that contradict themselves");
    }
}
