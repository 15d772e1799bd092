//! Pages drawn once for all who wait: how often, for whom, and with whose nonce.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::server_side::Viewer;
use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    http::{Request, header::CONTENT_SECURITY_POLICY},
    middleware::from_fn_with_state,
    response::IntoResponse,
    routing::get,
};
use futures::future::join_all;
use market::{UserId, store::accounts::SessionToken, view::Me};
use server::shared_pages::{Drawings, share};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep_until},
};
use tower::ServiceExt;

/// A site whose only page takes as long as it is told to.
#[derive(Clone)]
struct Site {
    router: Router,
    drawn: Arc<AtomicUsize>,
    may_finish: Arc<Semaphore>,
}

fn site(viewer: Viewer) -> Site {
    let (drawn, may_finish) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
    let (count, permits) = (Arc::clone(&drawn), Arc::clone(&may_finish));
    let page = move || async move {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        permits.acquire().await.expect("open").forget();
        let policy = [(CONTENT_SECURITY_POLICY, format!("script-src 'self' 'nonce-drawn{number}'"))];
        (policy, format!("<script nonce=\"drawn{number}\">{number}</script>"))
    };
    let page = move || {
        let page = page.clone();
        async move { page().await.into_response() }
    };
    let router = Router::new()
        .route("/", get(page.clone()))
        .route("/wallet", get(page))
        .layer(from_fn_with_state(Drawings::default(), share))
        .layer(Extension(viewer));
    Site { router, drawn, may_finish }
}

impl Site {
    /// The policy and the page that somebody gets.
    async fn visit(&self, path: &str, cookie: &str) -> (String, String) {
        let request = Request::get(path).header("cookie", cookie).body(Body::empty()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let policy = answer.headers()[CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
        let body = to_bytes(answer.into_body(), 10_000).await.expect("a body");
        (policy, String::from_utf8(body.to_vec()).expect("text"))
    }

    /// Starts a visit and waits until its page is being drawn.
    async fn begin(&self, cookie: &'static str) -> tokio::task::JoinHandle<(String, String)> {
        let (site, before) = (self.clone(), self.drawn.load(Ordering::SeqCst));
        let visit = tokio::spawn(async move { site.visit("/", cookie).await });
        while self.drawn.load(Ordering::SeqCst) == before {
            tokio::task::yield_now().await;
        }
        visit
    }
}

fn nonce(policy: &str) -> &str {
    let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
    rest.split_once('\'').expect("its end").0
}

#[tokio::test]
async fn who_comes_while_a_page_is_drawn_gets_the_next_one_together_with_the_others() {
    let site = site(Viewer(None));
    let first = site.begin("").await;
    let later: Vec<_> = (0..20).map(|_| site.visit("/", "")).collect();
    let (later, ()) = tokio::join!(join_all(later), async { site.may_finish.add_permits(2) });
    let (_, page) = first.await.expect("no panic");
    assert!(page.contains(">1<"), "{page}");
    assert!(later.iter().all(|(_, page)| page.contains(">2<")), "older than the question: {later:?}");
    assert_eq!(site.drawn.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_crowd_that_comes_again_is_served_together_and_whoever_comes_alone_at_once() {
    let site = site(Viewer(None));
    site.may_finish.add_permits(100);
    join_all((0..10).map(|_| site.visit("/", ""))).await;
    let before = site.drawn.load(Ordering::SeqCst);
    // Not all at once, and yet in one drawing.
    let (site_again, now) = (&site, Instant::now());
    join_all((0..10).map(|number| async move {
        sleep_until(now + Duration::from_millis(number % 3)).await;
        site_again.visit("/", "").await
    }))
    .await;
    assert_eq!(site.drawn.load(Ordering::SeqCst), before + 1);

    tokio::time::advance(Duration::from_secs(1)).await;
    let asked = Instant::now();
    site.visit("/", "").await;
    site.visit("/", "").await;
    assert_eq!(asked.elapsed(), Duration::ZERO, "alone nobody waits for anybody");
}

#[tokio::test]
async fn everybody_has_a_nonce_of_his_own_that_his_page_and_his_policy_agree_on() {
    let site = site(Viewer(None));
    site.may_finish.add_permits(100);
    let visits = join_all((0..10).map(|_| site.visit("/", ""))).await;
    let mut nonces: Vec<&str> = visits.iter().map(|(policy, _)| nonce(policy)).collect();
    for ((_, page), nonce) in visits.iter().zip(&nonces) {
        assert!(page.contains(&format!("nonce=\"{nonce}\"")), "{page}");
        assert!(!page.contains("drawn"), "the shared nonce went out: {page}");
    }
    nonces.sort_unstable();
    nonces.dedup();
    assert_eq!(nonces.len(), 10);
}

#[tokio::test]
async fn another_theme_or_language_is_another_page() {
    let site = site(Viewer(None));
    let visits: Vec<_> = [site.begin("theme=dark").await, site.begin("theme=light").await].into();
    site.may_finish.add_permits(2);
    let pages = join_all(visits).await;
    let pages: Vec<String> = pages.into_iter().map(|visit| visit.expect("no panic").1).collect();
    assert_ne!(pages[0].contains(">1<"), pages[1].contains(">1<"), "{pages:?}");
}

#[tokio::test]
async fn the_pages_of_the_signed_in_and_those_that_are_not_alike_are_drawn_for_each() {
    let me = Me {
        id: UserId(1),
        username: "minji".to_owned(),
        nickname: "민지".to_owned(),
        region: None,
        is_staff: false,
    };
    let token = SessionToken::from_cookie(&"a".repeat(64)).expect("a token");
    for (viewer, path) in [(Viewer(Some((me, Some(token)))), "/"), (Viewer(None), "/wallet")] {
        let site = site(viewer);
        site.may_finish.add_permits(100);
        let visits = join_all((0..5).map(|_| site.visit(path, ""))).await;
        assert_eq!(site.drawn.load(Ordering::SeqCst), 5);
        assert!(visits.iter().all(|(policy, _)| policy.contains("nonce-drawn")), "{visits:?}");
    }
}
