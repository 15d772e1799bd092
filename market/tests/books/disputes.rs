//! Disputes: who sees them, what is said in them, who is told, and what stays on record.

use market::{
    AuctionId, Refusal,
    auction::StatusCode,
    refusal::Reason,
    trade::{Complaint, Decision, SettledBy, Side, Statement, Turn},
    view::NoticeKind,
};

use crate::{
    db::refusal,
    trades::{
        Act::{Decide, Dispute, Write},
        PRICE, Role, Sales, said,
    },
};
use Decision::{Refund, Settle};

#[tokio::test]
async fn only_its_two_and_staff_see_a_sale_and_only_staff_the_disputes() {
    let world = Sales::new(1).await;
    let (market, auction) = (world.market(), world.sales[0]);
    world.act(Dispute, Role::Buyer, auction, "k").await.expect("disputed");
    let sides = [(Role::Buyer, Some(Side::Buyer)), (Role::Seller, Some(Side::Seller))];
    let sides = sides.into_iter().chain([(Role::Staff, Some(Side::Staff)), (Role::Other, None)]);
    for (role, side) in sides {
        let page = market.auction_page(auction, Some(world.user(role))).await.expect("the page");
        assert_eq!(page.trade.map(|trade| trade.side), side, "{role:?}");
    }
    assert_eq!(market.auction_page(auction, None).await.expect("the page").trade, None);
    for role in [Role::Visitor, Role::Buyer, Role::Seller, Role::Other] {
        assert_eq!(refusal(market.disputes(world.user(role)).await), Refusal::NotYours, "{role:?}");
        let page = market.dispute_page(world.user(role), auction).await;
        assert_eq!(refusal(page), Refusal::NotYours, "{role:?}");
    }
    assert_eq!(market.disputes(world.staff).await.expect("the list").open.len(), 1);
    assert!(market.dispute_page(world.staff, auction).await.is_ok());
    assert_eq!(refusal(market.dispute_page(world.staff, AuctionId(999_999)).await), Refusal::NotFound);
}

#[tokio::test]
async fn in_a_dispute_everybody_sees_what_was_said_and_whose_turn_it_is() {
    let world = Sales::new(1).await;
    let (market, auction) = (world.market(), world.sales[0]);
    assert_eq!(refusal(world.act(Write, Role::Seller, auction, "early").await), Refusal::NotSold);
    world.act(Dispute, Role::Buyer, auction, "k").await.expect("disputed");
    let steps = [(Role::Seller, Turn::Staff), (Role::Staff, Turn::Both), (Role::Buyer, Turn::Seller)];
    let mut sides = vec![Side::Buyer];
    assert_eq!(world.scene.sale_seen(auction).await.turn(), Turn::Seller);
    for (number, (role, turn)) in steps.into_iter().enumerate() {
        world.act(Write, role, auction, &number.to_string()).await.expect("said");
        let trade = world.scene.sale_seen(auction).await;
        sides.push(match role {
            Role::Buyer => Side::Buyer,
            Role::Seller => Side::Seller,
            _ => Side::Staff,
        });
        assert_eq!(trade.turn(), turn);
        let dispute = trade.dispute.expect("a dispute");
        assert_eq!(dispute.complaint, Complaint::Damaged);
        assert_eq!(dispute.messages.iter().map(|message| message.side).collect::<Vec<_>>(), sides);
        let list = market.disputes(world.staff).await.expect("the list");
        assert_eq!(
            list.open.iter().map(|row| (row.auction, row.turn)).collect::<Vec<_>>(),
            [(auction, turn)]
        );
    }
    market.decide_sale(world.staff, auction, Refund, "사진에 금이 보여요", "d").await.expect("decided");
    let trade = world.scene.sale_seen(auction).await;
    assert_eq!((trade.turn(), trade.end.map(|end| end.by)), (Turn::Nobody, Some(SettledBy::Staff)));
    let decided = trade.dispute.and_then(|dispute| dispute.decided).expect("decided");
    assert_eq!((decided.decision, decided.reason.as_str()), (Refund, "사진에 금이 보여요"));
    let list = market.disputes(world.staff).await.expect("the list");
    assert_eq!((list.open.len(), list.over.len()), (0, 1));
    let page = market.dispute_page(world.staff, auction).await.expect("the page");
    assert_eq!(page.decided_by.as_deref(), Some("operator"));
    let rows: Vec<_> =
        page.rows.iter().map(|row| (row.side, row.available.to_won(), row.held.to_won())).collect();
    assert_eq!(rows, [(Side::Buyer, 0, -PRICE), (Side::Buyer, PRICE, 0)]);
}

#[tokio::test]
async fn everybody_in_a_dispute_is_told_of_what_the_others_say() {
    let world = Sales::new(1).await;
    let auction = world.sales[0];
    let count = async |role| {
        let notices = world.market().notices(world.user(role), 20).await.expect("notices");
        let about = notices.iter().filter(|notice| notice.kind == NoticeKind::Disputed);
        about.map(|notice| notice.times).sum::<i32>()
    };
    let told = async || [count(Role::Buyer).await, count(Role::Seller).await, count(Role::Staff).await];
    world.act(Dispute, Role::Buyer, auction, "k").await.expect("disputed");
    assert_eq!(told().await, [0, 1, 1], "staff are told of every dispute");
    world.act(Write, Role::Seller, auction, "1").await.expect("said");
    assert_eq!(told().await, [1, 1, 1], "staff who have not spoken are left alone");
    world.act(Write, Role::Staff, auction, "2").await.expect("said");
    assert_eq!(told().await, [2, 2, 1]);
    world.act(Write, Role::Buyer, auction, "3").await.expect("said");
    assert_eq!(told().await, [2, 3, 2]);
    world.act(Decide(Settle), Role::Staff, auction, "4").await.expect("decided");
    assert_eq!(told().await, [3, 3, 2], "the buyer learns of it; the seller learns that he is paid");
    let paid = world.market().notices(world.scene.seller, 1).await.expect("notices");
    assert_eq!(paid[0].kind, NoticeKind::Paid);
    assert_eq!(count(Role::Other).await, 0);
}

#[tokio::test]
async fn a_picture_in_a_dispute_is_ones_own_and_a_dispute_has_an_end() {
    let world = Sales::new(1).await;
    let (market, auction) = (world.market(), world.sales[0]);
    let id = "0123456789abcdef".repeat(4).parse::<market::PictureId>().expect("a name");
    let shown = Statement { picture: Some(id.clone()), ..said("여기요") };
    let dispute = market.dispute(world.scene.minji, auction, Complaint::Damaged, &shown, "k").await;
    assert_eq!(refusal(dispute), Refusal::NotYours);
    assert_eq!(world.status(auction).await, StatusCode::Sold, "nothing of it was written");
    let picture = market::view::Picture { id: id.clone(), width: 800, height: 600 };
    market.record_picture(world.scene.minji, &picture).await.expect("sent");
    market.dispute(world.scene.minji, auction, Complaint::Damaged, &shown, "k").await.expect("disputed");
    let seller = market.write_in_dispute(world.scene.seller, auction, &shown, "s").await;
    assert_eq!(refusal(seller), Refusal::NotYours, "the buyer's picture");
    let dispute = world.scene.sale_seen(auction).await.dispute.expect("a dispute");
    assert_eq!(dispute.messages[0].picture, Some(id));

    for number in 1..market::trade::MESSAGES_MAX {
        world.act(Write, Role::Buyer, auction, &number.to_string()).await.expect("said");
    }
    let full = Refusal::field("text", Reason::TooMany);
    assert_eq!(refusal(world.act(Write, Role::Buyer, auction, "more").await), full);
    assert!(world.act(Write, Role::Buyer, auction, "1").await.is_ok(), "a retry is still known");
}

#[tokio::test]
async fn what_staff_did_and_what_was_said_is_never_changed() {
    let world = Sales::new(1).await;
    let auction = world.sales[0];
    world.act(Dispute, Role::Buyer, auction, "k").await.expect("disputed");
    world.act(Decide(Refund), Role::Staff, auction, "k").await.expect("decided");
    for table in ["staff_acts", "dispute_messages", "disputes"] {
        for change in [format!("UPDATE {table} SET auction_id = auction_id"), format!("DELETE FROM {table}")]
        {
            let changed =
                sqlx::raw_sql(sqlx::AssertSqlSafe(change)).execute(&world.scene.database.pool).await;
            let error = changed.expect_err("immutable").to_string();
            assert!(error.contains("immutable"), "{error}");
        }
    }
    let acts = "SELECT count(*) FROM staff_acts WHERE auction_id = $1 AND act = 'refund' AND reason <> ''";
    assert_eq!(world.scene.database.count(acts, auction.0).await, 1);
}
