//! Everything about me, for me.

use market::{
    Money, UserId,
    notice::{Keys, NoticeSettings},
    opening::Draft,
    store::{Market, accounts::SessionToken, my_data::DataPart},
    view::{Filter, ListQuery},
};

use crate::{
    Scene,
    db::{automatic, plain},
    people::PASSWORD,
    profile::sora,
    reviews::stars,
};

/// Somebody keeps what concerns nobody else: a draft, a search, his choices, a browser that may be woken.
pub async fn keep_things(market: &Market, user: UserId, session: &SessionToken) {
    let draft = Draft { title: "북유럽 의자".to_owned(), ..Draft::default() };
    market.save_draft(user, "draft", &draft).await.expect("saved");
    let query = ListQuery { q: "의자".to_owned(), ..ListQuery::default() };
    market.save_search(user, "search", &Filter::read(&query)).await.expect("saved");
    market.choose_notices(user, &NoticeSettings::default()).await.expect("chosen");
    let keys = Keys {
        endpoint: format!("https://push.example.net/{ADDRESS}-{user}"),
        public_key: format!("B{}", "p".repeat(86)),
        secret: "s".repeat(22),
    };
    market.add_device(user, session, &keys).await.expect("a device");
}

/// Of a browser, between it and its service.
const ADDRESS: &str = "of-a-browser";

#[tokio::test]
async fn my_data_are_all_mine_and_hold_no_secrets() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (user, token) = sora(&scene).await;
    market.save_email(user, PASSWORD, Some("sora@example.org")).await.expect("saved");
    market.deposit(user, Money::won(50_000), "in").await.expect("a deposit");
    keep_things(market, user, &token).await;
    let auction = scene.auction("a").await;
    market.watch(user, auction, true).await.expect("watched");
    scene.bid(user, auction, automatic(20_000)).await.expect("accepted");
    scene.bid(scene.minji, auction, plain(12_000)).await.expect("accepted");
    scene.end();
    market.close(auction).await.expect("closed");
    market.review(user, auction, &stars(5), "k").await.expect("written");
    market.review(scene.seller, auction, &stars(4), "k").await.expect("written");
    let mut whole = String::new();
    for part in DataPart::ALL {
        let page = market.my_data(user, part, 0).await.expect("a page");
        for row in &page.rows {
            let json: serde_json::Value = serde_json::from_str(row).expect("JSON");
            assert!(json.is_object(), "{row}");
        }
        let expected = match part {
            DataPart::Account
            | DataPart::Wallet
            | DataPart::Sessions
            | DataPart::Payments
            | DataPart::Bids
            | DataPart::Watches
            | DataPart::SavedSearches
            | DataPart::Drafts
            | DataPart::NoticeSettings
            | DataPart::Devices
            | DataPart::ReviewsWritten
            | DataPart::ReviewsReceived => 1,
            DataPart::LedgerRows => 4,
            DataPart::Notices => page.rows.len().max(1),
            _ => 0,
        };
        assert_eq!((page.rows.len(), page.next), (expected, None), "{}", part.as_str());
        whole.push_str(&page.rows.concat());
    }
    let (key, secret) = ("p".repeat(86), "s".repeat(22));
    for secret in [token.as_str(), PASSWORD, "argon2", "token", "12000", ADDRESS, &key, &secret] {
        assert!(!whole.contains(secret), "{secret}: {whole}");
    }
    assert!(whole.contains("sora@example.org") && whole.contains("20000"));
    assert!(whole.contains("https://push.example.net\"") && whole.contains("\"toast\""));
    let others = market.my_data(scene.junho, DataPart::Bids, 0).await.expect("a page");
    assert_eq!(others.rows.len(), 0);
}

#[tokio::test]
async fn my_data_come_page_by_page_however_many_they_are() {
    let scene = Scene::new().await;
    let many = "INSERT INTO notices (user_id, kind, auction_id, at, read_at)
                SELECT $1, 'message', $2, now(), now() FROM generate_series(1, 2500)";
    let auction = scene.auction("a").await;
    let many = sqlx::query(many).bind(scene.junho.0).bind(auction.0);
    many.execute(&scene.database.pool).await.expect("notices");
    let (mut after, mut rows, mut pages) = (0, 0, 0);
    loop {
        let page = scene.market().my_data(scene.junho, DataPart::Notices, after).await.expect("a page");
        (rows, pages) = (rows + page.rows.len(), pages + 1);
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!((rows, pages), (2_500, 3));
}
