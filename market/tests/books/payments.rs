//! Payments and their gateway: whatever it answers and wherever a server dies, money moves once or not at
//! all.

use chrono::TimeDelta;
use market::{
    Money, Refusal, UserId,
    store::{
        Market, PaymentGateway,
        gateway::{Direction, GatewayError, TestGateway},
    },
};

use crate::{Scene, db::refusal, noon};

fn gateway(market: &Market) -> &TestGateway {
    let PaymentGateway::Test(gateway) = market.gateway();
    gateway
}

async fn payment_state(scene: &Scene, user: UserId) -> Vec<String> {
    sqlx::query_scalar("SELECT state FROM payments WHERE user_id = $1 ORDER BY id")
        .bind(user.0)
        .fetch_all(&scene.database.pool)
        .await
        .expect("payments")
}

#[tokio::test]
async fn a_declined_payment_moves_nothing_and_stays_declined_under_its_key() {
    let scene = Scene::new().await;
    let market = scene.market();
    let before = scene.database.wallet(scene.minji).await;
    gateway(market).plan([GatewayError::Declined, GatewayError::Declined]);
    let sum = Money::won(5_000);
    assert_eq!(refusal(market.deposit(scene.minji, sum, "in").await), Refusal::PaymentDeclined);
    assert_eq!(refusal(market.withdraw(scene.minji, sum, "out").await), Refusal::PaymentDeclined);
    for _ in 0..2 {
        assert_eq!(refusal(market.deposit(scene.minji, sum, "in").await), Refusal::PaymentDeclined);
        assert_eq!(refusal(market.withdraw(scene.minji, sum, "out").await), Refusal::PaymentDeclined);
    }
    assert_eq!(scene.database.wallet(scene.minji).await, before);
    assert_eq!(gateway(market).moved(), []);
    assert_eq!(payment_state(&scene, scene.minji).await, ["declined", "declined"]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn k6_a_gateway_that_does_not_answer_is_asked_again_under_the_same_key_and_moves_once() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (available, held) = scene.database.wallet(scene.minji).await;
    let sum = Money::won(7_000);
    gateway(market).plan([GatewayError::Unavailable]);
    assert_eq!(refusal(market.deposit(scene.minji, sum, "in").await), Refusal::Busy);
    assert_eq!(scene.database.wallet(scene.minji).await, (available, held));
    for _ in 0..3 {
        market.deposit(scene.minji, sum, "in").await.expect("the deposit");
    }
    assert_eq!(scene.database.wallet(scene.minji).await, (available + 7_000, held));
    gateway(market).plan([GatewayError::Unavailable]);
    assert_eq!(refusal(market.withdraw(scene.minji, sum, "out").await), Refusal::Busy);
    // It may have gone out: until that is known it cannot be spent.
    assert_eq!(scene.database.wallet(scene.minji).await, (available, held));
    for _ in 0..3 {
        market.withdraw(scene.minji, sum, "out").await.expect("the withdrawal");
    }
    assert_eq!(scene.database.wallet(scene.minji).await, (available, held));
    let moved: Vec<_> = gateway(market).moved().into_iter().map(|order| order.direction).collect();
    assert_eq!(moved, [Direction::Deposit, Direction::Withdrawal]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn what_a_dead_server_left_is_finished_by_the_next() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (available, held) = scene.database.wallet(scene.minji).await;
    gateway(market).plan([GatewayError::Unavailable; 3]);
    let (sum, everything) = (Money::won(7_000), Money::won(available));
    assert_eq!(refusal(market.deposit(scene.minji, sum, "in").await), Refusal::Busy);
    assert_eq!(refusal(market.withdraw(scene.minji, everything, "out").await), Refusal::Busy);
    assert_eq!(refusal(market.withdraw(scene.junho, Money::won(1), "declined").await), Refusal::Busy);
    assert_eq!(market.resume_payments(10).await.expect("a look"), 0, "whoever began may still be at it");
    scene.set(noon() + TimeDelta::seconds(61));
    let other = scene.database.another_server(2).await;
    gateway(&other).plan([GatewayError::Unavailable]);
    assert_eq!(other.resume_payments(10).await.expect("a look"), 2);
    gateway(&other).plan([GatewayError::Declined]);
    assert_eq!(other.resume_payments(10).await.expect("a look"), 1);
    assert_eq!(other.resume_payments(10).await.expect("a look"), 0);
    let both = scene.database.wallet(scene.minji).await;
    // The first of the three was the one that got no answer, and was declined at last.
    assert_eq!(both, (0, held));
    assert_eq!(payment_state(&scene, scene.minji).await, ["declined", "done"]);
    assert_eq!(payment_state(&scene, scene.junho).await, ["done"]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn ten_requests_at_once_under_one_key_are_one_payment() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (available, held) = scene.database.wallet(scene.minji).await;
    let requests = (0..10).map(|_| market.deposit(scene.minji, Money::won(1_000), "once"));
    for outcome in futures::future::join_all(requests).await {
        outcome.expect("the deposit");
    }
    let requests = (0..10).map(|_| market.withdraw(scene.minji, Money::won(1_000), "back"));
    for outcome in futures::future::join_all(requests).await {
        outcome.expect("the withdrawal");
    }
    assert_eq!(scene.database.wallet(scene.minji).await, (available, held));
    let rows = "SELECT count(*) FROM ledger_rows WHERE user_id = $1 AND kind IN ('deposit', 'withdrawal')";
    assert_eq!(scene.database.count(rows, scene.minji.0).await, 3, "the first deposit, one in, one out");
    assert_eq!(gateway(market).moved().len(), 2);
    scene.database.assert_sound().await;
}
