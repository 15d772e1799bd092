//! Pushes.

use axum::http::StatusCode;
use chrono::TimeDelta;
use clap::Parser;
use market::notice::{NoticeSettings, Quiet};
use server::{Config, errands::Carrier, push::Pusher};

use crate::{
    Scene,
    endpoint::{Service, VAPID_KEY, opened},
};

impl Scene {
    /// Minji is overtaken.
    async fn overtaken(&self, key: &str) -> market::AuctionId {
        let auction = self.auction(key).await;
        self.bid(self.minji, auction, 10_000).await;
        self.bid(self.junho, auction, 11_000).await;
        auction
    }
}

#[tokio::test]
async fn a_browser_is_woken_and_reads_what_nobody_else_can() {
    let (scene, (service, keys, carrier)) = (Scene::at_noon().await, Service::open().await);
    scene.device(scene.minji, &keys).await;
    let auction = scene.overtaken("a").await;
    scene.round(&carrier).await;
    assert_eq!(scene.round(&carrier).await, None);
    let pushed = service.pushed();
    assert_eq!(pushed.len(), 1);
    let (headers, sealed) = &pushed[0];
    let said = opened(sealed);
    assert_eq!(said["title"], "밀렸어요");
    assert_eq!(said["body"], "라이카 M3 · 지금 11,000원");
    assert_eq!(said["url"], format!("/auctions/{auction}#bid"));
    assert_eq!(said["tag"], format!("outbid-{auction}"));
    assert_eq!(said["lang"], "ko");
    let header = |name: &str| headers[name].to_str().expect("text");
    assert_eq!((header("content-encoding"), header("ttl"), header("urgency")), ("aes128gcm", "600", "high"));
    assert_eq!(header("topic"), format!("outbid-{auction}"));
    assert!(header("authorization").starts_with("vapid t="));
    assert_eq!(scene.outcomes().await, [(Some("sent".to_owned()), None)]);
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten() {
    let (scene, (service, keys, carrier)) = (Scene::at_noon().await, Service::open().await);
    service.answer(&[StatusCode::GONE]);
    scene.device(scene.minji, &keys).await;
    scene.overtaken("a").await;
    assert_eq!(scene.round(&carrier).await, None);
    assert_eq!(scene.market().notice_choices(scene.minji).await.expect("choices").devices, 0);
    scene.overtaken("b").await;
    scene.round(&carrier).await;
    assert_eq!(service.pushed().len(), 1);
    assert_eq!(scene.outcomes().await, [(Some("dropped".to_owned()), None)]);
}

#[tokio::test]
async fn what_the_push_service_does_not_take_now_it_is_brought_again() {
    let (scene, (service, keys, carrier)) = (Scene::at_noon().await, Service::open().await);
    service.answer(&[StatusCode::TOO_MANY_REQUESTS, StatusCode::BAD_GATEWAY]);
    scene.device(scene.minji, &keys).await;
    scene.overtaken("a").await;
    for (minutes, pause) in [(0, Some(60)), (1, Some(300)), (6, None)] {
        scene.after(TimeDelta::minutes(minutes));
        assert_eq!(scene.round(&carrier).await.map(|pause| pause.as_secs()), pause);
    }
    assert_eq!(service.pushed().len(), 3);
    assert_eq!(scene.outcomes().await, [(Some("sent".to_owned()), None)]);
}

#[tokio::test]
async fn what_the_push_service_refuses_is_given_up() {
    let (scene, (service, keys, carrier)) = (Scene::at_noon().await, Service::open().await);
    service.answer(&[StatusCode::FORBIDDEN]);
    scene.device(scene.minji, &keys).await;
    scene.overtaken("a").await;
    assert_eq!(scene.round(&carrier).await, None);
    assert_eq!(scene.outcomes().await, [(Some("given_up".to_owned()), Some("403".to_owned()))]);
}

#[tokio::test]
async fn in_quiet_hours_nobody_is_woken_and_after_them_only_for_what_is_of_use() {
    let (scene, (service, keys, carrier)) = (Scene::at_noon().await, Service::open().await);
    scene.device(scene.minji, &keys).await;
    let settings = NoticeSettings { quiet: Quiet::new(12 * 60, 13 * 60), ..NoticeSettings::default() };
    scene.market().choose_notices(scene.minji, &settings).await.expect("chosen");
    scene.overtaken("a").await;
    let next = scene.round(&carrier).await.expect("it waits");
    assert_eq!((next.as_secs(), service.pushed().len()), (60 * 60, 0));
    // At one the auction is over too.
    scene.after(TimeDelta::minutes(60));
    assert_eq!(scene.round(&carrier).await, None);
    assert!(service.pushed().is_empty());
    assert_eq!(scene.outcomes().await, [(Some("dropped".to_owned()), None)]);
}

#[tokio::test]
async fn an_address_in_our_own_network_is_never_asked() {
    let (scene, (service, keys, _)) = (Scene::at_noon().await, Service::open().await);
    let config = Config::parse_from(["server", "--vapid-private-key", VAPID_KEY]);
    let pusher = Pusher::of(&config).expect("a key").expect("a pusher");
    scene.device(scene.minji, &keys).await;
    scene.overtaken("a").await;
    assert_eq!(scene.round(&Carrier::Push(pusher)).await, None);
    assert!(service.pushed().is_empty());
    assert_eq!(scene.outcomes().await, [(Some("given_up".to_owned()), Some("endpoint".to_owned()))]);
}
