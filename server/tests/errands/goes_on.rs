//! What goes on without anybody asking, under the real clock.

use chrono::TimeDelta;
use market::{
    live::MyState,
    store::{Change, Clock},
    view::NoticeKind,
};
use server::{
    errands::{Errand, run},
    stop::Stop,
};
use tokio::{sync::broadcast::Receiver, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::{SOON, Scene, db::opening, smtp::Sink};

fn stop() -> Stop {
    Stop::new()
}

async fn end(stop: &Stop) {
    stop.token.cancel();
    stop.finish().await;
    assert_eq!(stop.tasks.len(), 0, "the errand has ended");
}

/// What the header of minji shows once something of his has changed.
async fn told(scene: &Scene, changes: &mut Receiver<Change>) -> MyState {
    let told = async {
        loop {
            if let Change::People(people) = changes.recv().await.expect("news")
                && people.contains(&scene.minji)
            {
                return scene.market().my_state(scene.minji).await.expect("my state");
            }
        }
    };
    timeout(SOON, told).await.expect("news in time")
}

#[tokio::test]
async fn a_letter_goes_out_as_soon_as_its_cause_is_committed() {
    let (scene, (sink, carrier)) = (Scene::under(Clock::Database).await, Sink::open().await);
    let stop = stop();
    run(Errand::Deliver(carrier), scene.market(), &stop);
    scene.address(scene.minji, "minji@example.org").await;
    let now = scene.market().now().await.expect("the time");
    let mut opening = opening(now, 60);
    opening.terms.buy_now = Some(market::Money::won(50_000));
    let auction = scene.books.auction(scene.seller, "a", &opening).await;
    scene.market().buy_now(scene.minji, auction, None, None).await.expect("bought");
    sink.came().await;
    assert_eq!(sink.letter().to, "minji@example.org");
    end(&stop).await;
    scene.books.assert_sound().await;
}

#[tokio::test]
async fn watchers_are_reminded_when_the_time_comes() {
    let scene = Scene::under(Clock::Database).await;
    let stop = stop();
    let now = scene.market().now().await.expect("the time");
    let mut opening = opening(now - TimeDelta::minutes(30), 60);
    opening.ends_at = now + TimeDelta::minutes(10) + TimeDelta::milliseconds(1_500);
    let auction = scene.books.auction(scene.seller, "a", &opening).await;
    scene.market().watch(scene.minji, auction, true).await.expect("watched");
    let mut changes = scene.market().changes();
    run(Errand::Remind, scene.market(), &stop);
    let state = told(&scene, &mut changes).await;
    assert_eq!(state.news[0].kind, NoticeKind::EndingSoon);
    assert!(state.news[0].at >= opening.ends_at - TimeDelta::minutes(10), "not before its time");
    assert!(state.news[0].at <= opening.ends_at - TimeDelta::minutes(10) + TimeDelta::seconds(5));
    end(&stop).await;
}

#[tokio::test]
async fn what_is_of_no_use_any_more_goes_in_one_round_however_much_it_is() {
    let scene = Scene::at_noon().await;
    scene
        .sql(
            "INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at)
             SELECT sha256(convert_to($2 || n, 'UTF8')), $1, '2000-01-01', '2000-01-01', '2000-01-31'
             FROM generate_series(1, 2500) AS n",
            scene.minji,
            "long ago",
        )
        .await;
    let next = Errand::Forget.round(scene.market(), &CancellationToken::new()).await.expect("a round");
    assert_eq!(next, None, "nobody waits for it");
    assert_eq!(scene.books.count("SELECT count(*) FROM sessions WHERE user_id = $1", scene.minji.0).await, 0);
}
