//! How often one may ask, as the headers tell.

use axum::http::StatusCode;
use market::access::Scope;

use crate::site::{Answer, Caller, Site};

fn left(answer: &Answer) -> (u32, u32, u32) {
    let number = |name: &str| answer.header(name).parse().unwrap_or_else(|_| panic!("{name}"));
    (number("ratelimit-limit"), number("ratelimit-remaining"), number("ratelimit-reset"))
}

#[tokio::test]
async fn programs_are_told_how_much_is_left_and_when_to_come_back() {
    let site = Site::open().await;
    let me = site.person("minji", 0).await;
    let token = site.token(&me, &Scope::ALL).await;
    let read = site.get(Caller::Program(&token), "/api/categories", &[]).await;
    assert_eq!(left(&read).0, 300);
    let form = [("auction_id", "0"), ("watching", "true")];
    let mut last = u32::MAX;
    for number in 0..200 {
        let answer = site.post(Caller::Program(&token), "/api/toggle_watch", &form).await;
        let (limit, remaining, reset) = left(&answer);
        assert_eq!(limit, 60);
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert_eq!((remaining, answer.refused().as_deref()), (0, Some("too_many")));
            assert!(reset > 0 && answer.header("retry-after") == "1", "{reset}");
            assert!(number >= 60, "{number}");
            break;
        }
        assert!(remaining <= last && number < 199, "{remaining} after {last}, number {number}");
        last = remaining.max(1);
    }
    // Counted by person: another token of his is as late, another person is not, whatever their address.
    let again = site.token(&me, &[Scope::Bid]).await;
    let late = site.post(Caller::Program(&again), "/api/toggle_watch", &form).await;
    assert_eq!(left(&late).0, 60);
    assert!(left(&late).1 <= 1);
    let other = site.token(&site.seller, &[Scope::Bid]).await;
    assert_eq!(left(&site.post(Caller::Program(&other), "/api/toggle_watch", &form).await).1, 59);
}

#[tokio::test]
async fn what_people_read_is_not_counted() {
    let site = Site::open().await;
    let answer = site.get(Caller::Nobody, "/api/categories", &[]).await;
    assert_eq!(answer.header("ratelimit-limit"), "");
}
