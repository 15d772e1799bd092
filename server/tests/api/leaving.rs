//! Who hangs up while his request is under way: what it changes is changed, and everybody hears of it; half a
//! form changes nothing, and one that is too large is refused when all of it has come.

use std::{convert::Infallible, task::Poll, time::Duration};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use futures::{
    StreamExt,
    stream::{once, pending, poll_fn},
};
use market::{UserId, store::Change};
use tokio::{
    sync::{broadcast::Receiver, oneshot},
    time::timeout,
};

use crate::{
    db::TestDatabase,
    site::{Caller, HOST, Site},
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

#[tokio::test]
async fn what_is_too_large_is_refused_when_it_has_come() {
    let site = Site::open().await;
    let part = "x".repeat(10_000);
    let mut left = 7;
    let (all, came) = oneshot::channel();
    let mut all = Some(all);
    let parts = poll_fn(move |_| {
        if left == 0 {
            if let Some(all) = all.take() {
                all.send(()).expect("the test");
            }
            return Poll::Ready(None);
        }
        left -= 1;
        Poll::Ready(Some(Ok::<_, Infallible>(part.clone())))
    });
    let request =
        Request::post("/api/deposit").header(header::HOST, HOST).header(header::CONTENT_LENGTH, 70_000);
    let answer = site.send(request.body(Body::from_stream(parts)).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    came.await.expect("all of it is read");
}

#[tokio::test]
async fn half_a_form_is_not_heard_out_and_changes_nothing() {
    let site = Site::open().await;
    let me = site.person("minji", 0).await;
    let (waits, waiting) = oneshot::channel();
    // All that is needed has come, but not the end.
    let half = once(async { Ok("amount=5000&key=k") });
    let rest = once(async move {
        waits.send(()).expect("the test");
        pending::<Result<&str, Infallible>>()
    });
    let request = Request::post("/api/deposit")
        .header(header::HOST, HOST)
        .header(header::COOKIE, me.cookie())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from_stream(half.chain(rest.flatten())));
    tokio::select! {
        answer = site.send(request.expect("a request")) => panic!("{}", answer.json()),
        heard = waiting => heard.expect("the rest is waited for"),
    }
    // Whatever else runs, too.
    site.stop.token.cancel();
    site.stop.tasks.close();
    let ended = timeout(Duration::from_secs(5), site.stop.tasks.wait()).await;
    assert!(ended.is_ok(), "{} still wait for the rest", site.stop.tasks.len());
    assert_eq!(site.books.wallet(me.id).await, (0, 0));
}
