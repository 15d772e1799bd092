//! Pictures: who may use which, and what an auction shows in which order.

use market::{
    AuctionId, PictureId, Refusal, UserId,
    opening::Opening,
    refusal::Reason,
    view::{Filter, ListQuery, MOST_PICTURES, Picture, StatementFilter},
};

use crate::{
    Scene,
    db::{plain, refusal},
    usual,
};

/// A picture's name, made of a number.
pub fn id(number: usize) -> PictureId {
    format!("{number:064x}").parse().expect("a name")
}

pub fn ids(numbers: impl IntoIterator<Item = usize>) -> Vec<PictureId> {
    numbers.into_iter().map(id).collect()
}

/// `user` sends pictures.
pub async fn send(scene: &Scene, user: UserId, numbers: impl IntoIterator<Item = usize>) -> Vec<PictureId> {
    let pictures = ids(numbers);
    for id in &pictures {
        let picture = Picture { id: id.clone(), width: 1600, height: 1200 };
        scene.market().record_picture(user, &picture).await.expect("recorded");
    }
    pictures
}

/// What an auction's page shows, which is what it is asked for.
async fn shown(scene: &Scene, auction: AuctionId) -> Vec<PictureId> {
    let page = scene.market().auction_page(auction, None).await.expect("a page");
    assert_eq!(page.about.pictures, scene.market().pictures_of(auction).await.expect("pictures"));
    page.about.pictures
}

/// What its card in the list shows.
async fn cover(scene: &Scene, auction: AuctionId) -> Option<PictureId> {
    let filter = Filter::read(&ListQuery::default());
    let list = scene.market().list(&filter, None).await.expect("a list");
    list.cards.into_iter().find(|card| card.id == auction).expect("its card").cover
}

#[tokio::test]
async fn an_auction_shows_its_pictures_in_the_sellers_order_and_the_first_on_its_card() {
    let scene = Scene::new().await;
    let (auction, other) = (scene.auction("shown").await, scene.auction("bare").await);
    assert_eq!((shown(&scene, auction).await, cover(&scene, auction).await), (Vec::new(), None));
    send(&scene, scene.seller, 1..=3).await;
    let market = scene.market();
    market.set_auction_pictures(scene.seller, auction, &ids([3, 1, 2])).await.expect("set");
    assert_eq!((shown(&scene, auction).await, cover(&scene, auction).await), (ids([3, 1, 2]), Some(id(3))));
    market.set_auction_pictures(scene.seller, auction, &ids([2])).await.expect("set anew");
    assert_eq!((shown(&scene, auction).await, cover(&scene, auction).await), (ids([2]), Some(id(2))));
    market.set_auction_pictures(scene.seller, auction, &[]).await.expect("taken away");
    assert_eq!((shown(&scene, auction).await, cover(&scene, auction).await), (Vec::new(), None));
    assert_eq!((shown(&scene, other).await, cover(&scene, other).await), (Vec::new(), None));
    assert_eq!(market.pictures_of(AuctionId(404)).await.expect("none"), Vec::new());
}

#[tokio::test]
async fn an_auction_is_opened_with_its_pictures_or_not_at_all() {
    let scene = Scene::new().await;
    send(&scene, scene.seller, 1..=2).await;
    let opening = Opening { pictures: ids([2, 1]), ..usual() };
    let auction = scene.database.auction(scene.seller, "with", &opening).await;
    assert_eq!((shown(&scene, auction).await, cover(&scene, auction).await), (ids([2, 1]), Some(id(2))));
    let foreign = Opening { pictures: ids([2, 9]), ..usual() };
    let refused = refusal(scene.market().open_auction(scene.seller, "foreign", &foreign).await);
    assert_eq!(refused, Refusal::NotYours);
    assert_eq!(scene.database.count("SELECT count(*) FROM auctions WHERE $1 = 0", 0).await, 1);
}

#[tokio::test]
async fn s9_a_foreign_picture_cannot_be_shown_until_one_has_sent_it_oneself() {
    let scene = Scene::new().await;
    let auction = scene.auction("key").await;
    send(&scene, scene.minji, [1]).await;
    send(&scene, scene.seller, [2]).await;
    let market = scene.market();
    for pictures in [ids([1]), ids([2, 1]), ids([3])] {
        let set = refusal(market.set_auction_pictures(scene.seller, auction, &pictures).await);
        let added = refusal(market.add_auction_pictures(scene.seller, auction, &pictures).await);
        assert_eq!((set, added), (Refusal::NotYours, Refusal::NotYours));
    }
    assert_eq!(shown(&scene, auction).await, Vec::new());
    send(&scene, scene.seller, [1, 1]).await;
    market.set_auction_pictures(scene.seller, auction, &ids([2, 1])).await.expect("his own by now");
    let owners = "SELECT count(*) FROM picture_owners WHERE $1 = 0";
    assert_eq!(scene.database.count(owners, 0).await, 3);
    assert_eq!(scene.database.count("SELECT count(*) FROM pictures WHERE $1 = 0", 0).await, 2);
}

#[tokio::test]
async fn eleven_pictures_are_refused_and_ten_are_not() {
    let scene = Scene::new().await;
    let auction = scene.auction("key").await;
    let eleven = send(&scene, scene.seller, 0..=MOST_PICTURES).await;
    let market = scene.market();
    let too_many = Refusal::field("pictures", Reason::TooMany);
    let refused = refusal(market.set_auction_pictures(scene.seller, auction, &eleven).await);
    assert_eq!(refused, too_many);
    market.set_auction_pictures(scene.seller, auction, &eleven[1..]).await.expect("ten");
    let refused = refusal(market.add_auction_pictures(scene.seller, auction, &eleven[..1]).await);
    assert_eq!(refused, too_many);
    assert_eq!(shown(&scene, auction).await, eleven[1..]);
    let twice = refusal(market.set_auction_pictures(scene.seller, auction, &ids([1, 1])).await);
    assert_eq!(twice, Refusal::Malformed);
    assert_eq!(shown(&scene, auction).await, eleven[1..]);
}

#[tokio::test]
async fn what_is_added_stands_behind_what_is_there_and_a_form_sent_twice_adds_once() {
    let scene = Scene::new().await;
    let auction = scene.auction("key").await;
    send(&scene, scene.seller, 1..=4).await;
    let market = scene.market();
    for _ in 0..2 {
        market.add_auction_pictures(scene.seller, auction, &ids([2, 1])).await.expect("added");
    }
    market.add_auction_pictures(scene.seller, auction, &ids([1, 3, 3])).await.expect("added");
    assert_eq!(shown(&scene, auction).await, ids([2, 1, 3]));
    let (four, three) = (ids([4]), ids([1, 2, 3]));
    let (added, set) = tokio::join!(
        market.add_auction_pictures(scene.seller, auction, &four),
        market.set_auction_pictures(scene.seller, auction, &three),
    );
    added.and(set).expect("both, one after the other");
    let all = shown(&scene, auction).await;
    assert!(all == three || all == ids([1, 2, 3, 4]), "{all:?}");
}

#[tokio::test]
async fn only_the_seller_changes_pictures_and_only_while_it_runs() {
    let scene = Scene::new().await;
    let auction = scene.auction("key").await;
    send(&scene, scene.seller, [1]).await;
    send(&scene, scene.minji, [1]).await;
    let market = scene.market();
    let refused = refusal(market.set_auction_pictures(scene.minji, auction, &ids([1])).await);
    assert_eq!(refused, Refusal::NotYours);
    let refused = refusal(market.add_auction_pictures(scene.seller, AuctionId(404), &ids([1])).await);
    assert_eq!(refused, Refusal::NotFound);
    market.set_auction_pictures(scene.seller, auction, &ids([1])).await.expect("set");
    scene.end();
    market.close(auction).await.expect("closed");
    for refused in [
        refusal(market.set_auction_pictures(scene.seller, auction, &[]).await),
        refusal(market.add_auction_pictures(scene.seller, auction, &ids([1])).await),
    ] {
        assert_eq!(refused, Refusal::Ended);
    }
    assert_eq!(shown(&scene, auction).await, ids([1]));
}

#[tokio::test]
async fn what_a_bidder_was_shown_stays_and_more_may_come() {
    let scene = Scene::new().await;
    let auction = scene.auction("key").await;
    send(&scene, scene.seller, 1..=4).await;
    let market = scene.market();
    market.set_auction_pictures(scene.seller, auction, &ids([1, 2])).await.expect("set");
    market.set_auction_pictures(scene.seller, auction, &ids([2, 3])).await.expect("nobody has bid");
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("a bid");
    for (fewer, what) in [(ids([]), "all gone"), (ids([2]), "one gone"), (ids([2, 4]), "one replaced")] {
        let refused = refusal(market.set_auction_pictures(scene.seller, auction, &fewer).await);
        assert_eq!(refused, Refusal::HasBids, "{what}");
    }
    assert_eq!(shown(&scene, auction).await, ids([2, 3]));
    market.set_auction_pictures(scene.seller, auction, &ids([2, 3, 1])).await.expect("one more");
    market.add_auction_pictures(scene.seller, auction, &ids([4])).await.expect("and another");
    assert_eq!(shown(&scene, auction).await, ids([2, 3, 1, 4]));
}

#[tokio::test]
async fn a_hold_shows_the_picture_of_its_auction() {
    let scene = Scene::new().await;
    let (auction, bare) = (scene.auction("shown").await, scene.auction("bare").await);
    send(&scene, scene.seller, 1..=2).await;
    scene.market().set_auction_pictures(scene.seller, auction, &ids([2, 1])).await.expect("set");
    for id in [auction, bare] {
        scene.bid(scene.minji, id, plain(10_000)).await.expect("a bid");
    }
    let wallet =
        scene.market().wallet_page(scene.minji, &StatementFilter::default()).await.expect("a wallet");
    let covers: Vec<_> = wallet.holds.into_iter().map(|hold| (hold.auction, hold.cover)).collect();
    assert_eq!(covers, [(auction, Some(id(2))), (bare, None)]);
}
