//! My page: the auctions I have to do with.

use sqlx::PgConnection;

use super::{
    Market, Result,
    cards::{card_query, fetch_cards},
};
use crate::{
    Instant, UserId,
    view::{Card, MyPage, Shelf},
};

/// Cards on one shelf of my page.
const SHELF: i64 = 30;

impl Market {
    /// The auctions `user` has to do with, by what comes next.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_page(&self, user: UserId) -> Result<MyPage> {
        let notices = self.notices(user, 20).await?;
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let mut shelves = Vec::with_capacity(Shelf::ALL.len());
        for shelf in Shelf::ALL {
            shelves.push((shelf, my_page_shelf(&mut transaction, shelf, user, now).await?));
        }
        Ok(MyPage { shelves, notices, now })
    }
}

async fn my_page_shelf(
    connection: &mut PgConnection,
    shelf: Shelf,
    user: UserId,
    now: Instant,
) -> Result<Vec<Card>> {
    const BID: &str = "a.id IN (SELECT auction_id FROM bidders WHERE user_id = v.id)";
    let mut query = card_query(Some(user));
    match shelf {
        Shelf::Leading => query.push("a.leader_id = v.id"),
        Shelf::Outbid => query
            .push(BID)
            .push(" AND a.status = 'live' AND a.leader_id IS DISTINCT FROM v.id AND a.ends_at > ")
            .push_bind(now),
        Shelf::Won => query.push("a.winner_id = v.id"),
        Shelf::Lost => query.push(BID).push(" AND a.status <> 'live' AND a.winner_id IS DISTINCT FROM v.id"),
        Shelf::Watching => query.push("a.id IN (SELECT auction_id FROM watches WHERE user_id = v.id)"),
        Shelf::Selling => query.push("a.seller_id = v.id AND a.status = 'live'"),
        Shelf::Sold => query.push("a.seller_id = v.id AND a.status <> 'live'"),
    };
    let over = matches!(shelf, Shelf::Won | Shelf::Lost | Shelf::Sold);
    query.push(if over {
        " ORDER BY a.ends_at DESC, a.id LIMIT "
    } else {
        " ORDER BY a.ends_at, a.id LIMIT "
    });
    query.push_bind(SHELF);
    fetch_cards(connection, query).await?.into_iter().map(Card::try_from).collect()
}
