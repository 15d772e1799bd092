//! What programs sign in with, in the books.

use market::{
    Refusal,
    access::{Scope, Wanted},
    people::NewPerson,
    store::{Clock, access_tokens::AccessToken},
};

use crate::db::{TestDatabase, refusal};

const PASSWORD: &str = "망원동 한강 자전거";

fn wanted() -> Wanted {
    Wanted { name: "가격 알리미".to_owned(), scopes: vec![Scope::Read, Scope::Bid], days: 30 }
}

#[tokio::test]
async fn a_form_that_is_sent_many_times_at_once_makes_one_token() {
    let books = TestDatabase::new(Clock::Database, 8).await;
    let person = NewPerson {
        username: "minji".to_owned(),
        nickname: "minji".to_owned(),
        email: None,
        region: Some("11440".to_owned()),
        password: PASSWORD.to_owned(),
    };
    let (user, _) = books.market.sign_up(&person, "a test").await.expect("a person");
    let wanted = wanted();
    let same = || books.market.create_access(user, PASSWORD, &wanted, "key");
    let (one, two, three) = tokio::join!(same(), same(), same());
    let made = [one, two, three].map(|made| made.expect("an answer").ok);
    let secrets: Vec<&String> = made.iter().flatten().collect();
    assert_eq!(secrets.len(), 1, "{made:?}");
    let token = AccessToken::from_text(secrets[0]).expect("a token");
    let (me, scopes) = books.market.access(&token).await.expect("an answer").expect("his");
    assert_eq!((me.id, scopes), (user, vec![Scope::Read, Scope::Bid]));
    let other = Wanted { name: "다른 것".to_owned(), ..wanted.clone() };
    let reused = books.market.create_access(user, PASSWORD, &other, "key").await;
    assert_eq!(refusal(reused), Refusal::KeyReused);
    assert_eq!(books.count("SELECT count(*) FROM access_tokens WHERE user_id = $1", user.0).await, 1);
}
