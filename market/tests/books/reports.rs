//! What protects people from each other: blocks count in both directions, reports reach staff once.

use market::{
    AuctionId, Refusal, UserId,
    refusal::Reason,
    talk::Report,
    view::{ReportOutcome, ReportReason, ReportSubject},
};

use crate::{
    Scene,
    db::refusal,
    talk::{send, sold, won},
};

#[tokio::test]
async fn who_blocks_and_who_is_blocked_cannot_write_until_it_is_taken_back() {
    for blocker in [0, 1] {
        let (scene, sale) = sold().await;
        let market = scene.market();
        let parties = [scene.seller, scene.minji];
        let (one, other) = (parties[blocker], parties[1 - blocker]);
        send(market, one, sale, "하나").await.expect("sent");
        for _ in 0..2 {
            market.block(one, other).await.expect("blocked, and twice is once");
        }
        for user in parties {
            assert_eq!(refusal(send(market, user, sale, "둘").await), Refusal::Blocked);
            let page = market.chat_page(user, sale, None).await.expect("what was said stays");
            assert_eq!((page.blocked, page.i_block, page.messages.len()), (true, user == one, 1));
        }
        // What has been said is answered the same all the same.
        send(market, one, sale, "하나").await.expect("said before");
        let people = market.blocked_people(one).await.expect("a list");
        assert_eq!(people.iter().map(|blocked| blocked.person.id).collect::<Vec<_>>(), [other]);
        market.unblock(other, one).await.expect("not his to take back: nothing");
        assert_eq!(refusal(send(market, other, sale, "둘").await), Refusal::Blocked);
        market.unblock(one, other).await.expect("taken back");
        send(market, other, sale, "둘").await.expect("sent");
        assert_eq!(market.blocked_people(one).await.expect("a list"), []);
    }
}

#[tokio::test]
async fn nobody_blocks_himself_or_nobody() {
    let scene = Scene::new().await;
    let market = scene.market();
    assert_eq!(refusal(market.block(scene.minji, scene.minji).await), Refusal::Malformed);
    assert_eq!(refusal(market.block(scene.minji, UserId(-1)).await), Refusal::NotFound);
    assert!(!market.has_blocked(scene.minji, scene.junho).await.expect("asked"));
}

#[tokio::test]
async fn a_subject_is_reported_once_by_each_and_a_retry_acts_once() {
    let (scene, sale) = sold().await;
    let market = scene.market();
    let staff = scene.staff().await;
    let auction = ReportSubject::Auction(sale);
    let report = |subject, text| Report::check(subject, "other", text).expect("a report");
    for (key, text) in [("k", "가짜예요"), ("k", "가짜예요"), ("k2", "또 신고해요")] {
        market.report(scene.junho, &report(auction, text), key).await.expect("reported");
    }
    let other = report(ReportSubject::User(scene.seller), "x");
    assert_eq!(refusal(market.report(scene.junho, &other, "k").await), Refusal::KeyReused);
    market.report(scene.minji, &report(auction, "나도요"), "k").await.expect("reported");
    for user in [scene.minji, scene.junho] {
        assert_eq!(refusal(market.open_reports(user, None).await), Refusal::NotYours);
        let resolved = market.resolve_report(user, 1, ReportOutcome::Upheld, "맞아요", "r").await;
        assert_eq!(refusal(resolved), Refusal::NotYours);
    }
    let open = market.open_reports(staff, None).await.expect("a list").rows;
    assert_eq!(open.iter().map(|open| open.text.as_str()).collect::<Vec<_>>(), ["가짜예요", "나도요"]);
    let first = &open[0];
    assert_eq!((first.subject, first.reason, first.about.id), (auction, ReportReason::Other, scene.seller));
    for outcome in [ReportOutcome::Upheld, ReportOutcome::Dismissed] {
        let key = outcome.as_str();
        market.resolve_report(staff, first.id, outcome, "확인", key).await.expect("decided once");
    }
    let outcome: String = sqlx::query_scalar("SELECT outcome FROM reports WHERE id = $1")
        .bind(first.id)
        .fetch_one(&scene.database.pool)
        .await
        .expect("an outcome");
    assert_eq!(
        (outcome.as_str(), market.open_reports(staff, None).await.expect("a list").rows.len()),
        ("upheld", 1)
    );
    let unknown = market.resolve_report(staff, -1, ReportOutcome::Upheld, "확인", "r").await;
    assert_eq!(refusal(unknown), Refusal::NotFound);
}

#[tokio::test]
async fn only_what_one_can_see_and_has_not_done_oneself_can_be_reported() {
    let scene = Scene::new().await;
    let market = scene.market();
    let sale = won(&scene, "a").await;
    let asked = market.ask_question(scene.junho, sale, "q", "상자도 있나요?").await.expect("asked");
    scene.end();
    market.close(sale).await.expect("closed");
    send(market, scene.seller, sale, "하나").await.expect("sent");
    let message = ReportSubject::Message(market.chat_state(sale).await.expect("a state").messages[0].id);
    let question = ReportSubject::Question(asked.0);
    for (user, subject, expected) in [
        (scene.junho, message, Err(Refusal::NotFound)),
        (scene.seller, message, Err(Refusal::Malformed)),
        (scene.minji, message, Ok((scene.seller, "하나".to_owned(), Some(sale)))),
        (scene.seller, ReportSubject::Auction(sale), Err(Refusal::Malformed)),
        (scene.junho, ReportSubject::Auction(AuctionId(-1)), Err(Refusal::NotFound)),
        (scene.minji, ReportSubject::User(scene.minji), Err(Refusal::Malformed)),
        (scene.minji, ReportSubject::User(scene.junho), Ok((scene.junho, String::new(), None))),
        (scene.junho, question, Err(Refusal::Malformed)),
        (scene.minji, question, Ok((scene.junho, "상자도 있나요?".to_owned(), Some(sale)))),
        (scene.minji, ReportSubject::Question(-1), Err(Refusal::NotFound)),
        (scene.minji, ReportSubject::Review(-1), Err(Refusal::NotFound)),
    ] {
        let shown = market.report_view(user, subject).await;
        let shown = shown.map(|view| (view.about.id, view.excerpt, view.auction));
        let shown = shown.map_err(|error| error.refusal().expect("a refusal"));
        assert_eq!(shown, expected, "{subject:?}");
    }
    let faults = Report::check(message, "forbidden_goods", "").expect_err("talk is no goods");
    assert_eq!(faults, Refusal::field("reason", Reason::Unknown));
}
