//! Letters.

use chrono::TimeDelta;
use market::{notice::Quiet, store::resets::Forgotten, view::NoticeKind};

use crate::{
    Scene, round,
    smtp::{BASE_URL, Sink, carrier},
};

#[tokio::test]
async fn who_won_gets_one_letter_that_leads_to_the_auction() {
    let (scene, (sink, carrier)) = (Scene::at_noon().await, Sink::open().await);
    scene.address(scene.minji, "minji@example.org").await;
    let auction = scene.won("a").await;
    scene.round(&carrier).await;
    assert_eq!(scene.round(&carrier).await, None, "there is nothing left to send");
    let letter = sink.letter();
    assert_eq!(letter.to, "minji@example.org");
    assert_eq!(letter.header("Subject").as_deref(), Some("낙찰받았어요: 라이카 M3"));
    let settings = format!("{BASE_URL}/settings/notices");
    assert_eq!(letter.header("List-Unsubscribe").as_deref(), Some(format!("<{settings}>").as_str()));
    assert_eq!(letter.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    let (text, html) = (letter.part("text/plain"), letter.part("text/html"));
    let link = format!("{BASE_URL}/auctions/{auction}#bid");
    for said in ["낙찰받았어요", "라이카 M3 · 10,000원", link.as_str(), settings.as_str()] {
        assert!(text.contains(said), "{said}: {text}");
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"ko\">"));
    assert_eq!(scene.outcomes().await, [(Some("sent".to_owned()), None)]);
}

#[tokio::test]
async fn a_letter_is_in_its_readers_language() {
    let (scene, (sink, carrier)) = (Scene::at_noon().await, Sink::open().await);
    scene.address(scene.minji, "minji@example.org").await;
    scene.market().set_language(scene.minji, market::text::Language::En).await.expect("English");
    scene.won("a").await;
    scene.round(&carrier).await;
    let letter = sink.letter();
    assert!(letter.part("text/plain").starts_with("You won\n\n라이카 M3 · ₩10,000\n"));
    assert!(letter.part("text/html").contains("<html lang=\"en\">"));
}

#[tokio::test]
async fn k4_while_the_mail_server_is_down_everything_goes_on_and_the_letter_comes_later() {
    let scene = Scene::at_noon().await;
    // A port that was free a moment ago: nobody listens there.
    let sink = Sink::default();
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = closed.local_addr().expect("an address");
    drop(closed);
    let carrier = carrier(address);
    scene.address(scene.minji, "minji@example.org").await;
    scene.won("a").await;
    assert_eq!(scene.books.wallet(scene.minji).await, (9_990_000, 0), "the sale is settled");
    let next = scene.round(&carrier).await.expect("it is tried again");
    assert_eq!(next.as_secs(), 60);
    sink.listen(&address.to_string()).await;
    scene.round(&carrier).await;
    assert!(sink.letters().is_empty(), "not before its time");
    scene.after(TimeDelta::minutes(61));
    scene.round(&carrier).await;
    assert_eq!(sink.letter().to, "minji@example.org");
    scene.books.assert_sound().await;
}

#[tokio::test]
async fn what_the_mail_server_does_not_take_now_it_is_brought_again() {
    let (scene, (sink, carrier)) = (Scene::at_noon().await, Sink::open().await);
    sink.refuse(&["451 later, minji@example.org", "421 busy"]);
    scene.address(scene.minji, "minji@example.org").await;
    scene.won("a").await;
    for minutes in [60, 61, 66] {
        assert!(sink.letters().is_empty());
        scene.after(TimeDelta::minutes(minutes));
        scene.round(&carrier).await;
    }
    assert_eq!(sink.letter().to, "minji@example.org");
    assert_eq!(scene.outcomes().await, [(Some("sent".to_owned()), None)]);
}

#[tokio::test]
async fn after_the_last_try_it_is_given_up_and_says_why() {
    let (scene, (sink, carrier)) = (Scene::at_noon().await, Sink::open().await);
    sink.refuse(&["451 later"; 6]);
    scene.address(scene.minji, "minji@example.org").await;
    scene.won("a").await;
    let mut time = TimeDelta::minutes(60);
    for pause in [1, 5, 30, 120, 720] {
        let next = scene.round(&carrier).await.expect("it is tried again");
        assert_eq!(next.as_secs(), pause * 60);
        time += TimeDelta::from_std(next).expect("a span");
        scene.after(time);
    }
    assert_eq!(scene.round(&carrier).await, None);
    let outcomes = scene.outcomes().await;
    let [(Some(outcome), Some(error))] = outcomes.as_slice() else { panic!("{outcomes:?}") };
    assert!(outcome == "given_up" && error.contains("451"), "{outcome}: {error}");
    assert!(sink.letters().is_empty());
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_not_tried_again() {
    let (scene, (sink, carrier)) = (Scene::at_noon().await, Sink::open().await);
    sink.refuse(&["550 nobody here"]);
    scene.address(scene.minji, "nobody@example.org").await;
    scene.won("a").await;
    assert_eq!(scene.round(&carrier).await, None);
    let outcomes = scene.outcomes().await;
    assert_eq!(outcomes[0].0.as_deref(), Some("given_up"));
    assert!(sink.letters().is_empty());
}

#[tokio::test]
async fn two_servers_never_send_the_same_letter_twice() {
    let (scene, (sink, carrier)) = (Scene::at_noon().await, Sink::open().await);
    let other = scene.books.another_server(4).await;
    scene.address(scene.minji, "minji@example.org").await;
    scene.address(scene.seller, "seller@example.org").await;
    let mut auctions = Vec::new();
    for number in 0..6 {
        let auction = scene.auction(&number.to_string()).await;
        scene.bid(scene.minji, auction, 10_000).await;
        auctions.push(auction);
    }
    scene.after(TimeDelta::minutes(60));
    for auction in auctions {
        scene.market().close(auction).await.expect("closed");
    }
    tokio::join!(round(scene.market(), &carrier), round(&other, &carrier));
    let mut numbers: Vec<_> = sink.letters().iter().map(|letter| letter.header("Message-ID")).collect();
    assert_eq!(numbers.len(), 12);
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 12, "one of them came twice");
}

#[tokio::test]
async fn in_quiet_hours_no_letter_comes_but_the_one_that_was_asked_for() {
    let (scene, (sink, carrier)) = (Scene::at_noon().await, Sink::open().await);
    scene.address(scene.minji, "minji@example.org").await;
    scene.sql("UPDATE users SET password_hash = $2 WHERE id = $1", scene.minji, "none").await;
    let settings = market::notice::NoticeSettings {
        quiet: Quiet::new(12 * 60, 14 * 60),
        mail: vec![NoticeKind::Won],
        ..Default::default()
    };
    scene.market().choose_notices(scene.minji, &settings).await.expect("chosen");
    scene.won("a").await;
    let write = |forgotten: &Forgotten| {
        let link = format!("{BASE_URL}/reset-password?token={}", forgotten.token.as_str());
        ("비밀번호 다시 정하기".to_owned(), format!("안녕하세요.\n\n{link}"))
    };
    scene.market().forgotten_password("minji", write).await.expect("a letter");
    scene.round(&carrier).await;
    let letter = sink.letter();
    assert_eq!(letter.header("Subject").as_deref(), Some("비밀번호 다시 정하기"));
    assert_eq!(letter.header("List-Unsubscribe"), None);
    assert!(letter.part("text/html").contains("<a href=\"https://market.example/reset-password?token="));
    scene.after(TimeDelta::minutes(120));
    scene.round(&carrier).await;
    assert_eq!(sink.letters().len(), 2, "at two the quiet hours are over");
}
