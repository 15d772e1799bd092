//! Money that comes in and goes out, and the ledger.

use market::{
    Money, Refusal, UserId,
    refusal::Reason,
    view::{StatementFilter, StatementQuery},
    wallet::LedgerKind,
};
use sqlx::error::DatabaseError;

use crate::{
    Scene,
    db::{plain, refusal},
};

#[tokio::test]
async fn m11_a_deposit_has_limits_and_a_key() {
    let scene = Scene::new().await;
    let market = scene.market();
    for amount in [0, -1, 10_000_001, 1_000_000_000_000] {
        let refused = refusal(market.deposit(scene.seller, Money::won(amount), "key").await);
        assert_eq!(refused, Refusal::field("amount", Reason::OutOfRange), "{amount}");
    }
    for (amount, key) in [(1, "least"), (10_000_000, "most"), (10_000_000, "most")] {
        market.deposit(scene.seller, Money::won(amount), key).await.expect("a deposit");
    }
    assert_eq!(scene.database.wallet(scene.seller).await, (10_000_001, 0), "the retry did nothing");
    let other = market.deposit(scene.seller, Money::won(2), "least").await;
    assert_eq!(refusal(other), Refusal::KeyReused);
    let withdrawal = market.withdraw(scene.seller, Money::won(1), "least").await;
    assert_eq!(refusal(withdrawal), Refusal::KeyReused);
    market.deposit(scene.minji, Money::won(5), "least").await.expect("another user's keys are his own");
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_withdrawal_takes_only_what_is_available() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(30_000)).await.expect("accepted");
    for amount in [0, -5] {
        let refused = refusal(market.withdraw(scene.minji, Money::won(amount), "key").await);
        assert_eq!(refused, Refusal::field("amount", Reason::OutOfRange), "{amount}");
    }
    let (required, available) = (Money::won(70_001), Money::won(70_000));
    let refused = refusal(market.withdraw(scene.minji, required, "key").await);
    assert_eq!(refused, Refusal::InsufficientFunds { required, available });
    let wallet =
        market.withdraw(scene.minji, available, "key").await.expect("a refused key may be used again");
    assert_eq!((wallet.available, wallet.held), (Money::ZERO, Money::won(30_000)));
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn nobody_without_a_wallet_moves_money() {
    let scene = Scene::new().await;
    let nobody = UserId(999_999);
    let auction = scene.auction("a").await;
    let market = scene.market();
    assert_eq!(refusal(market.deposit(nobody, Money::won(1), "key").await), Refusal::NoSession);
    assert_eq!(refusal(market.withdraw(nobody, Money::won(1), "key").await), Refusal::NoSession);
    assert_eq!(refusal(market.wallet_page(nobody, &StatementFilter::default()).await), Refusal::NoSession);
    assert_eq!(refusal(scene.bid(nobody, auction, plain(10_000)).await), Refusal::NoSession);
    scene.database.assert_sound().await;
}

/// Why the books do not let it happen.
async fn forbidden(scene: &Scene, statement: &'static str) -> String {
    let done = sqlx::query(statement).execute(&scene.database.pool).await;
    done.expect_err(statement).to_string()
}

#[tokio::test]
async fn m10_rows_of_the_ledger_and_bids_cannot_be_changed_or_deleted() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(30_000)).await.expect("accepted");
    for statement in [
        "UPDATE ledger_rows SET available = available + 1",
        "DELETE FROM ledger_rows",
        "UPDATE bids SET amount = 1",
        "DELETE FROM bids",
    ] {
        assert!(forbidden(&scene, statement).await.contains("immutable"), "{statement}");
    }
}

#[tokio::test]
async fn m10_the_audit_finds_a_wallet_that_its_rows_do_not_explain() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(30_000)).await.expect("accepted");
    assert_eq!(scene.market().audit().await.expect("an audit"), []);
    let tamper = sqlx::query("UPDATE wallets SET held = held - 1 WHERE user_id = $1").bind(scene.minji.0);
    tamper.execute(&scene.database.pool).await.expect("tampered");
    let found = scene.market().audit().await.expect("an audit");
    let found: Vec<_> = found.iter().map(|one| (one.invariant.as_str(), one.subject)).collect();
    assert_eq!(
        found,
        [
            ("held is the sum of holds", scene.minji.0),
            ("ledger sums to wallet", scene.minji.0),
            ("money is conserved", 0),
        ]
    );
}

#[tokio::test]
async fn m3_nobody_with_money_holds_or_bids_can_be_deleted() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(30_000)).await.expect("accepted");
    let rows = [
        ("DELETE FROM users WHERE id = $1", scene.minji.0),
        ("DELETE FROM wallets WHERE user_id = $1", scene.minji.0),
        ("DELETE FROM users WHERE id = $1", scene.seller.0),
        ("DELETE FROM auctions WHERE id = $1", auction.0),
    ];
    for (statement, id) in rows {
        let deleted = sqlx::query(statement).bind(id).execute(&scene.database.pool).await;
        assert!(deleted.is_err(), "{statement}");
    }
    scene.database.assert_sound().await;
}

/// The SQLSTATE of a foreign key that is violated.
const DANGLING: &str = "23503";

#[tokio::test]
async fn m10_what_bids_and_ledger_rows_refer_to_is_there_and_stays() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(30_000)).await.expect("accepted");
    // Two rows: the first is right, and goes with the second.
    let bid = "INSERT INTO bids (auction_id, user_id, amount, automatic, accept_buy_now, reply, at)
               SELECT unnest($1::bigint[]), unnest($2::bigint[]), 1, false, false, 'maximum_changed', now()";
    let row = "INSERT INTO ledger_rows (user_id, kind, available, held, available_after, held_after, at,
                                        auction_id, bid_id)
               SELECT unnest($2::bigint[]), 'deposit', 1, 0, 1, 0, now(), unnest($1::bigint[]), max(id)
               FROM bids";
    let of_bids = "INSERT INTO ledger_rows (user_id, kind, available, held, available_after, held_after, at,
                                            auction_id, bid_id)
                   SELECT unnest($2::bigint[]), 'deposit', 1, 0, 1, 0, now(), unnest($1::bigint[]),
                          max(id) + generate_series(0, 1)
                   FROM bids";
    let (there, away) = ([auction.0, auction.0], [auction.0, auction.0 + 1]);
    let (minji, nobody) = ([scene.minji.0, scene.minji.0], [scene.minji.0, 999_999]);
    for (statement, auctions, users) in [
        (bid, away, minji),
        (bid, there, nobody),
        (row, away, minji),
        (row, there, nobody),
        (of_bids, there, minji),
    ] {
        let query = sqlx::query(statement).bind(auctions).bind(users);
        let error = query.execute(&scene.database.pool).await.expect_err("nothing is there");
        let code = error.as_database_error().and_then(DatabaseError::code).unwrap_or_default();
        assert_eq!(code, DANGLING, "{error}");
    }
    for statement in [
        "UPDATE users SET id = DEFAULT",
        "UPDATE wallets SET user_id = user_id + 1",
        "UPDATE auctions SET id = DEFAULT",
        "TRUNCATE users CASCADE",
        "TRUNCATE wallets CASCADE",
        "TRUNCATE auctions CASCADE",
        "TRUNCATE bids CASCADE",
    ] {
        assert!(forbidden(&scene, statement).await.contains("rows stay"), "{statement}");
    }
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn the_statement_shows_every_row_once_newest_first_with_balances_that_run() {
    let scene = Scene::new().await;
    let market = scene.market();
    for number in 0..70 {
        let key = format!("deposit {number}");
        market.deposit(scene.seller, Money::won(100 + number), &key).await.expect("a deposit");
    }
    let (mut rows, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let filter = StatementFilter { after, ..StatementFilter::default() };
        let page = market.wallet_page(scene.seller, &filter).await.expect("a page");
        rows.extend(page.rows);
        pages += 1;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((rows.len(), pages), (70, 3));
    assert!(rows.windows(2).all(|pair| pair[0].id > pair[1].id));
    assert!(
        rows.windows(2).all(|pair| pair[0].available_after == pair[1].available_after + pair[0].available)
    );
    assert!(rows.iter().all(|row| row.kind == LedgerKind::Deposit && row.auction.is_none()));
}

#[tokio::test]
async fn the_wallet_shows_each_hold_with_its_auction_and_what_waits_in_escrow() {
    let scene = Scene::new().await;
    let market = scene.market();
    let sold = scene.open("sold", |terms| terms.settlement = market::Settlement::OnHandover).await;
    scene.bid(scene.minji, sold, plain(20_000)).await.expect("accepted");
    scene.end();
    market.close(sold).await.expect("closed");
    scene.set(crate::noon());
    let auction = scene.auction("live").await;
    scene.bid(scene.minji, auction, crate::db::automatic(30_000)).await.expect("accepted");
    let page = market.wallet_page(scene.minji, &StatementFilter::default()).await.expect("a page");
    assert_eq!([page.available, page.held, page.escrow], [50_000, 30_000, 20_000].map(Money::won));
    let holds: Vec<_> = page.holds.iter().map(|hold| (hold.auction, hold.amount, hold.price)).collect();
    assert_eq!(holds, [(auction, Money::won(30_000), Money::won(10_000))]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn the_statement_is_narrowed_by_kind_day_and_auction_and_keeps_its_balances() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (first, second) = (scene.auction("first").await, scene.auction("second").await);
    scene.bid(scene.minji, first, plain(10_000)).await.expect("accepted");
    scene.bid(scene.junho, first, plain(11_000)).await.expect("accepted");
    scene.bid(scene.minji, second, plain(20_000)).await.expect("accepted");
    let rows = |query: StatementQuery| async move {
        let filter = StatementFilter::read(&query);
        assert_eq!(filter.ignored, [""; 0]);
        let rows = market.statement(scene.minji, &filter, 100).await.expect("rows");
        rows.into_iter()
            .map(|row| (row.kind, row.available.to_won(), row.available_after))
            .collect::<Vec<_>>()
    };
    let of_kind = StatementQuery { kind: "bid_lock".into(), ..StatementQuery::default() };
    let locks = rows(of_kind).await;
    assert_eq!(locks.iter().map(|row| row.1).collect::<Vec<_>>(), [-20_000, -10_000]);
    let of_auction = StatementQuery { auction: first.to_string(), ..StatementQuery::default() };
    let kinds: Vec<_> = rows(of_auction).await.into_iter().map(|row| row.0).collect();
    assert_eq!(kinds, [LedgerKind::BidRefund, LedgerKind::BidLock]);
    let today = market::text::local_input(crate::noon())[..10].to_owned();
    let on = |from: &str, to: &str| StatementQuery { from: from.into(), to: to.into(), ..Default::default() };
    let all = rows(StatementQuery::default()).await;
    assert_eq!(rows(on(&today, &today)).await, all);
    assert_eq!(rows(on("2001-01-01", "2001-12-31")).await, []);
    assert_eq!(all.first().map(|row| row.2), Some(locks[0].2), "the newest row is the last lock");
}
