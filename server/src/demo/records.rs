//! The real auctions that the histories are taken from. Data: W. Jank and G. Shmueli, *Modeling Online
//! Auctions*.

use std::collections::BTreeMap;

use anyhow::Context;

/// Days in the file are read to this many decimals: a tenth of a second.
const DAY_DECIMALS: usize = 6;
/// Amounts are read in hundredths.
const AMOUNT_DECIMALS: usize = 2;

/// A recorded bid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The bidders of a record are numbered from 0 in the order of their first bid.
    pub bidder: usize,
    /// In hundredths.
    pub amount: i64,
    /// Since the start, in millionths of a day.
    pub at: i64,
}

/// A recorded auction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// In the order of time.
    pub bids: Vec<Recorded>,
    /// How long it ran, in millionths of a day.
    pub length: i64,
}

/// All of them, in the order of their numbers.
pub fn read() -> anyhow::Result<Vec<Record>> {
    let text = include_str!("../../../market/data/ebay_palm.csv");
    let mut rows: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let (auction, row) =
            Row::parse(line).with_context(|| format!("ebay_palm.csv: line {}", number + 1))?;
        rows.entry(auction).or_default().push(row);
    }
    Ok(rows.into_values().map(Record::from).collect())
}

struct Row<'a> {
    bidder: &'a str,
    amount: i64,
    at: i64,
    length: i64,
}

impl<'a> Row<'a> {
    fn parse(line: &'a str) -> Option<(&'a str, Self)> {
        let columns: Vec<&str> = line.trim_end().split(',').collect();
        let &[auction, amount, at, bidder, _, _, _, _, kind] = columns.as_slice() else { return None };
        let days = kind.split(' ').next()?;
        let row = Self {
            bidder,
            amount: shifted(amount, AMOUNT_DECIMALS)?,
            at: shifted(at, DAY_DECIMALS)?,
            length: shifted(days, DAY_DECIMALS)?,
        };
        Some((auction, row))
    }
}

impl From<Vec<Row<'_>>> for Record {
    fn from(mut rows: Vec<Row<'_>>) -> Self {
        // A stable sort: ties stay in file order.
        rows.sort_by_key(|row| row.at);
        let mut names: Vec<&str> = Vec::new();
        let length = rows.iter().map(|row| row.length.max(row.at)).max().unwrap_or(1);
        let mut bids = Vec::with_capacity(rows.len());
        for row in rows {
            let known = names.iter().position(|&name| name == row.bidder);
            let bidder = known.unwrap_or_else(|| {
                names.push(row.bidder);
                names.len() - 1
            });
            bids.push(Recorded { bidder, amount: row.amount, at: row.at });
        }
        Self { bids, length }
    }
}

/// A decimal text as a whole number of 10^-`decimals`; what is finer is cut off.
fn shifted(text: &str, decimals: usize) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction: String = fraction.chars().chain(std::iter::repeat('0')).take(decimals).collect();
    format!("{whole}{fraction}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_343_auctions_and_5917_bids_are_read() {
        let records = read().expect("the file");
        assert_eq!(records.len(), 343);
        assert_eq!(records.iter().map(|record| record.bids.len()).sum::<usize>(), 5_917);
        assert!(records.iter().all(|record| record.bids.is_sorted_by_key(|bid| bid.at)));
    }

    #[test]
    fn a_decimal_text_is_read_exactly() {
        assert_eq!(shifted("29.75", 2), Some(2_975));
        assert_eq!(shifted("50", 2), Some(5_000));
        assert_eq!(shifted(".01", 2), Some(1));
        assert_eq!(shifted("1.44493", 6), Some(1_444_930));
        assert_eq!(shifted("many", 2), None);
    }
}
