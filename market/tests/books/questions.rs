//! Questions and answers: who may ask, who may answer, what is told to whom, and what is shown.

use chrono::TimeDelta;
use market::{
    AuctionId, QuestionId, Refusal, UserId,
    opening::Opening,
    questions::{ANSWER_MAX, OPEN_MAX, QUESTION_MAX},
    refusal::Reason,
    store::Result,
    view::{NoticeKind, Question, Questions},
};

use crate::{Scene, db::refusal, end, noon, usual};

impl Scene {
    async fn ask(&self, asker: UserId, auction: AuctionId, key: &str, text: &str) -> Result<QuestionId> {
        self.market().ask_question(asker, auction, key, text).await
    }

    /// What stands on the page as `viewer` sees it.
    async fn questions(&self, auction: AuctionId, viewer: Option<UserId>) -> Questions {
        self.market().auction_page(auction, viewer).await.expect("a page").questions
    }
}

#[tokio::test]
async fn a_question_and_its_answer_are_public_under_the_askers_nickname() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    let rename = "UPDATE users SET nickname = '망원동 민지' WHERE id = $1";
    sqlx::query(rename).bind(scene.minji.0).execute(&scene.database.pool).await.expect("renamed");
    let question = scene.ask(scene.minji, auction, "k", " 상자도\r\n있나요? ").await.expect("asked");
    scene.set(noon() + TimeDelta::minutes(1));
    scene.market().answer_question(scene.seller, question, "네, 있어요.").await.expect("answered");
    let shown = scene.questions(auction, None).await;
    let [Question { id, asker, mine, text, asked_at, answer }] = shown.shown.as_slice() else {
        panic!("{shown:?}");
    };
    let answer = answer.as_ref().expect("an answer");
    assert_eq!((*id, asker.as_deref(), *mine, *asked_at), (question, Some("망원동 민지"), false, noon()));
    assert_eq!((text.as_str(), answer.text.as_str()), ("상자도\n있나요?", "네, 있어요."));
    assert_eq!(answer.at, noon() + TimeDelta::minutes(1));
    assert!(scene.questions(auction, Some(scene.minji)).await.shown[0].mine);
    let page = scene.market().auction_page(auction, None).await.expect("a page");
    let sent = serde_json::to_string(&page).expect("JSON");
    assert!(!sent.contains("minji_park"), "no username leaves the books");
}

#[tokio::test]
async fn k4_the_seller_learns_of_questions_and_the_asker_of_his_answer_in_the_same_transaction() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    let first = scene.ask(scene.minji, auction, "k1", "하나").await.expect("asked");
    scene.ask(scene.junho, auction, "k2", "둘").await.expect("asked");
    assert_eq!(scene.inbox(scene.seller, auction).await, [(NoticeKind::Question, 2, 0)]);
    scene.market().answer_question(scene.seller, first, "답").await.expect("answered");
    assert_eq!(scene.inbox(scene.minji, auction).await, [(NoticeKind::Answer, 1, 0)]);
    assert_eq!(scene.inbox(scene.junho, auction).await, []);
    refusal(scene.ask(scene.seller, auction, "k3", "나").await);
    refusal(scene.market().answer_question(scene.seller, first, "다른 답").await);
    assert_eq!(scene.inbox(scene.seller, auction).await, [(NoticeKind::Question, 2, 0)]);
    assert_eq!(scene.inbox(scene.minji, auction).await, [(NoticeKind::Answer, 1, 0)]);
}

#[tokio::test]
async fn k6_a_question_sent_twice_is_asked_once_and_its_key_asks_nothing_else() {
    let scene = Scene::new().await;
    let (auction, other) = (scene.auction("a").await, scene.auction("b").await);
    let question = scene.ask(scene.minji, auction, "k", "하나").await.expect("asked");
    assert_eq!(scene.ask(scene.minji, auction, "k", " 하나 ").await.expect("the same"), question);
    assert_eq!(refusal(scene.ask(scene.minji, auction, "k", "둘").await), Refusal::KeyReused);
    assert_eq!(refusal(scene.ask(scene.minji, other, "k", "하나").await), Refusal::KeyReused);
    assert_eq!(refusal(scene.ask(scene.minji, auction, "", "둘").await), Refusal::Malformed);
    scene.ask(scene.junho, auction, "k", "하나").await.expect("keys are each person's own");
    assert_eq!(scene.questions(auction, None).await.shown.len(), 2);
    scene.end();
    scene.market().close(auction).await.expect("closed");
    assert_eq!(scene.ask(scene.minji, auction, "k", "하나").await.expect("after the end too"), question);

    let again = scene.market();
    again.answer_question(scene.seller, question, "답").await.expect("answered");
    again.answer_question(scene.seller, question, " 답 ").await.expect("the same answer");
    let another = again.answer_question(scene.seller, question, "다른 답").await;
    assert_eq!(refusal(another), Refusal::AlreadyAnswered);
    assert_eq!(scene.inbox(scene.minji, auction).await, [(NoticeKind::Answer, 1, 0)]);
}

#[tokio::test]
async fn k6_one_form_sent_many_times_at_once_asks_once() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    let sent = (0..8).map(|_| scene.ask(scene.minji, auction, "k", "하나"));
    let asked = futures::future::join_all(sent).await;
    let first = *asked[0].as_ref().expect("asked");
    assert!(asked.iter().all(|asked| asked.as_ref().is_ok_and(|&question| question == first)), "{asked:?}");
    assert_eq!(scene.inbox(scene.seller, auction).await, [(NoticeKind::Question, 1, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn only_others_than_the_seller_ask_and_only_he_answers() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    assert_eq!(refusal(scene.ask(scene.seller, auction, "k", "나").await), Refusal::NotYours);
    let question = scene.ask(scene.minji, auction, "k", "하나").await.expect("asked");
    for stranger in [scene.minji, scene.junho] {
        let answered = scene.market().answer_question(stranger, question, "답").await;
        assert_eq!(refusal(answered), Refusal::NotYours);
    }
    let nowhere = AuctionId(auction.0 + 1_000);
    assert_eq!(refusal(scene.ask(scene.minji, nowhere, "k2", "하나").await), Refusal::NotFound);
    let nothing = scene.market().answer_question(scene.seller, QuestionId(question.0 + 1), "답").await;
    assert_eq!(refusal(nothing), Refusal::NotFound);
    assert_eq!(scene.questions(auction, None).await.shown[0].answer, None);
}

#[tokio::test]
async fn s13_what_is_empty_or_too_long_is_refused_with_its_field() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    for (text, reason) in [(" \n\0", Reason::Required), (&*"가".repeat(QUESTION_MAX + 1), Reason::TooLong)] {
        let asked = scene.ask(scene.minji, auction, "k", text).await;
        assert_eq!(refusal(asked), Refusal::field("question", reason));
    }
    let longest = "가".repeat(QUESTION_MAX);
    let question = scene.ask(scene.minji, auction, "k", &longest).await.expect("as long as may be");
    for (text, reason) in [("", Reason::Required), (&*"나".repeat(ANSWER_MAX + 1), Reason::TooLong)] {
        let answered = scene.market().answer_question(scene.seller, question, text).await;
        assert_eq!(refusal(answered), Refusal::field("answer", reason));
    }
    scene.market().answer_question(scene.seller, question, &"나".repeat(ANSWER_MAX)).await.expect("answered");
}

#[tokio::test]
async fn five_questions_of_one_person_wait_and_a_sixth_after_an_answer() {
    let scene = Scene::new().await;
    let (auction, other) = (scene.auction("a").await, scene.auction("b").await);
    let mut asked = Vec::new();
    for number in 0..OPEN_MAX {
        let key = number.to_string();
        asked.push(scene.ask(scene.minji, auction, &key, &key).await.expect("asked"));
    }
    let too_many = Refusal::field("question", Reason::TooMany);
    assert_eq!(refusal(scene.ask(scene.minji, auction, "more", "하나 더").await), too_many);
    scene.ask(scene.minji, other, "elsewhere", "다른 경매").await.expect("each auction counts for itself");
    scene.ask(scene.junho, auction, "more", "하나").await.expect("and each person");
    let staff = scene.staff().await;
    scene.market().hide_question(staff, asked[0], "욕설", "h").await.expect("hidden");
    let hidden = scene.ask(scene.minji, auction, "more", "하나 더").await;
    assert_eq!(refusal(hidden), too_many, "hiding makes no room for more");
    scene.market().answer_question(scene.seller, asked[1], "답").await.expect("answered");
    scene.ask(scene.minji, auction, "more", "하나 더").await.expect("asked");
}

#[tokio::test]
async fn questions_are_asked_before_the_start_and_until_the_end_and_answered_after_it() {
    let scene = Scene::new().await;
    let starts_at = noon() + TimeDelta::minutes(30);
    let opening = Opening { starts_at, ends_at: end() + TimeDelta::minutes(30), ..usual() };
    let auction = scene.database.auction(scene.seller, "later", &opening).await;
    let question = scene.ask(scene.minji, auction, "k1", "언제 시작하나요?").await.expect("asked");
    scene.set(opening.ends_at);
    assert_eq!(refusal(scene.ask(scene.minji, auction, "k2", "늦었나요?").await), Refusal::Ended);
    scene.market().close(auction).await.expect("closed");
    assert_eq!(refusal(scene.ask(scene.minji, auction, "k2", "늦었나요?").await), Refusal::Ended);
    scene.market().answer_question(scene.seller, question, "끝났어요.").await.expect("answered");
}

#[tokio::test]
async fn who_is_blocked_asks_nothing() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.market().block(scene.seller, scene.minji).await.expect("blocked");
    assert_eq!(refusal(scene.ask(scene.minji, auction, "k", "하나").await), Refusal::Blocked);
    scene.ask(scene.junho, auction, "k", "하나").await.expect("asked");
    scene.market().unblock(scene.seller, scene.minji).await.expect("unblocked");
    scene.ask(scene.minji, auction, "k", "하나").await.expect("asked");
}

#[tokio::test]
async fn s13_staff_and_nobody_else_takes_a_question_off_the_page() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    let rude = scene.ask(scene.minji, auction, "k1", "무례한 말").await.expect("asked");
    let kind = scene.ask(scene.minji, auction, "k2", "상냥한 말").await.expect("asked");
    for person in [scene.seller, scene.minji, scene.junho] {
        assert_eq!(refusal(scene.market().hide_question(person, rude, "욕설", "h").await), Refusal::NotYours);
    }
    let staff = scene.staff().await;
    let nothing = scene.market().hide_question(staff, QuestionId(kind.0 + 1), "욕설", "h").await;
    assert_eq!(refusal(nothing), Refusal::NotFound);
    scene.market().hide_question(staff, rude, "욕설", "h").await.expect("hidden");
    scene.market().hide_question(staff, rude, "욕설", "h2").await.expect("it is hidden already");
    for viewer in [None, Some(scene.minji), Some(scene.seller), Some(staff)] {
        let shown = scene.questions(auction, viewer).await.shown;
        assert_eq!(shown.iter().map(|question| question.id).collect::<Vec<_>>(), [kind]);
    }
    let answered = scene.market().answer_question(scene.seller, rude, "답").await;
    assert_eq!(refusal(answered), Refusal::NotFound);
    let by = "SELECT hidden_by FROM questions WHERE id = $1";
    assert_eq!(scene.database.count(by, rude.0).await, staff.0);
}

#[tokio::test]
async fn s12_a_page_shows_the_newest_questions_and_the_others_piece_by_piece() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    let fill = "INSERT INTO questions (auction_id, asker_id, key, text, asked_at)
                SELECT $1, $2, n::text, n::text, now() FROM generate_series(1, 45) AS n";
    sqlx::query(fill).bind(auction.0).bind(scene.minji.0).execute(&scene.database.pool).await.expect("rows");
    let mut piece = scene.questions(auction, None).await;
    let mut seen = Vec::new();
    while let Some(last) = piece.shown.last().map(|question| question.id) {
        assert!(piece.shown.len() <= 20);
        seen.extend(piece.shown.iter().map(|question| question.text.clone()));
        let older = scene.market().questions_before(auction, last, None).await.expect("a piece");
        assert_eq!(piece.more, !older.shown.is_empty());
        piece = older;
    }
    let all: Vec<String> = (1..=45).rev().map(|number| number.to_string()).collect();
    assert_eq!(seen, all);
    let nowhere = scene.market().questions_before(AuctionId(auction.0 + 9), QuestionId(1), None).await;
    assert_eq!(refusal(nowhere), Refusal::NotFound);
}
