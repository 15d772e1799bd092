//! Who hangs up while his request is under way: what it changes is changed, and everybody hears of it.

use std::time::Duration;

use market::{UserId, store::Change};
use tokio::{sync::broadcast::Receiver, time::timeout};

use crate::{
    db::TestDatabase,
    site::{Caller, Site},
};

async fn until_somebody_waits(books: &TestDatabase) {
    let waiting = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock' AND $1 = 1";
    while books.count(waiting, 1).await == 0 {
        tokio::task::yield_now().await;
    }
}

async fn news_of(changes: &mut Receiver<Change>, who: UserId) {
    loop {
        match changes.recv().await.expect("a change") {
            Change::People(people) if people.contains(&who) => return,
            _ => {}
        }
    }
}

#[tokio::test]
async fn what_was_begun_is_done_and_announced_though_nobody_waits_for_the_answer() {
    let site = Site::open().await;
    let me = site.person("minji", 0).await;
    let mut holding = site.books.pool.begin().await.expect("a transaction");
    let hold = sqlx::query("SELECT FROM wallets WHERE user_id = $1 FOR UPDATE").bind(me.id.0);
    hold.execute(&mut *holding).await.expect("a lock");
    let mut changes = site.books.market.changes();
    let form = [("amount", "5000"), ("key", "k")];
    tokio::select! {
        answer = site.post(Caller::Browser(&me), "/api/deposit", &form) => panic!("{}", answer.json()),
        () = until_somebody_waits(&site.books) => {}
    }
    holding.rollback().await.expect("free");
    let heard = timeout(Duration::from_secs(5), news_of(&mut changes, me.id)).await;
    assert!(heard.is_ok(), "nobody hears of it");
    assert_eq!(site.books.wallet(me.id).await, (5_000, 0));
}
