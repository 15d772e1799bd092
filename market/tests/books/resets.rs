//! Forgotten passwords: letters that open an account once.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use market::{
    Refusal, UserId,
    people::RESET_MINUTES,
    refusal::Reason,
    store::{
        accounts::SessionToken,
        resets::{Forgotten, ResetToken},
    },
};

use crate::{Scene, db::refusal, noon, people::PASSWORD, profile::sora};

/// What the letters that were sent say, last one first.
async fn forget(scene: &Scene, who: &str) -> Vec<Forgotten> {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let write = |forgotten: &Forgotten| {
        sent.lock().expect("letters").push(forgotten.clone());
        ("비밀번호".to_owned(), format!("https://example.org/{}", forgotten.token.as_str()))
    };
    scene.market().forgotten_password(who, write).await.expect("always the same answer");
    sent.lock().expect("letters").clone()
}

async fn with_address(scene: &Scene) -> (UserId, SessionToken) {
    let (user, token) = sora(scene).await;
    scene.market().save_email(user, PASSWORD, Some("sora@example.org")).await.expect("saved");
    (user, token)
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_with_a_letter_once_and_all_sessions_end() {
    let scene = Scene::new().await;
    let (user, session) = with_address(&scene).await;
    let market = scene.market();
    let letters = [forget(&scene, "SORA").await, forget(&scene, "Sora@Example.org").await].concat();
    assert_eq!(letters.len(), 2);
    let waiting = "SELECT count(*) FROM outbox WHERE address = 'sora@example.org' AND user_id = $1";
    assert_eq!(scene.database.count(waiting, user.0).await, 2);
    let [first, second] = [&letters[0].token, &letters[1].token];
    assert!(first != second && market.is_reset_open(first).await.expect("asked"));
    let weak = refusal(market.reset_password(first, "12345678").await);
    assert_eq!(weak, Refusal::field("new_password", Reason::TooCommon));
    let like = refusal(market.reset_password(first, "sora의 비밀번호").await);
    assert_eq!(like, Refusal::field("new_password", Reason::TooCommon), "the account's name is in it");
    market.reset_password(first, "새 비밀번호 한강").await.expect("set");
    assert_eq!(market.session(&session).await.expect("asked"), None);
    for used in [first, second] {
        assert!(!market.is_reset_open(used).await.expect("asked"));
        assert_eq!(refusal(market.reset_password(used, "또 다른 비밀번호").await), Refusal::NotFound);
    }
    assert_eq!(refusal(market.sign_in("sora", PASSWORD, "").await), Refusal::WrongCredentials);
    market.sign_in("sora", "새 비밀번호 한강", "").await.expect("signed in");
}

#[tokio::test]
async fn a_letter_opens_nothing_after_half_an_hour_nor_used_twice_at_once() {
    let scene = Scene::new().await;
    with_address(&scene).await;
    let (market, there) = (scene.market(), scene.database.another_server(4).await);
    let token = forget(&scene, "sora").await[0].token.clone();
    scene.set(noon() + TimeDelta::minutes(RESET_MINUTES));
    assert_eq!(refusal(market.reset_password(&token, "새 비밀번호 한강").await), Refusal::NotFound);
    let token = forget(&scene, "sora").await[0].token.clone();
    let (one, other) = tokio::join!(
        market.reset_password(&token, "새 비밀번호 하나"),
        there.reset_password(&token, "새 비밀번호 둘"),
    );
    let (done, lost) = if one.is_ok() { (one, other) } else { (other, one) };
    done.expect("one of them");
    assert_eq!(refusal(lost), Refusal::NotFound);
    let unknown = ResetToken::from_text(&"0".repeat(64)).expect("a token");
    assert_eq!(refusal(market.reset_password(&unknown, "새 비밀번호 한강").await), Refusal::NotFound);
    assert!(ResetToken::from_text("'; --").is_none() && ResetToken::from_text("").is_none());
}

#[tokio::test]
async fn whether_there_is_such_an_account_is_not_told_and_nobodys_box_is_flooded() {
    let scene = Scene::new().await;
    let (user, _) = with_address(&scene).await;
    for nobody in ["nobody", "", "nobody@example.org", "minji_park", "'; --", "%"] {
        assert!(forget(&scene, nobody).await.is_empty(), "{nobody}");
    }
    let mut sent = 0;
    for _ in 0..10 {
        sent += forget(&scene, "sora").await.len();
    }
    assert_eq!(sent, 3);
    scene.set(noon() + TimeDelta::minutes(RESET_MINUTES));
    assert_eq!(forget(&scene, "sora").await.len(), 1);
    let stored = "SELECT count(*) FROM password_resets r JOIN outbox o ON o.user_id = r.user_id
                  WHERE r.user_id = $1 AND position(encode(r.token_sha256, 'hex') in o.body) > 0";
    assert_eq!(scene.database.count(stored, user.0).await, 0, "what is stored opens nothing");
    scene.market().close_account(user, PASSWORD).await.expect("closed");
    assert!(forget(&scene, "sora").await.is_empty(), "it is closed");
}
