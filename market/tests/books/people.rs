//! Accounts and sessions.

use chrono::TimeDelta;
use market::{
    Money, Refusal,
    people::{NewPerson, SignUp},
    refusal::Reason,
    store::accounts::{SESSION_DAYS, SESSION_LONGEST_DAYS, SessionToken},
    view::StatementFilter,
};

use crate::{Scene, db::refusal, noon};

pub const PASSWORD: &str = "망원동 한강 자전거";

pub fn new_person(username: &str) -> NewPerson {
    let form = SignUp {
        username: username.to_owned(),
        region: "11440".to_owned(),
        password: PASSWORD.to_owned(),
        ..SignUp::default()
    };
    form.check().expect("sound")
}

#[tokio::test]
async fn s13_signing_up_makes_the_account_its_wallet_and_a_session() {
    let scene = Scene::new().await;
    let (user, token) = scene.market().sign_up(&new_person("sora"), "Firefox\n").await.expect("signed up");
    let all = StatementFilter::default();
    let wallet = scene.market().wallet_page(user, &all).await.expect("a wallet");
    assert_eq!((wallet.available, wallet.held, wallet.escrow), (Money::ZERO, Money::ZERO, Money::ZERO));
    let me = scene.market().session(&token).await.expect("a session").expect("it is open");
    assert_eq!((me.id, me.username.as_str(), me.is_staff), (user, "sora", false));
    assert_eq!(me.region.expect("a region").full_name, "서울특별시 마포구");
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn s13_an_account_without_a_wallet_cannot_be_committed() {
    let scene = Scene::new().await;
    let bare = "INSERT INTO users (username, nickname, region_code, created_at)
                VALUES ('bare', 'bare', '11440', now())";
    let refused = sqlx::query(bare).execute(&scene.database.pool).await.expect_err("no wallet");
    let constraint = refused.as_database_error().and_then(|error| error.constraint().map(str::to_owned));
    assert_eq!(constraint.as_deref(), Some("users_have_wallets"));
    let poor = "SELECT count(*) FROM users u
                WHERE $1 = 0 AND NOT EXISTS (SELECT FROM wallets w WHERE w.user_id = u.id)";
    assert_eq!(scene.database.count(poor, 0).await, 0);
}

#[tokio::test]
async fn a_sign_up_that_fails_leaves_neither_an_account_nor_a_wallet() {
    let scene = Scene::new().await;
    let accounts = "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM wallets) + 0 * $1";
    let before = scene.database.count(accounts, 0).await;
    let nowhere = NewPerson { region: Some("99".to_owned()), ..new_person("sora") };
    let refused = refusal(scene.market().sign_up(&nowhere, "").await);
    assert_eq!(refused, Refusal::field("region", Reason::Unknown));
    assert_eq!(scene.database.count(accounts, 0).await, before);
}

#[tokio::test]
async fn a_username_is_taken_whatever_its_case_also_at_the_same_moment() {
    let scene = Scene::new().await;
    let market = scene.market();
    let taken = Refusal::field("username", Reason::Taken);
    let (first, second) = (new_person("sora"), new_person("SORA"));
    let (first, second) = tokio::join!(market.sign_up(&first, ""), market.sign_up(&second, ""));
    let lost = if first.is_ok() { second } else { first };
    assert_eq!(refusal(lost), taken);
    assert_eq!(refusal(market.sign_up(&new_person("Sora"), "").await), taken);
    let named = "SELECT count(*) FROM users WHERE lower(username) = 'sora' AND $1 = 0";
    assert_eq!(scene.database.count(named, 0).await, 1);
}

#[tokio::test]
async fn signing_in_wrong_does_not_say_whether_the_name_or_the_password_is() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (user, first) = market.sign_up(&new_person("sora"), "").await.expect("signed up");
    for (username, password) in [("sora", "wrong"), ("nobody", PASSWORD), ("minji_park", ""), ("", "")] {
        let refused = refusal(market.sign_in(username, password, "").await);
        assert_eq!(refused, Refusal::WrongCredentials, "{username}");
    }
    let (again, second) = market.sign_in("SORA", PASSWORD, "").await.expect("signed in");
    assert_eq!(again, user);
    assert!(first != second, "always a new token");
    market.close_account(user, PASSWORD).await.expect("closed");
    assert_eq!(refusal(market.sign_in("sora", PASSWORD, "").await), Refusal::WrongCredentials);
    assert_eq!(market.session(&first).await.expect("asked"), None, "a closed account has no session");
}

#[tokio::test]
async fn a_session_ends_at_sign_out_and_only_that_one() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (_, phone) = market.sign_up(&new_person("sora"), "").await.expect("signed up");
    let (_, desktop) = market.sign_in("sora", PASSWORD, "").await.expect("signed in");
    market.sign_out(&phone).await.expect("signed out");
    market.sign_out(&phone).await.expect("again");
    assert_eq!(market.session(&phone).await.expect("asked"), None);
    assert!(market.session(&desktop).await.expect("asked").is_some());
    let unknown = SessionToken::from_cookie(&"0".repeat(64)).expect("a token");
    assert_eq!(market.session(&unknown).await.expect("asked"), None);
    assert!(SessionToken::from_cookie("'; --").is_none());
}

#[tokio::test]
async fn a_session_ends_when_it_was_not_used_for_its_days() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (_, token) = market.sign_up(&new_person("sora"), "").await.expect("signed up");
    let days = TimeDelta::days(SESSION_DAYS);
    scene.set(noon() + days - TimeDelta::seconds(1));
    assert!(market.session(&token).await.expect("asked").is_some(), "used just in time");
    scene.set(noon() + days + days - TimeDelta::seconds(2));
    assert!(market.session(&token).await.expect("asked").is_some(), "each use counts anew");
    scene.set(noon() + days + days + days);
    assert_eq!(market.session(&token).await.expect("asked"), None);
}

#[tokio::test]
async fn a_session_ends_some_day_however_much_it_is_used() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (_, token) = market.sign_up(&new_person("sora"), "").await.expect("signed up");
    let last = noon() + TimeDelta::days(SESSION_LONGEST_DAYS.into());
    let mut now = noon();
    while now < last - TimeDelta::days(1) {
        scene.set(now);
        assert!(market.session(&token).await.expect("asked").is_some(), "used every day: {now}");
        now += TimeDelta::days(1);
    }
    scene.set(last);
    assert_eq!(market.session(&token).await.expect("asked"), None);
}

#[tokio::test]
async fn the_books_hold_neither_the_token_nor_the_password() {
    let scene = Scene::new().await;
    let (user, token) = scene.market().sign_up(&new_person("sora"), "").await.expect("signed up");
    let sql = "SELECT u.password_hash || encode(s.token_sha256, 'hex') FROM users u, sessions s
               WHERE u.id = $1 AND s.user_id = u.id";
    let stored: String =
        sqlx::query_scalar(sql).bind(user.0).fetch_one(&scene.database.pool).await.expect("a row");
    assert!(stored.starts_with("$argon2id$"));
    assert!(!stored.contains(PASSWORD) && !stored.contains(token.as_str()));
    assert!(!format!("{token:?}").contains(token.as_str()));
}
