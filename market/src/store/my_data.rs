//! Everything the books hold about a person and by him, for himself, as JSON. Read part by part and page by
//! page, so that whoever has a million rows costs no more memory, and no connection while he downloads.
//! What others wrote (their messages, their questions) is theirs; secrets are nobody's.

mod rows;

use self::rows::{asked_rows, market_rows, money_rows, received_rows, talk_rows, told_rows};
use super::{Market, Result};
use crate::UserId;

/// Rows that are read at a time.
const AT_A_TIME: i64 = 1_000;

/// A part of a person's data: a list of rows under its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataPart {
    /// The account, one row.
    Account,
    /// Where he is or was signed in.
    Sessions,
    /// What his programs sign in or signed in with.
    AccessTokens,
    /// The balances, one row.
    Wallet,
    /// Money in and out.
    Payments,
    /// Every change of the wallet.
    LedgerRows,
    /// What he sells and sold.
    Auctions,
    /// What he bid.
    Bids,
    /// What he keeps an eye on.
    Watches,
    /// Searches he keeps.
    SavedSearches,
    /// What he has begun to write and not opened.
    Drafts,
    /// What he asked.
    Questions,
    /// What he answered.
    Answers,
    /// What he wrote to the other party of a trade.
    Messages,
    /// What he said when something was wrong with a trade.
    DisputeMessages,
    /// What he wrote of others.
    ReviewsWritten,
    /// What others wrote of him, as far as everybody sees it.
    ReviewsReceived,
    /// What he was told.
    Notices,
    /// What he wants to be told of and how, one row once he has chosen.
    NoticeSettings,
    /// Browsers that he lets be woken.
    Devices,
    /// Whom he has blocked.
    Blocks,
    /// What he reported.
    Reports,
}

/// One page of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPage {
    /// Each a JSON object.
    pub rows: Vec<String>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

impl DataPart {
    /// All of them, in the order of the file.
    pub const ALL: [Self; 22] = [
        Self::Account,
        Self::Sessions,
        Self::AccessTokens,
        Self::Wallet,
        Self::Payments,
        Self::LedgerRows,
        Self::Auctions,
        Self::Bids,
        Self::Watches,
        Self::SavedSearches,
        Self::Drafts,
        Self::Questions,
        Self::Answers,
        Self::Messages,
        Self::DisputeMessages,
        Self::ReviewsWritten,
        Self::ReviewsReceived,
        Self::Notices,
        Self::NoticeSettings,
        Self::Devices,
        Self::Blocks,
        Self::Reports,
    ];

    /// Its name in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Sessions => "sessions",
            Self::AccessTokens => "access_tokens",
            Self::Wallet => "wallet",
            Self::Payments => "payments",
            Self::LedgerRows => "ledger_rows",
            Self::Auctions => "auctions",
            Self::Bids => "bids",
            Self::Watches => "watches",
            Self::SavedSearches => "saved_searches",
            Self::Drafts => "drafts",
            Self::Questions => "questions",
            Self::Answers => "answers",
            Self::Messages => "messages",
            Self::DisputeMessages => "dispute_messages",
            Self::ReviewsWritten => "reviews_written",
            Self::ReviewsReceived => "reviews_received",
            Self::Notices => "notices",
            Self::NoticeSettings => "notice_settings",
            Self::Devices => "devices",
            Self::Blocks => "blocks",
            Self::Reports => "reports",
        }
    }
}

impl Market {
    /// The rows of `part` about `user` behind the row `after`; 0 for the first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_data(&self, user: UserId, part: DataPart, after: i64) -> Result<DataPage> {
        let mut connection = self.connection().await?;
        let rows = match part {
            DataPart::Account
            | DataPart::Sessions
            | DataPart::AccessTokens
            | DataPart::Wallet
            | DataPart::Payments
            | DataPart::LedgerRows => money_rows(&mut connection, user, part, after).await?,
            DataPart::Auctions
            | DataPart::Bids
            | DataPart::Watches
            | DataPart::SavedSearches
            | DataPart::Drafts => market_rows(&mut connection, user, part, after).await?,
            DataPart::ReviewsReceived => {
                let now = self.clock(&mut connection).await?;
                received_rows(&mut connection, user, after, now).await?
            }
            DataPart::Notices | DataPart::NoticeSettings | DataPart::Devices => {
                told_rows(&mut connection, user, part, after).await?
            }
            DataPart::Questions | DataPart::Answers => asked_rows(&mut connection, user, part, after).await?,
            _ => talk_rows(&mut connection, user, part, after).await?,
        };
        let full = i64::try_from(rows.len()).is_ok_and(|count| count == AT_A_TIME);
        let next = rows.last().map(|(id, _)| *id).filter(|_| full);
        Ok(DataPage { rows: rows.into_iter().map(|(_, row)| row).collect(), next })
    }
}
