//! A sale after its end: what the seller, the buyer and staff do, each in one transaction with the phases
//! lock → decide (pure) → write → commit → publish.
//!
//! All of it happens under the auction's lock, so a confirmation, the 7 days, a dispute and a decision that
//! meet come one after the other, and each sees what the one before left.

use sqlx::PgConnection;

use super::{
    Market, Result, auctions, check_key, expect_rows,
    notices::{self, Notify},
    staff::{self, About, Act},
    states,
};
use crate::{
    AuctionId, Instant, Refusal, UserId,
    auction::StatusCode,
    staff::ActKind,
    trade::{Decision, SettledBy, Side},
    view::NoticeKind,
};

impl Market {
    /// The seller says that he has handed the thing over or sent it; `note` is the parcel's number or
    /// whatever the buyer needs to know (see [`crate::trade::note`]). The same key acts once.
    ///
    /// # Errors
    /// `malformed`, `not_found`, `not_yours` unless `seller` is the seller, `not_sold`,
    /// `already_handed_over`, `busy`.
    pub async fn hand_over(
        &self,
        seller: UserId,
        id: AuctionId,
        note: Option<&str>,
        key: &str,
    ) -> Result<StatusCode> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        let mut record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        record.auction.only_seller(seller)?;
        let known = hand_over_known(&mut transaction, id).await?;
        if known.as_deref() == Some(key) {
            return Ok(record.auction.status.code());
        }
        let sale = record.auction.may_hand_over(seller)?;
        if known.is_some() {
            return Err(Refusal::AlreadyHandedOver.into());
        }
        hand_over_insert(&mut transaction, id, note, key, now).await?;
        // A new number: the pages of both move.
        auctions::save(&mut transaction, &mut record, now).await?;
        let amount = Some(sale.price_paid);
        let notice =
            Notify { auction: id, user: sale.winner, kind: NoticeKind::HandedOver, amount, times: 1 };
        notices::write(&mut transaction, &[notice], now).await?;
        let state = states::state(&mut transaction, &record).await?;
        transaction.commit().await?;
        self.announce(record.reach, state, vec![sale.winner, seller]);
        Ok(record.auction.status.code())
    }

    /// The buyer has the thing: the seller is paid out of escrow, also out of a dispute.
    ///
    /// # Errors
    /// `not_found`, `not_yours` unless `buyer` is the buyer, `not_sold`, `busy`.
    pub async fn confirm_handover(&self, buyer: UserId, id: AuctionId) -> Result<StatusCode> {
        let mut transaction = self.begin().await?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        record.auction.only_buyer(buyer)?;
        let settled = record.auction.clone().settle()?;
        self.finish(transaction, record, now, settled, Some(SettledBy::Buyer)).await
    }

    /// Staff decide a sale whose money waits in escrow, for a reason that both learn. The same key acts once.
    ///
    /// # Errors
    /// `malformed`, `not_yours` unless `staff` is of the staff and neither buyer nor seller, `not_found`,
    /// `key_reused`, `not_sold`, `busy`.
    pub async fn decide_sale(
        &self,
        staff: UserId,
        id: AuctionId,
        decision: Decision,
        reason: &str,
        key: &str,
    ) -> Result<StatusCode> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        staff::require(&mut transaction, staff).await?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        let about = About { auction: Some(id), ..About::default() };
        let mut act = Act::new(staff, key, kind(decision), reason, about);
        if staff::logged(&mut transaction, &act).await? {
            return Ok(outcome(decision));
        }
        let sale = record.auction.status.sale().ok_or(Refusal::NotSold)?;
        if record.auction.side(staff, true)? != Side::Staff {
            return Err(Refusal::NotYours.into());
        }
        let (decided, user) = match decision {
            Decision::Settle => (record.auction.clone().settle()?, record.auction.seller),
            Decision::Refund => (record.auction.clone().refund()?, sale.winner),
        };
        act.about.user = Some(user);
        staff::log(&mut transaction, &act, now).await?;
        self.finish(transaction, record, now, decided, Some(SettledBy::Staff)).await
    }
}

/// A decision as the log calls it.
fn kind(decision: Decision) -> ActKind {
    match decision {
        Decision::Settle => ActKind::Settle,
        Decision::Refund => ActKind::Refund,
    }
}

/// How a sale stands after a decision.
fn outcome(decision: Decision) -> StatusCode {
    match decision {
        Decision::Settle => StatusCode::Settled,
        Decision::Refund => StatusCode::Refunded,
    }
}

/// Under which key the seller has said that he handed it over, if he did.
async fn hand_over_known(connection: &mut PgConnection, id: AuctionId) -> Result<Option<String>> {
    let key = sqlx::query_scalar!("SELECT handover_key FROM trades WHERE auction_id = $1", id.0);
    Ok(key.fetch_optional(connection).await?.flatten())
}

async fn hand_over_insert(
    connection: &mut PgConnection,
    id: AuctionId,
    note: Option<&str>,
    key: &str,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO trades (auction_id, handed_over_at, handover_note, handover_key)
         VALUES ($1, $2, $3, $4)",
        id.0,
        now,
        note,
        key
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "handover")
}

/// The money leaves escrow; part of the transaction that moves it.
pub(super) async fn write_end(
    connection: &mut PgConnection,
    id: AuctionId,
    by: SettledBy,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO trades (auction_id, settled_at, settled_by) VALUES ($1, $2, $3)
         ON CONFLICT (auction_id) DO UPDATE SET settled_at = $2, settled_by = $3
         WHERE trades.settled_at IS NULL",
        id.0,
        now,
        by.as_str()
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "end of a trade")
}
