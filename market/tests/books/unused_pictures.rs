//! Pictures that nobody shows go after a day, and none that somebody needs, whoever does what meanwhile.

use chrono::TimeDelta;
use market::{
    Instant, PictureId, Refusal, Settlement, UserId,
    opening::Draft,
    store::{Market, Result},
    talk::Say,
    trade::{Complaint, Statement},
    view::Picture,
};

use crate::{
    Scene,
    db::{plain, refusal},
    noon,
    pictures::{id, ids, send},
    profile::Held,
};

/// A day and a second after noon.
fn later() -> Instant {
    noon() + TimeDelta::hours(24) + TimeDelta::seconds(1)
}

/// What a round would look at.
async fn unused(scene: &Scene) -> Vec<PictureId> {
    scene.market().unused_pictures(100).await.expect("asked")
}

/// Whether it was forgotten, and then is in no row any more.
async fn forget(scene: &Scene, number: usize) -> bool {
    let forgotten = scene.market().forget_picture(&id(number)).await.expect("asked").is_some();
    let sql = "SELECT count(*) FROM pictures p JOIN picture_owners o ON o.picture_id = p.id
               WHERE p.id = lpad(to_hex($1), 64, '0')";
    let rows = scene.database.count(sql, i64::try_from(number).expect("small")).await;
    assert_eq!(rows == 0, forgotten, "{number}");
    forgotten
}

#[tokio::test]
async fn a_picture_that_nothing_shows_goes_a_day_after_it_was_sent_last() {
    let scene = Scene::new().await;
    send(&scene, scene.minji, 1..=2).await;
    scene.set(noon() + TimeDelta::hours(24));
    assert_eq!(unused(&scene).await, [], "not yet");
    assert!(!forget(&scene, 1).await);
    send(&scene, scene.junho, [2]).await;
    scene.set(later());
    assert_eq!(unused(&scene).await, ids([1]), "the other one was sent again, by somebody else");
    assert!(!forget(&scene, 2).await);
    assert!(forget(&scene, 1).await);
    assert!(scene.market().forget_picture(&id(1)).await.expect("asked").is_none(), "gone already");
    let refused =
        refusal(scene.market().add_auction_pictures(scene.minji, scene.auction("a").await, &ids([1])).await);
    assert_eq!(refused, Refusal::NotYours);
}

#[tokio::test]
async fn what_an_auction_a_talk_a_dispute_or_a_draft_shows_stays() {
    let scene = Scene::new().await;
    let market = scene.market();
    send(&scene, scene.seller, [1]).await;
    send(&scene, scene.minji, 2..=5).await;
    let auction = scene.open("a", |terms| terms.settlement = Settlement::OnHandover).await;
    market.add_auction_pictures(scene.seller, auction, &ids([1])).await.expect("added");
    let draft = Draft { pictures: format!("{},{}", id(3), id(4)), ..Draft::default() };
    market.save_draft(scene.minji, "draft", &draft).await.expect("saved");
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("a bid");
    scene.end();
    market.close(auction).await.expect("sold");
    let said = Statement { text: "깨졌어요".to_owned(), picture: Some(id(2)) };
    market.dispute(scene.minji, auction, Complaint::Damaged, &said, "k").await.expect("disputed");
    let say = Say::check("", Some(id(5))).expect("a message");
    market.send_message(scene.minji, auction, &say, "k").await.expect("said");
    scene.set(later());
    assert_eq!(unused(&scene).await, []);
    for number in 1..=5 {
        assert!(!forget(&scene, number).await, "{number}");
    }
    market.drop_draft(scene.minji).await.expect("dropped");
    assert_eq!(unused(&scene).await, ids([3, 4]));
}

#[tokio::test]
async fn a_picture_that_is_just_being_shown_does_not_go() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    send(&scene, scene.seller, [1]).await;
    scene.set(later());
    let mut showing = scene.database.pool.begin().await.expect("a transaction");
    let row = "INSERT INTO auction_pictures (auction_id, position, picture_id) VALUES ($1, 0, $2)";
    let row = sqlx::query(row).bind(auction.0).bind(id(1).as_str());
    row.execute(&mut *showing).await.expect("shown");
    assert_eq!(unused(&scene).await, ids([1]), "what is not committed is not seen");
    assert!(!forget(&scene, 1).await, "but its row is held");
    showing.commit().await.expect("committed");
    assert!(!forget(&scene, 1).await);
    assert_eq!(unused(&scene).await, []);
}

/// Sends the picture from another connection.
async fn send_again(market: Market, user: UserId, number: usize) -> Result<()> {
    let picture = Picture { id: id(number), width: 1600, height: 1200 };
    market.record_picture(user, &picture).await
}

#[tokio::test]
async fn a_picture_sent_again_while_its_files_are_removed_waits_until_they_are() {
    let scene = Scene::new().await;
    send(&scene, scene.minji, 1..=2).await;
    scene.set(later());
    let there = scene.database.another_server(4).await;
    let forgotten = scene.market().forget_picture(&id(1)).await.expect("asked").expect("forgotten");
    let held = Held::row(&scene, "SELECT id FROM users WHERE id = $1", scene.minji).await;
    let sending = tokio::spawn(send_again(there.clone(), scene.minji, 1));
    held.queue(1).await;
    send_again(there, scene.minji, 2).await.expect("another picture does not wait");
    assert!(!sending.is_finished());
    drop(forgotten);
    sending.await.expect("it ends").expect("noted");
    let noted = "SELECT count(*) FROM pictures WHERE $1 = 0";
    assert_eq!(scene.database.count(noted, 0).await, 2);
    assert!(!forget(&scene, 1).await && !forget(&scene, 2).await, "both were just sent");
}
