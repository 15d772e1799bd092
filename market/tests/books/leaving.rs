//! The end of an account: what stands in its way, and what nobody can do with it afterwards.

use market::{
    AuctionId, Money, Refusal, Settlement, UserId,
    people::{GONE, ProfileDraft},
    refusal::Reason,
    store::{Change, Market, Result, my_data::DataPart},
    trade::{Complaint, Statement},
    view::SellerShelf,
};

use crate::{
    Scene,
    db::{automatic, plain, refusal},
    end,
    my_data::keep_things,
    people::{PASSWORD, new_person},
    profile::{Held, one_after_the_other, sora},
    usual,
};

#[tokio::test]
async fn an_account_with_money_holds_or_open_trades_is_not_closed_and_the_refusal_says_which() {
    let scene = Scene::new().await;
    let (user, token) = sora(&scene).await;
    let market = scene.market();
    let in_use = |available: i64, held: i64, trades: i64| Refusal::AccountInUse {
        available: Money::won(available),
        held: Money::won(held),
        trades,
    };
    assert_eq!(refusal(market.close_account(user, "wrong").await), Refusal::WrongCredentials);
    market.post_deposit(user, Money::won(30_000)).await.expect("a deposit");
    assert_eq!(refusal(market.close_account(user, PASSWORD).await), in_use(30_000, 0, 0));
    let bought = scene.open("a", |terms| terms.settlement = Settlement::OnHandover).await;
    scene.bid(user, bought, automatic(20_000)).await.expect("accepted");
    market.withdraw(user, Money::won(10_000), "out").await.expect("taken out");
    assert_eq!(refusal(market.close_account(user, PASSWORD).await), in_use(0, 20_000, 0));
    scene.end();
    market.close(bought).await.expect("sold");
    market.withdraw(user, Money::won(10_000), "rest").await.expect("taken out");
    assert_eq!(
        refusal(market.close_account(user, PASSWORD).await),
        in_use(0, 0, 1),
        "its money is in escrow"
    );
    assert_eq!(market.account(user, &token).await.expect("the account").in_use.trades, 1);
    let said = Statement { text: "깨졌어요".to_owned(), picture: None };
    market.dispute(user, bought, Complaint::Damaged, &said, "k").await.expect("disputed");
    assert_eq!(refusal(market.close_account(user, PASSWORD).await), in_use(0, 0, 1), "disputed");
    market.settle(bought).await.expect("settled");
    let own = scene.database.auction(user, "own", &crate::db::opening(end(), 60)).await;
    assert_eq!(refusal(market.close_account(user, PASSWORD).await), in_use(0, 0, 1), "his auction runs");
    market.cancel(user, own).await.expect("cancelled");
    assert!(market.session(&token).await.expect("asked").is_some(), "nothing was closed so far");
    market.close_account(user, PASSWORD).await.expect("closed");
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_closed_account_is_never_entered_again_and_its_rows_stay() {
    let scene = Scene::new().await;
    let (user, token) = sora(&scene).await;
    let market = scene.market();
    market.save_email(user, PASSWORD, Some("sora@example.org")).await.expect("saved");
    let mut changes = market.changes();
    market.close_account(user, PASSWORD).await.expect("closed");
    assert!(matches!(changes.try_recv(), Ok(Change::Sessions(ended)) if ended == user));
    assert_eq!(market.session(&token).await.expect("asked"), None);
    assert_eq!(refusal(market.sign_in("sora", PASSWORD, "").await), Refusal::WrongCredentials);
    assert_eq!(refusal(market.close_account(user, PASSWORD).await), Refusal::WrongCredentials);
    assert_eq!(refusal(market.account(user, &token).await), Refusal::NoSession);
    let draft = ProfileDraft { nickname: "다시".into(), region: "11440".into() }.check().expect("sound");
    assert_eq!(refusal(market.save_profile(user, &draft).await), Refusal::NoSession);
    let again = refusal(market.sign_up(&new_person("Sora"), "").await);
    assert_eq!(again, Refusal::field("username", Reason::Taken), "nobody can pass for him");
    let kept = "SELECT count(*) FROM users u JOIN wallets w ON w.user_id = u.id
                WHERE u.id = $1 AND u.email IS NULL AND u.password_hash IS NULL";
    assert_eq!(scene.database.count(kept, user.0).await, 1);
    let page = market.seller_page(user, SellerShelf::All, None, None).await.expect("the page");
    assert_eq!((page.person.nickname.as_str(), page.person.has_left), (GONE, true));
}

#[tokio::test]
async fn what_was_for_the_owner_of_a_closed_account_alone_goes_and_that_of_others_stays() {
    const PARTS: [DataPart; 4] =
        [DataPart::Drafts, DataPart::SavedSearches, DataPart::NoticeSettings, DataPart::Devices];
    let scene = Scene::new().await;
    let market = scene.market();
    let (user, token) = sora(&scene).await;
    let (other, others) = market.sign_up(&new_person("hana"), "").await.expect("signed up");
    for (person, session) in [(user, &token), (other, &others)] {
        keep_things(market, person, session).await;
    }
    let kept = async |person| {
        let mut rows = Vec::new();
        for part in PARTS {
            rows.push(market.my_data(person, part, 0).await.expect("a page").rows.len());
        }
        rows
    };
    assert_eq!(kept(user).await, [1, 1, 1, 1]);
    market.close_account(user, PASSWORD).await.expect("closed");
    assert_eq!(kept(user).await, [0, 0, 0, 0]);
    assert_eq!(kept(other).await, [1, 1, 1, 1]);
}

#[tokio::test]
async fn nothing_moves_on_a_closed_account_any_more() {
    let scene = Scene::new().await;
    let (user, _) = sora(&scene).await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    market.close_account(user, PASSWORD).await.expect("closed");
    assert_eq!(refusal(scene.bid(user, auction, plain(10_000)).await), Refusal::NoSession);
    assert_eq!(refusal(market.buy_now(user, auction, None, None).await), Refusal::NoSession);
    assert_eq!(refusal(market.deposit(user, Money::won(1_000), "in").await), Refusal::NoSession);
    assert_eq!(refusal(market.withdraw(user, Money::won(1_000), "out").await), Refusal::NoSession);
    assert_eq!(refusal(market.open_auction(user, "own", &usual()).await), Refusal::NoSession);
    let full = "UPDATE wallets SET available = 1 WHERE user_id = $1";
    let refused = sqlx::query(full).bind(user.0).execute(&scene.database.pool).await;
    assert!(refused.expect_err("refused").to_string().contains("wallets_closed_are_empty"));
    scene.database.assert_sound().await;
}

/// What somebody does at the very moment his account is closed.
#[derive(Debug, Clone, Copy)]
enum Act {
    Deposit,
    Bid(AuctionId),
    Opening,
}

async fn act(market: Market, user: UserId, act: Act) -> Result<()> {
    match act {
        Act::Deposit => market.deposit(user, Money::won(5_000), "in").await.map(drop),
        Act::Bid(auction) => market.bid(user, auction, plain(10_000), None).await.map(drop),
        Act::Opening => market.open_auction(user, "own", &usual()).await.map(drop),
    }
}

#[tokio::test]
async fn closing_at_the_moment_of_a_deposit_a_bid_or_an_opening_leaves_nothing_behind() {
    const HELD: &str = "SELECT user_id FROM wallets WHERE user_id = $1 FOR NO KEY UPDATE";
    let scene = Scene::new().await;
    let there = scene.database.another_server(4).await;
    let auction = scene.auction("a").await;
    let hash = scene.market().hash_password(PASSWORD.to_owned()).await.expect("a hash");
    let in_use = |available, trades| {
        Some(Refusal::AccountInUse { available: Money::won(available), held: Money::ZERO, trades })
    };
    let unpaid = Refusal::InsufficientFunds { required: Money::won(10_000), available: Money::ZERO };
    let cases = [
        // The gateway is asked between two transactions; meanwhile the payment is in the way.
        (Act::Deposit, None, in_use(0, 1)),
        (Act::Opening, None, in_use(0, 1)),
        // Without money there is nothing to lead with, so nothing is in the way.
        (Act::Bid(auction), Some(unpaid), None),
    ];
    for (number, (what, acting, closing)) in cases.into_iter().enumerate() {
        let person = |order: &str| new_person(&format!("person_{number}_{order}"));
        let close = |user| {
            let market = scene.market().clone();
            async move { market.close_account(user, PASSWORD).await }
        };
        let early = scene.market().add_person(&person("early"), Some(&hash)).await.expect("a person");
        let held = Held::row(&scene, HELD, early).await;
        let (acted, closed) = one_after_the_other(held, act(there.clone(), early, what), close(early)).await;
        assert_eq!(acted.err().map(|error| error.refusal().expect("a refusal")), acting, "{what:?}");
        assert_eq!(closed.err().map(|error| error.refusal().expect("a refusal")), closing, "{what:?}");

        let late = scene.market().add_person(&person("late"), Some(&hash)).await.expect("a person");
        let held = Held::row(&scene, HELD, late).await;
        let (closed, acted) = one_after_the_other(held, close(late), act(there.clone(), late, what)).await;
        closed.expect("closed");
        assert_eq!(refusal(acted), Refusal::NoSession, "{what:?}");
        assert_eq!(scene.database.wallet(late).await, (0, 0), "{what:?}");
        let live =
            "SELECT count(*) FROM auctions WHERE status = 'live' AND (seller_id = $1 OR leader_id = $1)";
        assert_eq!(scene.database.count(live, late.0).await, 0, "{what:?}");
    }
    scene.database.assert_sound().await;
}
