//! Who is woken and who is not: quiet hours, what is of no use any more, and browsers that come and go.

use chrono::TimeDelta;
use market::{
    notice::{Channel, Quiet},
    store::outbox::{Contents, Destination},
    view::NoticeKind,
};

use crate::{
    Scene,
    db::{noon, plain},
    outbox::{keys, seconds, told},
};

#[tokio::test]
async fn in_quiet_hours_everything_waits_for_their_end() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "phone").await;
    // The scene begins at noon in Seoul.
    scene.choose(scene.minji, |settings| settings.quiet = Quiet::new(12 * 60, 12 * 60 + 30)).await;
    scene.overtake(auction, 10_000).await;
    assert!(scene.take(Channel::Push).await.is_empty());
    let (next, _) = scene.market().next_parcel(Channel::Push).await.expect("asked");
    assert_eq!(next, Some(noon() + TimeDelta::minutes(30)));
    scene.set(noon() + TimeDelta::minutes(30));
    let push = scene.take_one(Channel::Push).await;
    assert_eq!((told(&push), push.attempts), ((NoticeKind::Outbid, 1), 1));
}

#[tokio::test]
async fn who_shortens_his_quiet_hours_hears_at_once() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "phone").await;
    scene.choose(scene.minji, |settings| settings.quiet = Quiet::new(0, 23 * 60)).await;
    scene.overtake(auction, 10_000).await;
    assert!(scene.take(Channel::Push).await.is_empty());
    scene.choose(scene.minji, |settings| settings.quiet = None).await;
    assert_eq!(told(&scene.take_one(Channel::Push).await), (NoticeKind::Outbid, 1));
}

#[tokio::test]
async fn what_is_urgent_is_dropped_when_the_auction_is_over_by_then() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "phone").await;
    scene.device(scene.junho, "tablet").await;
    for user in [scene.minji, scene.junho] {
        scene.choose(user, |settings| settings.quiet = Quiet::new(12 * 60, 13 * 60 + 30)).await;
    }
    scene.overtake(auction, 10_000).await;
    scene.end();
    scene.market().close(auction).await.expect("closed");
    scene.set(noon() + TimeDelta::minutes(90));
    let push = scene.take_one(Channel::Push).await;
    assert_eq!(told(&push).0, NoticeKind::Won, "minji's being outbid is of no use any more");
}

#[tokio::test]
async fn who_leads_again_or_has_read_it_is_not_woken() {
    let scene = Scene::new().await;
    let (first, second) = (scene.auction("a").await, scene.auction("b").await);
    scene.device(scene.minji, "phone").await;
    scene.overtake(first, 10_000).await;
    scene.bid(scene.minji, first, plain(12_000)).await.expect("accepted");
    scene.overtake(second, 10_000).await;
    let inbox = scene.market().my_state(scene.minji).await.expect("my state");
    scene.market().read_notices(scene.minji, inbox.inbox_seq).await.expect("read");
    assert!(scene.take(Channel::Push).await.is_empty());
    assert_eq!(scene.outbox().await, 2, "both are closed");
    assert_eq!(scene.market().next_parcel(Channel::Push).await.expect("asked").0, None);
}

#[tokio::test]
async fn a_browser_that_is_gone_or_signed_out_hears_nothing() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "phone").await;
    let session = scene.device(scene.minji, "tablet").await;
    scene.overtake(auction, 10_000).await;
    scene.market().sign_out(&session).await.expect("signed out");
    let push = scene.take_one(Channel::Push).await;
    let Contents::Notice { to: Destination::Device(phone), .. } = &push.contents else {
        panic!("a push was expected: {push:?}");
    };
    assert_eq!(phone.endpoint, "https://push.example.org/phone");
    scene.market().device_gone(phone).await.expect("forgotten");
    assert_eq!(scene.outcome(push.id).await.expect("closed").0, "dropped");
    scene.set(seconds(60));
    scene.overtake(auction, 12_000).await;
    assert!(scene.take(Channel::Push).await.is_empty());
    assert_eq!(scene.market().notice_choices(scene.minji).await.expect("choices").devices, 0);
}

#[tokio::test]
async fn a_browser_belongs_to_who_turned_it_on_last() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "shared").await;
    scene.overtake(auction, 10_000).await;
    let session = scene.session(scene.junho, "junho").await;
    let (market, shared) = (scene.market(), keys("shared"));
    market.add_device(scene.junho, &session, &shared).await.expect("a device");
    assert!(market.has_device(scene.junho, &session, &shared.endpoint).await.expect("asked"));
    assert!(scene.take(Channel::Push).await.is_empty(), "minji's news are not for junho");
    let stolen = market.add_device(scene.minji, &session, &shared).await;
    assert_eq!(crate::db::refusal(stolen), market::Refusal::NoSession);
}

#[tokio::test]
async fn one_browser_too_many_lets_the_oldest_go() {
    let scene = Scene::new().await;
    for number in 0..12 {
        scene.set(seconds(number));
        scene.device(scene.minji, &format!("phone{number}")).await;
    }
    assert_eq!(scene.market().notice_choices(scene.minji).await.expect("choices").devices, 10);
    let oldest = "SELECT count(*) FROM devices WHERE user_id = $1 AND endpoint LIKE '%/phone0'";
    assert_eq!(scene.database.count(oldest, scene.minji.0).await, 0);
}
