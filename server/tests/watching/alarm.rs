//! The first won that does not add up is noticed, told, and taken back when it is mended.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use chrono::TimeDelta;
use market::{
    Refusal, UserId,
    store::audit::AuditNews,
    view::{AuditSubject, Invariant},
};
use server::{errands::Errand, stop::Stop, watching::Watching};
use tracing::instrument::WithSubscriber;

use crate::{
    Scene,
    db::{noon, plain, refusal},
    parsed,
};

/// Lines of the log, kept.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("lines").clone()).expect("text")
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("lines").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes so many won out of a wallet, or puts them in, past every rule.
async fn tamper(scene: &Scene, user: UserId, won: i64) {
    let query = sqlx::query("UPDATE wallets SET available = available + $2 WHERE user_id = $1");
    let done = query.bind(user.0).bind(won).execute(&scene.books.pool).await.expect("tampered with");
    assert_eq!(done.rows_affected(), 1);
}

#[tokio::test]
async fn one_won_too_few_raises_the_alarm_and_its_mend_takes_it_back() {
    let scene = Scene::at_noon().await;
    let market = &scene.books.market;
    let watching = Watching::start(market.clone()).expect("figures");
    let (lines, stop) = (Lines::default(), Stop::new());
    let writer = lines.clone();
    let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let log = Arc::new(log);
    let violations = || parsed(&watching.told())["neighborbid_audit_violations"].clone();
    let round = async |minute: i64| {
        scene.books.clock.set(noon() + TimeDelta::minutes(minute));
        let round = Errand::Audit.round(market, &stop.token).with_subscriber(Arc::clone(&log));
        assert_eq!(round.await.expect("a round"), None);
    };
    market.bid(scene.minji, scene.auction, plain(20_000), None).await.expect("a bid");

    round(1).await;
    assert_eq!(violations(), "0");
    assert_eq!(market.audit_alarm().await.expect("an answer"), None);

    tamper(&scene, scene.minji, -1).await;
    round(2).await;
    let alarm = market.audit_alarm().await.expect("an answer").expect("an alarm");
    assert_eq!(alarm.invariant, Invariant::LedgerSums);
    assert_eq!(alarm.violations, 2, "the wallet and the whole");
    assert_eq!(violations(), "2");
    assert!(lines.text().contains("ERROR"), "{}", lines.text());
    assert!(lines.text().contains(&alarm.reference), "{}", lines.text());

    round(3).await;
    let still = market.audit_alarm().await.expect("an answer").expect("an alarm");
    assert_eq!(still, alarm, "the same alarm, since its first minute");
    let told = parsed(&watching.told());
    let last = (noon() + TimeDelta::minutes(3)).timestamp().to_string();
    assert_eq!(told["neighborbid_audit_last_run_timestamp_seconds"], last);

    tamper(&scene, scene.minji, 1).await;
    round(4).await;
    assert_eq!(violations(), "0");
    assert_eq!(market.audit_alarm().await.expect("an answer"), None);
    assert!(lines.text().contains("the books add up again"), "{}", lines.text());
    scene.books.assert_sound().await;
}

#[tokio::test]
async fn of_two_servers_one_audits_and_the_other_says_the_same() {
    let scene = Scene::at_noon().await;
    let other = scene.books.another_server(2).await;
    tamper(&scene, scene.minji, 5).await;
    let first = scene.books.market.audit_turn().await.expect("a turn");
    assert!(matches!(first.news, AuditNews::Alarm(_)), "{first:?}");
    let second = other.audit_turn().await.expect("a turn");
    assert_eq!((second.news, second.run), (AuditNews::NotRun, first.run));
    scene.books.clock.set(noon() + TimeDelta::minutes(1));
    let third = other.audit_turn().await.expect("a turn");
    assert!(matches!(third.news, AuditNews::Raised(_)), "{third:?}");
}

#[tokio::test]
async fn staff_see_every_invariant_with_its_figures_and_nobody_else_does() {
    let scene = Scene::at_noon().await;
    let market = &scene.books.market;
    market.bid(scene.minji, scene.auction, plain(20_000), None).await.expect("a bid");
    assert_eq!(refusal(market.ledger_audit(scene.minji).await), Refusal::NotYours);
    assert_eq!(refusal(market.business_charts(scene.minji).await), Refusal::NotYours);
    let staff = scene.books.person("operator", 0).await;
    market.make_staff(staff).await.expect("staff");
    let audit = market.ledger_audit(staff).await.expect("an audit");
    let invariants: Vec<_> = audit.figures.iter().map(|figure| figure.invariant).collect();
    assert_eq!(invariants, Invariant::ALL);
    assert_eq!(audit.violations(), 0);
    let sides: Vec<_> =
        audit.figures.iter().map(|figure| (figure.subjects, figure.one_side, figure.other_side)).collect();
    let expected = [
        (3, 1_000_000, 1_000_000),
        (3, 20_000, 20_000),
        (3, 1_000_000, 1_000_000),
        (2, 1_000_000, 1_000_000),
        (3, 3, 3),
        (1, 1, 1),
        (0, 0, 0),
        (1, 1, 1),
        (1, 1, 1),
    ];
    assert_eq!(sides, expected);

    tamper(&scene, scene.minji, 7).await;
    let audit = market.ledger_audit(staff).await.expect("an audit");
    let broken: Vec<_> = audit.figures.iter().filter(|figure| figure.violations > 0).collect();
    assert_eq!(broken.len(), 2, "{broken:?}");
    assert_eq!(broken[0].first[0].subject, AuditSubject::User(scene.minji));
    assert_eq!(broken[0].first[0].other_side - broken[0].first[0].one_side, 7);
    assert_eq!(broken[1].first[0].subject, AuditSubject::Market);
}

#[tokio::test]
async fn staff_see_how_the_business_goes() {
    let scene = Scene::at_noon().await;
    let market = &scene.books.market;
    let staff = scene.books.person("operator", 0).await;
    market.make_staff(staff).await.expect("staff");
    market.bid(scene.minji, scene.auction, plain(20_000), None).await.expect("a bid");
    scene.books.clock.set(noon() + TimeDelta::minutes(60));
    market.close(scene.auction).await.expect("closed");
    let charts = market.business_charts(staff).await.expect("charts");
    assert_eq!(charts.days.len(), 30);
    let today = charts.days.last().expect("today");
    assert_eq!((today.bids, today.turnover.to_won(), today.ended, today.sold), (1, 20_000, 1, 1));
    assert!(today.day <= noon() && noon() - today.day < TimeDelta::days(1));
    let funnel = charts.funnel;
    assert_eq!((funnel.opened, funnel.with_bids, funnel.sold, funnel.settled), (1, 1, 1, 1));
    assert_eq!((charts.categories.len(), charts.regions.len()), (1, 1));
    assert_eq!(charts.regions[0].turnover.to_won(), 20_000);
}
