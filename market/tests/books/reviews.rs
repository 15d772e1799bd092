//! Reviews of a trade, both ways.

use std::time::Duration;

use chrono::TimeDelta;
use market::{
    AuctionId, Instant, Refusal, Settlement, UserId,
    auction::StatusCode,
    live::Party,
    review::{HIDDEN_DAYS, NewReview, Stars, shown_at},
    store::{Change, Result},
    view::{NoticeKind, SellerShelf, TradeReviews},
};

use crate::{Scene, db::automatic, db::refusal, end};

/// So many stars, and a word.
pub fn stars(number: u8) -> NewReview {
    NewReview { stars: Stars::new(number).expect("stars"), text: "고마웠어요".to_owned() }
}

impl Scene {
    /// An auction that Minji won and that is settled, at the end of the usual one.
    pub async fn trade(&self, key: &str) -> AuctionId {
        let auction = self.auction(key).await;
        self.bid(self.minji, auction, automatic(30_000)).await.expect("accepted");
        self.end();
        assert_eq!(self.market().close(auction).await.expect("closed"), StatusCode::Settled);
        auction
    }

    async fn review(&self, author: UserId, auction: AuctionId, number: u8) -> Result<TradeReviews> {
        self.market().review(author, auction, &stars(number), &format!("{author}")).await
    }

    async fn sees(&self, viewer: UserId, auction: AuctionId) -> TradeReviews {
        let seen = self.market().trade_reviews(auction, Some(viewer)).await.expect("the trade");
        seen.expect("a party")
    }

    /// Whether the review that `author` wrote is seen by everybody now, as the books say it.
    async fn is_shown(&self, auction: AuctionId, author: UserId) -> bool {
        let page = self.market().seller_page(self.seller, SellerShelf::default(), None, None);
        let page = page.await.expect("the page");
        page.as_seller.iter().any(|one| one.auction == auction && one.author.id == author)
    }
}

#[tokio::test]
async fn v3_neither_a_live_auction_nor_an_open_trade_is_reviewed_and_nobody_reviews_himself() {
    let scene = Scene::new().await;
    let auction = scene.open("a", |terms| terms.settlement = Settlement::OnHandover).await;
    scene.bid(scene.minji, auction, automatic(30_000)).await.expect("accepted");
    for user in [scene.minji, scene.seller, scene.junho] {
        assert_eq!(refusal(scene.review(user, auction, 5).await), Refusal::TradeOpen);
    }
    scene.end();
    scene.market().close(auction).await.expect("closed");
    for party in [scene.minji, scene.seller] {
        assert_eq!(refusal(scene.review(party, auction, 5).await), Refusal::TradeOpen);
        assert!(!scene.sees(party, auction).await.may_write);
    }
    assert_eq!(refusal(scene.review(scene.junho, auction, 5).await), Refusal::NotYours);
    scene.market().confirm_handover(scene.minji, auction).await.expect("confirmed");
    scene.review(scene.seller, auction, 4).await.expect("written");
    let himself = "SELECT count(*) FROM reviews WHERE author_id = subject_id AND auction_id = $1";
    assert_eq!(scene.database.count(himself, auction.0).await, 0);
    let own =
        "INSERT INTO reviews (auction_id, author_id, subject_id, of_seller, stars, body, key, at, shown_at)
               VALUES ($1, $2, $2, true, 5, '', 'k', now(), now())";
    let refused = sqlx::query(own).bind(auction.0).bind(scene.minji.0).execute(&scene.database.pool).await;
    assert!(refused.expect_err("refused").to_string().contains("reviews_not_of_oneself"));
}

#[tokio::test]
async fn only_the_two_parties_review_and_each_once() {
    let scene = Scene::new().await;
    let auction = scene.trade("a").await;
    assert_eq!(refusal(scene.review(scene.junho, auction, 5).await), Refusal::NotYours);
    let nowhere = scene.market().review(scene.minji, AuctionId(999), &stars(5), "k").await;
    assert_eq!(refusal(nowhere), Refusal::NotFound);
    assert_eq!(scene.market().trade_reviews(auction, Some(scene.junho)).await.expect("asked"), None);
    assert_eq!(scene.market().trade_reviews(auction, None).await.expect("asked"), None);
    let before = scene.sees(scene.minji, auction).await;
    assert_eq!((before.party, before.may_write, before.other.id), (Party::Winner, true, scene.seller));
    let after = scene.review(scene.minji, auction, 5).await.expect("written");
    assert_eq!((after.may_write, after.they_wrote), (false, false));
    assert_eq!(after.mine.expect("mine").stars, stars(5).stars);
    let again = scene.market().review(scene.minji, auction, &stars(1), "another form").await;
    assert_eq!(refusal(again), Refusal::AlreadyReviewed);
    let unsold = scene.auction("unsold").await;
    scene.set(end() + TimeDelta::hours(2));
    scene.market().close(unsold).await.expect("closed");
    assert_eq!(refusal(scene.review(scene.seller, unsold, 5).await), Refusal::NotYours);
}

#[tokio::test]
async fn k6_a_repeated_form_writes_one_review_and_answers_the_same() {
    let scene = Scene::new().await;
    let (one, other) = (scene.auction("one").await, scene.auction("other").await);
    for auction in [one, other] {
        scene.bid(scene.minji, auction, automatic(30_000)).await.expect("accepted");
    }
    scene.end();
    for auction in [one, other] {
        scene.market().close(auction).await.expect("closed");
    }
    let market = scene.market();
    let first = market.review(scene.minji, one, &stars(4), "key").await.expect("written");
    let second = market.review(scene.minji, one, &stars(4), "key").await.expect("the same");
    assert_eq!(first, second);
    let differs = market.review(scene.minji, one, &stars(3), "key").await;
    assert_eq!(refusal(differs), Refusal::KeyReused);
    let elsewhere = market.review(scene.minji, other, &stars(4), "key").await;
    assert_eq!(refusal(elsewhere), Refusal::KeyReused);
    assert_eq!(refusal(market.review(scene.minji, other, &stars(4), "").await), Refusal::Malformed);
    let told = "SELECT sum(times)::bigint FROM notices WHERE kind = 'review' AND user_id = $1";
    assert_eq!(scene.database.count(told, scene.seller.0).await, 1);
}

#[tokio::test]
async fn k5_two_reviews_at_the_same_moment_are_one_and_a_refusal_and_never_a_failure() {
    let scene = Scene::new().await;
    let auction = scene.trade("a").await;
    let (here, there) = (scene.market().clone(), scene.database.another_server(4).await);
    for round in 0..10 {
        let clear = "DELETE FROM reviews WHERE auction_id = $1";
        sqlx::query(clear).bind(auction.0).execute(&scene.database.pool).await.expect("cleared");
        let (left, right) = (stars(5), stars(4));
        let (keys, parties) = ([format!("l{round}"), format!("r{round}")], [scene.minji, scene.seller]);
        // The same person twice, in two windows on two servers …
        let (one, other) = tokio::join!(
            here.review(scene.minji, auction, &left, &keys[0]),
            there.review(scene.minji, auction, &right, &keys[1]),
        );
        let (written, lost) = if one.is_ok() { (one, other) } else { (other, one) };
        written.expect("one is written");
        assert_eq!(refusal(lost), Refusal::AlreadyReviewed);
        // … and then both parties.
        sqlx::query(clear).bind(auction.0).execute(&scene.database.pool).await.expect("cleared");
        let (one, other) = tokio::join!(
            here.review(parties[0], auction, &left, &keys[0]),
            there.review(parties[1], auction, &right, &keys[0]),
        );
        one.expect("written");
        other.expect("written");
        for party in parties {
            let seen = scene.sees(party, auction).await;
            assert!(seen.theirs.is_some() && seen.mine.is_some(), "both are there, so both are seen");
        }
    }
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_review_is_hidden_until_the_other_party_has_written_too() {
    let scene = Scene::new().await;
    let auction = scene.trade("a").await;
    scene.review(scene.minji, auction, 5).await.expect("written");
    let seen = scene.sees(scene.seller, auction).await;
    assert_eq!((seen.theirs, seen.they_wrote, seen.may_write), (None, true, true));
    assert!(!scene.is_shown(auction, scene.minji).await);
    assert_eq!(scene.score().await, None, "what is hidden does not count");
    let days = TimeDelta::days(3);
    scene.set(end() + days);
    let both = scene.review(scene.seller, auction, 2).await.expect("written");
    assert_eq!(both.theirs.expect("seen").stars, stars(5).stars);
    assert_eq!(scene.sees(scene.minji, auction).await.theirs.expect("seen").shown_at, end() + days);
    assert!(scene.is_shown(auction, scene.minji).await);
    assert_eq!(scene.score().await, Some(100));
}

#[tokio::test]
async fn after_fourteen_days_and_not_a_moment_before_a_lone_review_is_seen() {
    let scene = Scene::new().await;
    let auction = scene.trade("a").await;
    scene.set(end() + TimeDelta::days(1));
    scene.review(scene.minji, auction, 3).await.expect("written");
    let due = end() + TimeDelta::days(HIDDEN_DAYS);
    assert_eq!(due, shown_at(end(), end() + TimeDelta::days(1), None));
    scene.set(due - TimeDelta::microseconds(1));
    assert_eq!(scene.sees(scene.seller, auction).await.theirs, None);
    assert!(!scene.is_shown(auction, scene.minji).await);
    scene.set(due);
    let seen = scene.sees(scene.seller, auction).await;
    assert_eq!(seen.theirs.expect("seen").shown_at, due);
    assert!(scene.is_shown(auction, scene.minji).await);
    assert_eq!(scene.score().await, Some(60));
    scene.set(due + TimeDelta::days(10));
    let late = scene.review(scene.seller, auction, 5).await.expect("written").mine.expect("mine");
    assert_eq!(late.shown_at, due + TimeDelta::days(10), "nothing waits any more");
    let first = scene.sees(scene.seller, auction).await.theirs.expect("seen");
    assert_eq!(first.shown_at, due, "and the first stays as it was");
}

#[tokio::test]
async fn what_the_books_show_is_what_the_pure_function_says_whenever_who_writes() {
    let scene = Scene::new().await;
    let days = [0, 1, 13, 14, 20];
    let mut trades = Vec::new();
    for number in 0..days.len() * days.len() {
        let auction = scene.auction(&number.to_string()).await;
        let minji = scene.database.person(&format!("minji_{number}"), 50_000).await;
        scene.bid(minji, auction, automatic(30_000)).await.expect("accepted");
        trades.push((auction, minji));
    }
    scene.end();
    for (auction, _) in &trades {
        scene.market().close(*auction).await.expect("closed");
    }
    let at = |day: i64| end() + TimeDelta::days(day);
    let mut writing: Vec<(i64, AuctionId, UserId)> = Vec::new();
    for (number, (auction, minji)) in trades.iter().enumerate() {
        writing.push((days[number / days.len()], *auction, *minji));
        writing.push((days[number % days.len()], *auction, scene.seller));
    }
    writing.sort_by_key(|(day, ..)| *day);
    for (day, auction, author) in &writing {
        scene.set(at(*day));
        let key = format!("{auction}");
        scene.market().review(*author, *auction, &stars(5), &key).await.expect("written");
    }
    for (number, (auction, minji)) in trades.iter().enumerate() {
        let (winner, seller) = (at(days[number / days.len()]), at(days[number % days.len()]));
        let expected = [shown_at(end(), winner, Some(seller)), shown_at(end(), seller, Some(winner))];
        assert_eq!(scene.shown(*auction, [*minji, scene.seller]).await, expected);
    }
}

impl Scene {
    /// From when the reviews of `authors` are seen.
    async fn shown(&self, auction: AuctionId, authors: [UserId; 2]) -> [Instant; 2] {
        let mut shown = [end(); 2];
        for (at, author) in shown.iter_mut().zip(authors) {
            let sql = "SELECT shown_at FROM reviews WHERE auction_id = $1 AND author_id = $2";
            let row = sqlx::query_scalar(sql).bind(auction.0).bind(author.0);
            *at = row.fetch_one(&self.database.pool).await.expect("a review");
        }
        shown
    }

    async fn score(&self) -> Option<i32> {
        let page = self.market().seller_page(self.seller, SellerShelf::default(), None, None).await;
        page.expect("the page").selling.score()
    }
}

#[tokio::test]
async fn k4_the_other_party_is_told_in_the_same_transaction_and_hears_of_it_at_once() {
    let scene = Scene::new().await;
    let auction = scene.trade("a").await;
    let mut changes = scene.market().changes();
    scene.review(scene.minji, auction, 5).await.expect("written");
    let news = tokio::time::timeout(Duration::from_secs(5), changes.recv()).await.expect("in time");
    assert!(matches!(news, Ok(Change::People(users)) if *users == [scene.seller]));
    let notices = scene.market().notices(scene.seller, 1).await.expect("notices");
    assert_eq!((notices[0].kind, notices[0].auction, notices[0].read), (NoticeKind::Review, auction, false));
    let refused = scene.market().review(scene.minji, auction, &stars(1), "again").await;
    refusal(refused);
    let notices = scene.market().notices(scene.seller, 1).await.expect("notices");
    assert_eq!(notices[0].times, 1, "a refusal tells nobody");
    assert!(
        scene
            .market()
            .notices(scene.minji, 9)
            .await
            .expect("notices")
            .iter()
            .all(|n| n.kind != NoticeKind::Review)
    );
}

#[tokio::test]
async fn a_refunded_trade_is_reviewed_too_and_counts_from_the_refund() {
    let scene = Scene::new().await;
    let auction = scene.open("a", |terms| terms.settlement = Settlement::OnHandover).await;
    scene.bid(scene.minji, auction, automatic(30_000)).await.expect("accepted");
    scene.end();
    let market = scene.market();
    market.close(auction).await.expect("closed");
    let later = end() + TimeDelta::days(2);
    scene.set(later);
    market.refund(auction).await.expect("refunded");
    let written = scene.review(scene.minji, auction, 1).await.expect("written").mine.expect("mine");
    assert_eq!(written.shown_at, later + TimeDelta::days(HIDDEN_DAYS));
    scene.review(scene.seller, auction, 3).await.expect("written");
    assert_eq!(scene.score().await, Some(20));
    scene.database.assert_sound().await;
}
