//! My own account: what others see, how I sign in, and where.

use chrono::TimeDelta;
use market::{
    Refusal, UserId,
    people::ProfileDraft,
    refusal::Reason,
    store::{Change, accounts::SessionToken},
    text::Language,
};
use sqlx::{PgPool, Postgres, Transaction};

use crate::{
    Scene,
    db::refusal,
    noon,
    people::{PASSWORD, new_person},
};

/// Sora, signed up and in.
pub async fn sora(scene: &Scene) -> (UserId, SessionToken) {
    scene.market().sign_up(&new_person("sora"), "Firefox/143.0 Linux").await.expect("signed up")
}

#[tokio::test]
async fn a_profile_is_changed_and_a_region_that_does_not_exist_is_refused() {
    let scene = Scene::new().await;
    let (user, token) = sora(&scene).await;
    let market = scene.market();
    let draft = ProfileDraft { nickname: " 소라네 ".into(), region: "11440123".into() };
    market.save_profile(user, &draft.check().expect("sound")).await.expect("saved");
    let account = market.account(user, &token).await.expect("the account");
    assert_eq!((account.nickname.as_str(), account.region.code.as_str()), ("소라네", "11440123"));
    let nowhere = ProfileDraft { region: "99".into(), ..draft }.check().expect("sound");
    let refused = refusal(market.save_profile(user, &nowhere).await);
    assert_eq!(refused, Refusal::field("region", Reason::Unknown));
    market.set_language(user, Language::En).await.expect("saved");
    let language = "SELECT count(*) FROM users WHERE language = 'en' AND id = $1";
    assert_eq!(scene.database.count(language, user.0).await, 1);
}

#[tokio::test]
async fn an_address_is_changed_with_the_password_only() {
    let scene = Scene::new().await;
    let (user, token) = sora(&scene).await;
    let market = scene.market();
    for wrong in ["", "wrong", "망원동"] {
        let refused = refusal(market.save_email(user, wrong, Some("thief@example.org")).await);
        assert_eq!(refused, Refusal::WrongCredentials);
    }
    assert_eq!(refusal(market.save_email(scene.minji, "", None).await), Refusal::WrongCredentials, "a robot");
    market.save_email(user, PASSWORD, Some("sora@example.org")).await.expect("saved");
    assert_eq!(market.account(user, &token).await.expect("it").email.as_deref(), Some("sora@example.org"));
    market.save_email(user, PASSWORD, None).await.expect("saved");
    assert_eq!(market.account(user, &token).await.expect("it").email, None);
}

#[tokio::test]
async fn a_new_password_takes_the_old_one_and_ends_all_other_sessions() {
    let scene = Scene::new().await;
    let (user, here) = sora(&scene).await;
    let market = scene.market();
    let (_, thief) = market.sign_in("sora", PASSWORD, "a thief").await.expect("signed in");
    let refused = refusal(market.change_password(user, &thief, "wrong", "새 비밀번호 한강").await);
    assert_eq!(refused, Refusal::WrongCredentials);
    let mut changes = market.changes();
    market.change_password(user, &here, PASSWORD, "새 비밀번호 한강").await.expect("changed");
    assert!(matches!(changes.try_recv(), Ok(Change::Sessions(ended)) if ended == user));
    assert!(market.session(&here).await.expect("asked").is_some(), "this one stays");
    assert_eq!(market.session(&thief).await.expect("asked"), None);
    assert_eq!(refusal(market.sign_in("sora", PASSWORD, "").await), Refusal::WrongCredentials);
    market.sign_in("sora", "새 비밀번호 한강", "").await.expect("signed in");
}

/// A row that is held, so that those who want it queue up and are let in one after the other.
pub struct Held {
    transaction: Transaction<'static, Postgres>,
    pool: PgPool,
}

impl Held {
    pub async fn row(scene: &Scene, sql: &'static str, user: UserId) -> Self {
        let pool = scene.database.pool.clone();
        let mut transaction = pool.begin().await.expect("a transaction");
        sqlx::query(sql).bind(user.0).execute(&mut *transaction).await.expect("locked");
        Self { transaction, pool }
    }

    /// Comes back when so many wait.
    pub async fn queue(&self, count: i64) {
        let sql = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
        loop {
            let waiting: i64 = sqlx::query_scalar(sql).fetch_one(&self.pool).await.expect("a count");
            if waiting >= count {
                return;
            }
        }
    }

    pub async fn let_in(self) {
        self.transaction.commit().await.expect("released");
    }
}

/// Lets `first` and then `second` queue for the held row, and lets them in.
pub async fn one_after_the_other<A, B>(
    held: Held,
    first: impl Future<Output = A> + Send + 'static,
    second: impl Future<Output = B> + Send + 'static,
) -> (A, B)
where
    A: Send + 'static,
    B: Send + 'static,
{
    let first = tokio::spawn(first);
    held.queue(1).await;
    let second = tokio::spawn(second);
    held.queue(2).await;
    held.let_in().await;
    (first.await.expect("the first"), second.await.expect("the second"))
}

#[tokio::test]
async fn who_signs_in_with_the_old_password_while_it_is_changed_is_not_left_signed_in() {
    const HELD: &str = "SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE";
    let scene = Scene::new().await;
    let (user, here) = sora(&scene).await;
    let (market, there) = (scene.market().clone(), scene.database.another_server(4).await);
    let change = |old: &'static str, new: &'static str| {
        let (market, here) = (market.clone(), here.clone());
        async move { market.change_password(user, &here, old, new).await }
    };
    let sign_in = |password: &'static str| {
        let there = there.clone();
        async move { there.sign_in("sora", password, "at the same moment").await }
    };
    let held = Held::row(&scene, HELD, user).await;
    let (changed, signed_in) =
        one_after_the_other(held, change(PASSWORD, "새 비밀번호 한강"), sign_in(PASSWORD)).await;
    changed.expect("changed");
    assert_eq!(refusal(signed_in), Refusal::WrongCredentials, "compared before, too late all the same");
    let held = Held::row(&scene, HELD, user).await;
    let (signed_in, changed) =
        one_after_the_other(held, sign_in("새 비밀번호 한강"), change("새 비밀번호 한강", PASSWORD)).await;
    changed.expect("changed");
    let (_, token) = signed_in.expect("it was the password still");
    assert_eq!(market.session(&token).await.expect("asked"), None, "and is ended with the others");
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn devices_are_listed_and_only_their_owner_ends_them() {
    let scene = Scene::new().await;
    let (user, here) = sora(&scene).await;
    let market = scene.market();
    scene.set(noon() + TimeDelta::minutes(5));
    let (_, phone) = market.sign_in("sora", PASSWORD, "iPhone").await.expect("signed in");
    let (other, others) = market.sign_up(&new_person("haneul"), "").await.expect("signed up");
    let account = market.account(user, &here).await.expect("the account");
    let listed: Vec<_> = account.sessions.iter().map(|one| (one.agent.as_str(), one.is_this)).collect();
    assert_eq!(listed, [("Firefox/143.0 Linux", true), ("iPhone", false)]);
    let on_phone = account.sessions[1].id;
    assert_eq!(refusal(market.end_session(other, on_phone).await), Refusal::NotFound, "not his");
    assert!(market.session(&phone).await.expect("asked").is_some());
    market.end_session(user, on_phone).await.expect("ended");
    market.end_session(user, on_phone).await.expect("it stays so");
    assert_eq!(market.session(&phone).await.expect("asked"), None);
    assert_eq!(market.account(user, &here).await.expect("the account").sessions.len(), 1);
    market.sign_out_everywhere(user).await.expect("signed out");
    assert_eq!(market.session(&here).await.expect("asked"), None);
    assert!(market.session(&others).await.expect("asked").is_some(), "only his own");
}
