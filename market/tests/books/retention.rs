//! What is kept no longer than it is of use, and what stays for ever.

use chrono::TimeDelta;
use market::{
    Instant,
    notice::Channel,
    store::{Market, retention::Stale},
};

use crate::{
    Scene,
    db::plain,
    noon,
    people::PASSWORD,
    profile::{Held, sora},
};

/// So long after noon that what was over at noon is kept for its last second, or for one too many.
fn over(stale: Stale, more: i64) -> Instant {
    noon() + TimeDelta::days(stale.days()) + TimeDelta::seconds(more)
}

async fn forget(market: &Market, stale: Stale) -> u64 {
    market.forget_stale(stale, 100).await.expect("asked")
}

#[tokio::test]
async fn sessions_go_thirty_days_after_their_end_with_the_browsers_that_they_woke() {
    let scene = Scene::new().await;
    let (user, ended) = sora(&scene).await;
    let market = scene.market();
    scene.device(user, "phone").await;
    let (_, kept) = market.sign_in("sora", PASSWORD, "").await.expect("signed in");
    market.sign_out(&ended).await.expect("signed out");
    scene.set(over(Stale::Sessions, 0) - TimeDelta::days(1));
    assert!(market.session(&kept).await.expect("asked").is_some(), "used, so it goes on");
    scene.set(over(Stale::Sessions, 0));
    assert_eq!(forget(market, Stale::Sessions).await, 0, "not yet");
    scene.set(over(Stale::Sessions, 1));
    assert_eq!(forget(market, Stale::Sessions).await, 1);
    assert!(market.session(&kept).await.expect("asked").is_some());
    // Those that nobody ends run out after thirty days without use, and go after thirty more.
    scene.set(over(Stale::Sessions, 1) + TimeDelta::days(61));
    assert_eq!(forget(market, Stale::Sessions).await, 2, "the other one, and the phone's");
    for left in [
        "SELECT count(*) FROM devices WHERE user_id = $1",
        "SELECT count(*) FROM sessions WHERE user_id = $1",
    ] {
        assert_eq!(scene.database.count(left, user.0).await, 0, "{left}");
    }
}

#[tokio::test]
async fn read_notices_go_after_half_a_year_but_never_the_newest_nor_one_that_is_unread() {
    let scene = Scene::new().await;
    let market = scene.market();
    for (key, rival) in [("a", 12_000), ("b", 13_000), ("c", 14_000)] {
        let auction = scene.auction(key).await;
        scene.bid(scene.minji, auction, plain(10_000)).await.expect("a bid");
        scene.bid(scene.junho, auction, plain(rival)).await.expect("a higher one");
    }
    let notices = market.notices(scene.minji, 10).await.expect("asked");
    let [newest, _, oldest] = &notices[..] else { panic!("three: {notices:?}") };
    market.see_notices(scene.minji, &[oldest.seq, newest.seq]).await.expect("read");
    let before = market.my_state(scene.minji).await.expect("asked");
    scene.set(over(Stale::Notices, 0));
    assert_eq!(forget(market, Stale::Notices).await, 0, "not yet");
    scene.set(over(Stale::Notices, 1));
    assert_eq!(forget(market, Stale::Notices).await, 1);
    let left = market.notices(scene.minji, 10).await.expect("asked");
    assert_eq!(left.iter().map(|notice| notice.seq).collect::<Vec<_>>(), [newest.seq, notices[1].seq]);
    let after = market.my_state(scene.minji).await.expect("asked");
    assert_eq!((after.inbox_seq, after.unread), (before.inbox_seq, before.unread));
    assert_eq!(forget(market, Stale::Notices).await, 0);
}

#[tokio::test]
async fn letters_that_were_sent_and_secrets_that_ran_out_go() {
    let scene = Scene::new().await;
    let (user, _) = sora(&scene).await;
    let market = scene.market();
    market.save_email(user, PASSWORD, Some("sora@example.org")).await.expect("saved");
    let letter = |_: &market::store::resets::Forgotten| ("제목".to_owned(), "글".to_owned());
    market.forgotten_password("sora", letter).await.expect("written");
    market.forgotten_password("sora", letter).await.expect("written");
    let taken = market.take_parcels(Channel::Mail, 1).await.expect("taken").parcels;
    assert!(market.parcel_sent(&taken[0]).await.expect("sent"));
    scene.set(over(Stale::Resets, 1) + TimeDelta::minutes(29));
    assert_eq!(forget(market, Stale::Resets).await, 0, "counted from the end of its half hour");
    scene.set(over(Stale::Resets, 1) + TimeDelta::minutes(30));
    assert_eq!(forget(market, Stale::Resets).await, 2);
    scene.set(over(Stale::Parcels, 0));
    assert_eq!(forget(market, Stale::Parcels).await, 0, "not yet");
    scene.set(over(Stale::Parcels, 1));
    assert_eq!(forget(market, Stale::Parcels).await, 1, "the other one still waits");
    let waiting = "SELECT count(*) FROM outbox WHERE user_id = $1 AND closed_at IS NULL";
    assert_eq!(scene.database.count(waiting, user.0).await, 1);
}

#[tokio::test]
async fn marks_of_reminders_go_when_the_auction_is_long_over_and_money_never() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    market.watch(scene.minji, auction, true).await.expect("watched");
    scene.bid(scene.junho, auction, plain(10_000)).await.expect("a bid");
    scene.set(crate::end() - TimeDelta::minutes(1));
    assert_eq!(market.remind(10).await.expect("asked"), 1);
    scene.set(over(Stale::Reminders, 1));
    assert_eq!(forget(market, Stale::Reminders).await, 0, "nobody closed it: it is not over");
    market.close(auction).await.expect("closed");
    scene.set(over(Stale::Reminders, 2) + TimeDelta::days(Stale::Reminders.days()));
    let kept = "SELECT (SELECT count(*) FROM ledger_rows) + (SELECT count(*) FROM bids)
                     + (SELECT count(*) FROM auctions) + (SELECT count(*) FROM watches) + $1";
    let before = scene.database.count(kept, 0).await;
    assert_eq!(forget(market, Stale::Reminders).await, 1);
    for stale in Stale::ALL {
        forget(market, stale).await;
    }
    assert_eq!(scene.database.count(kept, 0).await, before);
    scene.database.assert_invariants().await;
}

#[tokio::test]
async fn a_batch_is_bounded_and_waits_for_nobody() {
    let scene = Scene::new().await;
    let (user, _) = sora(&scene).await;
    let market = scene.market();
    for _ in 0..4 {
        market.sign_in("sora", PASSWORD, "").await.expect("signed in");
    }
    scene.set(over(Stale::Sessions, 1) + TimeDelta::days(30));
    let oldest = "SELECT id FROM sessions WHERE user_id = $1 ORDER BY id LIMIT 1 FOR UPDATE";
    let held = Held::row(&scene, oldest, user).await;
    assert_eq!(market.forget_stale(Stale::Sessions, 3).await.expect("asked"), 3);
    assert_eq!(market.forget_stale(Stale::Sessions, 3).await.expect("asked"), 1, "one is held by somebody");
    held.let_in().await;
    assert_eq!(market.forget_stale(Stale::Sessions, 3).await.expect("asked"), 1);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_release_that_is_taken_back_starts_over_the_schema_of_the_newer_one() {
    let scene = Scene::new().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'of a newer release', true, ''::bytea, 0)";
    sqlx::query(newer).execute(&scene.database.pool).await.expect("written");
    scene.market().migrate().await.expect("it starts");
}
