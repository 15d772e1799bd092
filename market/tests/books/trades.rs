//! Sales whose money waits: who may do what, and what becomes of the money whatever happens.

use chrono::TimeDelta;
use futures::future::join_all;
use market::{
    AuctionId, Refusal, Settlement, UserId,
    auction::StatusCode,
    closing::HANDOVER_DAYS,
    store::{Market, Result},
    trade::{Complaint, Decision, Statement},
};

use crate::{
    Scene,
    db::{plain, refusal},
    end,
};

pub const PRICE: i64 = 10_000;

/// Sales of 10,000 won each whose money waits; Minji is the buyer. With somebody of the staff and somebody
/// who has nothing to do with them.
pub struct Sales {
    pub scene: Scene,
    #[expect(clippy::struct_field_names, reason = "that is what they are")]
    pub sales: Vec<AuctionId>,
    pub staff: UserId,
    pub other: UserId,
}

impl Sales {
    pub async fn new(number: usize) -> Self {
        let scene = Scene::new().await;
        let mut sales = Vec::new();
        for index in 0..number {
            let on_handover = |terms: &mut market::Terms| terms.settlement = Settlement::OnHandover;
            let auction = scene.open(&index.to_string(), on_handover).await;
            scene.bid(scene.minji, auction, plain(PRICE)).await.expect("accepted");
            sales.push(auction);
        }
        scene.end();
        for &auction in &sales {
            assert_eq!(scene.market().close(auction).await.expect("closed"), StatusCode::Sold);
        }
        let staff = scene.database.person("operator", 0).await;
        scene.market().make_staff(staff).await.expect("staff");
        let other = scene.database.person("other", 0).await;
        Self { scene, sales, staff, other }
    }

    pub fn market(&self) -> &Market {
        self.scene.market()
    }

    pub fn user(&self, role: Role) -> UserId {
        match role {
            Role::Visitor => UserId(0),
            Role::Buyer => self.scene.minji,
            Role::Seller => self.scene.seller,
            Role::Other => self.other,
            Role::Staff => self.staff,
        }
    }

    pub async fn status(&self, auction: AuctionId) -> StatusCode {
        self.market().live_state(auction).await.expect("its state").status
    }

    pub async fn act(&self, act: Act, role: Role, auction: AuctionId, key: &str) -> Result<StatusCode> {
        let (market, user) = (self.market(), self.user(role));
        match act {
            Act::HandOver => market.hand_over(user, auction, Some("등기 1234"), key).await,
            Act::Confirm => market.confirm_handover(user, auction).await,
            Act::Dispute => market.dispute(user, auction, Complaint::Damaged, &said("깨졌어요"), key).await,
            Act::Write => {
                market.write_in_dispute(user, auction, &said("사진을 볼까요?"), key).await?;
                Ok(self.status(auction).await)
            }
            Act::Decide(decision) => market.decide_sale(user, auction, decision, "사진 확인", key).await,
            Act::Time => market.settle_by_time(auction).await,
        }
    }

    /// What the seller and the buyer have, and that nothing is lost or made.
    async fn assert_money(&self, seller: i64, buyer: i64) {
        let wallets = self.scene.wallets().await;
        assert_eq!(wallets, [(seller, 0), (buyer, 0), (100_000, 0)]);
        self.scene.database.assert_invariants().await;
    }
}

pub fn said(text: &str) -> Statement {
    Statement { text: text.to_owned(), picture: None }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Visitor,
    Buyer,
    Seller,
    Other,
    Staff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    HandOver,
    Confirm,
    Dispute,
    Write,
    Decide(Decision),
    Time,
}

use Act::{Confirm, Decide, Dispute, HandOver, Time, Write};
use Decision::{Refund, Settle};

const ROLES: [Role; 5] = [Role::Visitor, Role::Buyer, Role::Seller, Role::Other, Role::Staff];

/// Who may do what, and how the sale stands then. A dispute is open where one writes.
const AUTHORITY: [(Act, &[Role], StatusCode); 6] = [
    (HandOver, &[Role::Seller], StatusCode::Sold),
    (Confirm, &[Role::Buyer], StatusCode::Settled),
    (Dispute, &[Role::Buyer], StatusCode::Disputed),
    (Write, &[Role::Buyer, Role::Seller, Role::Staff], StatusCode::Disputed),
    (Decide(Settle), &[Role::Staff], StatusCode::Settled),
    (Decide(Refund), &[Role::Staff], StatusCode::Refunded),
];

#[tokio::test]
async fn who_may_do_what_with_a_sale() {
    let world = Sales::new(AUTHORITY.len()).await;
    for (&auction, (act, allowed, becomes)) in world.sales.iter().zip(AUTHORITY) {
        if act == Write {
            world.act(Dispute, Role::Buyer, auction, "first").await.expect("disputed");
        }
        let before = world.status(auction).await;
        let wallets = world.scene.wallets().await;
        for role in ROLES.into_iter().filter(|role| !allowed.contains(role)) {
            let key = format!("{act:?} {role:?}");
            assert_eq!(refusal(world.act(act, role, auction, &key).await), Refusal::NotYours, "{key}");
        }
        assert_eq!((world.status(auction).await, world.scene.wallets().await), (before, wallets));
        for &role in allowed {
            let key = format!("{act:?} {role:?}");
            assert_eq!(world.act(act, role, auction, &key).await.expect(&key), becomes, "{key}");
        }
    }
    world.scene.database.assert_sound().await;
}

#[tokio::test]
async fn staff_who_buy_or_sell_are_no_staff_to_their_own_sale() {
    let world = Sales::new(2).await;
    let (market, auction) = (world.market(), world.sales[0]);
    world.act(Dispute, Role::Buyer, auction, "k").await.expect("disputed");
    for role in [Role::Buyer, Role::Seller] {
        market.make_staff(world.user(role)).await.expect("staff");
        for decision in [Settle, Refund] {
            let decided = world.act(Decide(decision), role, auction, "k").await;
            assert_eq!(refusal(decided), Refusal::NotYours, "{role:?}");
        }
        let page = market.dispute_page(world.user(role), auction).await;
        assert_eq!(refusal(page), Refusal::NotYours, "{role:?}");
    }
    world.assert_money(0, 80_000).await;
}

/// See [`COURSES`].
type Course = (&'static [(Act, Role)], StatusCode, (i64, i64));

/// What may happen one after the other to a sale: the acts, how it stands in the end, and whether the seller
/// or the buyer has the money, or nobody yet.
const COURSES: [Course; 9] = [
    (&[(Confirm, Role::Buyer)], StatusCode::Settled, (PRICE, 0)),
    (&[(HandOver, Role::Seller), (Confirm, Role::Buyer)], StatusCode::Settled, (PRICE, 0)),
    (&[(HandOver, Role::Seller), (Time, Role::Visitor)], StatusCode::Settled, (PRICE, 0)),
    (&[(Time, Role::Visitor)], StatusCode::Settled, (PRICE, 0)),
    (&[(Dispute, Role::Buyer), (Write, Role::Seller)], StatusCode::Disputed, (0, 0)),
    (&[(Dispute, Role::Buyer), (Confirm, Role::Buyer)], StatusCode::Settled, (PRICE, 0)),
    (&[(Dispute, Role::Buyer), (Decide(Settle), Role::Staff)], StatusCode::Settled, (PRICE, 0)),
    (&[(Dispute, Role::Buyer), (Decide(Refund), Role::Staff)], StatusCode::Refunded, (0, PRICE)),
    (&[(Decide(Refund), Role::Staff)], StatusCode::Refunded, (0, PRICE)),
];

#[tokio::test]
async fn whatever_happens_to_a_sale_its_money_is_in_one_place() {
    let world = Sales::new(COURSES.len()).await;
    world.scene.set(end() + TimeDelta::days(HANDOVER_DAYS));
    let spent = i64::try_from(COURSES.len()).expect("few") * PRICE;
    let (mut seller, mut buyer) = (0, 100_000 - spent);
    for (&auction, (acts, becomes, (earned, returned))) in world.sales.iter().zip(COURSES) {
        for (number, &(act, role)) in acts.iter().enumerate() {
            world.act(act, role, auction, &format!("{auction} {number}")).await.expect("done");
            world.scene.database.assert_invariants().await;
        }
        assert_eq!(world.status(auction).await, becomes, "{acts:?}");
        (seller, buyer) = (seller + earned, buyer + returned);
        world.assert_money(seller, buyer).await;
        if becomes != StatusCode::Disputed {
            let late = [(Confirm, Role::Buyer), (Dispute, Role::Buyer), (Time, Role::Visitor)];
            let late = late.into_iter().chain([(Write, Role::Seller), (Decide(Refund), Role::Staff)]);
            for (act, role) in late.chain([(Decide(Settle), Role::Staff)]) {
                let key = format!("late {auction} {act:?}");
                assert_eq!(refusal(world.act(act, role, auction, &key).await), Refusal::NotSold, "{key}");
            }
            world.assert_money(seller, buyer).await;
        }
    }
    world.scene.database.assert_sound().await;
}

/// Two acts that meet, over and over: exactly one of them takes effect.
async fn race(
    world: &Sales,
    [first, second]: [(Act, Role); 2],
    outcomes: [(StatusCode, (i64, i64)); 2],
    before: (i64, i64),
) {
    let (mut seller, mut buyer) = before;
    for (number, &auction) in world.sales.iter().enumerate() {
        let keys = [format!("{auction} first"), format!("{auction} second")];
        // Whoever is asked first begins first: turn about.
        let (a, b) = if number % 2 == 0 {
            tokio::join!(
                world.act(first.0, first.1, auction, &keys[0]),
                world.act(second.0, second.1, auction, &keys[1])
            )
        } else {
            let (b, a) = tokio::join!(
                world.act(second.0, second.1, auction, &keys[1]),
                world.act(first.0, first.1, auction, &keys[0])
            );
            (a, b)
        };
        let (status, (earned, returned)) = match (a, b) {
            (Ok(_), loser) => {
                assert_eq!(refusal(loser), Refusal::NotSold);
                outcomes[0]
            }
            (loser, Ok(_)) => {
                assert_eq!(refusal(loser), Refusal::NotSold);
                outcomes[1]
            }
            (a, b) => panic!("nobody came first: {a:?} {b:?}"),
        };
        assert_eq!(world.status(auction).await, status);
        (seller, buyer) = (seller + earned, buyer + returned);
        world.assert_money(seller, buyer).await;
    }
}

#[tokio::test]
async fn a_confirmation_and_a_refund_that_meet_pay_once() {
    let world = Sales::new(8).await;
    let outcomes = [(StatusCode::Settled, (PRICE, 0)), (StatusCode::Refunded, (0, PRICE))];
    race(&world, [(Confirm, Role::Buyer), (Decide(Refund), Role::Staff)], outcomes, (0, 20_000)).await;
    world.scene.database.assert_sound().await;
}

#[tokio::test]
async fn the_seven_days_and_a_dispute_that_meet_settle_or_freeze() {
    let world = Sales::new(8).await;
    world.scene.set(end() + TimeDelta::days(HANDOVER_DAYS));
    let outcomes = [(StatusCode::Settled, (PRICE, 0)), (StatusCode::Disputed, (0, 0))];
    race(&world, [(Time, Role::Visitor), (Dispute, Role::Buyer)], outcomes, (0, 20_000)).await;
    world.scene.database.assert_sound().await;
}

#[tokio::test]
async fn k6_everything_pressed_twice_acts_once() {
    let world = Sales::new(3).await;
    let [settled, refunded, confirmed] = world.sales[..] else { panic!("three sales") };
    for auction in [settled, refunded] {
        for (act, role) in [(HandOver, Role::Seller), (Dispute, Role::Buyer), (Write, Role::Seller)] {
            for outcome in press(&world, act, role, auction).await {
                outcome.expect("known by its key");
            }
        }
    }
    for (auction, decision) in [(settled, Settle), (refunded, Refund)] {
        for outcome in press(&world, Decide(decision), Role::Staff, auction).await {
            outcome.expect("known by its key");
        }
    }
    let confirmations = press(&world, Confirm, Role::Buyer, confirmed).await;
    assert_eq!(confirmations.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    world.assert_money(20_000, 80_000).await;
    for (sql, expected) in [
        ("SELECT count(*) FROM trades WHERE handed_over_at IS NOT NULL AND $1 = 0", 2),
        ("SELECT count(*) FROM disputes WHERE $1 = 0", 2),
        ("SELECT count(*) FROM dispute_messages WHERE $1 = 0", 4),
        ("SELECT count(*) FROM staff_acts WHERE $1 = 0", 2),
    ] {
        assert_eq!(world.scene.database.count(sql, 0).await, expected, "{sql}");
    }
    world.scene.database.assert_sound().await;
}

/// The same act with the same key, five times at once.
async fn press(world: &Sales, act: Act, role: Role, auction: AuctionId) -> Vec<Result<StatusCode>> {
    let key = format!("{act:?} {auction}");
    join_all((0..5).map(|_| world.act(act, role, auction, &key))).await
}

#[tokio::test]
async fn a_key_belongs_to_one_request() {
    let world = Sales::new(2).await;
    let [one, two] = world.sales[..] else { panic!("two sales") };
    world.act(Dispute, Role::Buyer, one, "k").await.expect("disputed");
    assert_eq!(refusal(world.act(Dispute, Role::Buyer, two, "k").await), Refusal::KeyReused);
    assert_eq!(refusal(world.act(Write, Role::Buyer, one, "k").await), Refusal::KeyReused);
    world.act(Decide(Settle), Role::Staff, one, "k").await.expect("decided");
    assert_eq!(refusal(world.act(Decide(Refund), Role::Staff, one, "k").await), Refusal::KeyReused);
    assert_eq!(refusal(world.act(Decide(Settle), Role::Staff, two, "k").await), Refusal::KeyReused);
    world.assert_money(10_000, 80_000).await;
}

#[tokio::test]
async fn who_lost_sees_what_he_got_back_and_who_won_what_was_left() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.junho, auction, plain(12_000)).await.expect("accepted");
    scene.bid(scene.minji, auction, crate::db::automatic(40_000)).await.expect("accepted");
    let returned = async |user: Option<UserId>| {
        let page = scene.market().auction_page(auction, user).await.expect("the page");
        page.returned.map(market::Money::to_won)
    };
    assert_eq!(returned(Some(scene.junho)).await, None, "not before the end");
    scene.end();
    scene.market().close(auction).await.expect("closed");
    assert_eq!(returned(Some(scene.junho)).await, Some(12_000));
    assert_eq!(returned(Some(scene.minji)).await, Some(27_000));
    assert_eq!(returned(Some(scene.seller)).await, None);
    assert_eq!(returned(None).await, None);
}
