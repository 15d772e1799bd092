//! People as others see them.

use chrono::TimeDelta;
use market::{
    Refusal, UserId,
    opening::Opening,
    people::GONE,
    review::Ratings,
    view::{SellerPage, SellerShelf},
};

use crate::{
    Scene,
    db::{automatic, refusal},
    end, noon,
    people::{PASSWORD, new_person},
    reviews::stars,
    usual,
};

impl Scene {
    async fn page_of(&self, id: UserId, shown: SellerShelf, after: Option<i64>) -> SellerPage {
        self.market().seller_page(id, shown, after, Some(self.minji)).await.expect("the page")
    }
}

#[tokio::test]
async fn a_new_seller_has_no_score_and_not_zero() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    let page = scene.page_of(scene.seller, SellerShelf::All, None).await;
    assert_eq!((page.selling, page.selling.score()), (Ratings::default(), None));
    assert_eq!((page.sold_count, page.running_count, page.running.len()), (0, 1, 1));
    assert_eq!((page.region.full_name.as_str(), page.since), ("서울특별시 마포구", noon()));
    let card = scene.market().auction_page(auction, None).await.expect("the page").about.seller;
    assert_eq!((card.score, card.review_count, card.has_left), (None, 0, false));
}

#[tokio::test]
async fn who_does_not_exist_has_no_page() {
    let scene = Scene::new().await;
    for id in [0, -1, 999_999, i64::MAX] {
        let asked = scene.market().seller_page(UserId(id), SellerShelf::All, None, None).await;
        assert_eq!(refusal(asked), Refusal::NotFound);
    }
}

#[tokio::test]
async fn a_neighbourhood_is_told_to_others_no_nearer_than_its_district() {
    let scene = Scene::new().await;
    let at_home = market::people::NewPerson { region: Some("11440123".to_owned()), ..new_person("sora") };
    let (sora, _) = scene.market().sign_up(&at_home, "").await.expect("signed up");
    let page = scene.page_of(sora, SellerShelf::All, None).await;
    assert_eq!((page.region.code.as_str(), page.region.full_name.as_str()), ("11440", "서울특별시 마포구"));
}

#[tokio::test]
async fn a_score_counts_reviews_of_the_seller_and_those_of_the_buyer_stand_apart() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.trade("a").await;
    market.review(scene.minji, auction, &stars(4), "m").await.expect("written");
    market.review(scene.seller, auction, &stars(1), "s").await.expect("written");
    let seller = scene.page_of(scene.seller, SellerShelf::All, None).await;
    assert_eq!((seller.selling, seller.selling.score()), (Ratings([0, 0, 0, 1, 0]), Some(80)));
    assert_eq!((seller.buying.count(), seller.as_buyer.len(), seller.as_seller.len()), (0, 0, 1));
    assert_eq!((seller.sold_count, seller.sold.len()), (1, 1));
    let shown = &seller.as_seller[0];
    assert_eq!(
        (shown.author.id, shown.auction, shown.review.text.as_str()),
        (scene.minji, auction, "고마웠어요")
    );
    let buyer = scene.page_of(scene.minji, SellerShelf::All, None).await;
    assert_eq!(
        (buyer.selling.score(), buyer.buying, buyer.as_buyer.len()),
        (None, Ratings([1, 0, 0, 0, 0]), 1)
    );
    assert!(buyer.is_mine() && !seller.is_mine());
    let card = market.auction_page(auction, None).await.expect("the page").about.seller;
    assert_eq!((card.score, card.review_count), (Some(80), 1));
}

#[tokio::test]
async fn the_pages_of_each_shelf_show_every_row_once_newest_first() {
    let scene = Scene::new().await;
    let market = scene.market();
    let mut sold = Vec::new();
    for number in 0..45 {
        let opening = Opening { ends_at: end() - TimeDelta::seconds(number % 7), ..usual() };
        let auction = scene.database.auction(scene.seller, &number.to_string(), &opening).await;
        let buyer = scene.database.person(&format!("buyer_{number}"), 20_000).await;
        scene.bid(buyer, auction, automatic(10_000)).await.expect("accepted");
        sold.push((auction, buyer));
    }
    scene.end();
    for (auction, buyer) in &sold {
        market.close(*auction).await.expect("closed");
        market.review(*buyer, *auction, &stars(5), "k").await.expect("written");
    }
    scene.set(end() + TimeDelta::days(14));
    for number in 0..30 {
        let opening = db_opening(number);
        scene.database.auction(scene.seller, &format!("running {number}"), &opening).await;
    }
    for (shelf, expected) in [
        (SellerShelf::Running, 30),
        (SellerShelf::Sold, 45),
        (SellerShelf::Selling, 45),
        (SellerShelf::Buying, 0),
    ] {
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let page = scene.page_of(scene.seller, shelf, after).await;
            let lists = [page.running.len(), page.sold.len(), page.as_seller.len(), page.as_buyer.len()];
            assert!(lists.iter().filter(|&&rows| rows > 0).count() <= 1, "only the shelf that is shown");
            ids.extend(page.running.iter().chain(&page.sold).map(|card| card.id.0));
            ids.extend(page.as_seller.iter().map(|received| received.auction.0));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(ids.len(), expected, "{shelf:?}");
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), expected, "{shelf:?}");
        if shelf != SellerShelf::Running {
            assert!(ids.is_sorted_by(|a, b| a > b), "{shelf:?}: {ids:?}");
        }
    }
    let all = scene.page_of(scene.seller, SellerShelf::All, None).await;
    assert_eq!((all.running.len(), all.sold.len(), all.as_seller.len(), all.next), (8, 8, 5, None));
    assert_eq!((all.running_count, all.sold_count, all.selling.count()), (30, 45, 45));
}

fn db_opening(number: i64) -> Opening {
    let now = end() + TimeDelta::days(14);
    Opening { starts_at: now, ends_at: now + TimeDelta::minutes(60 + number % 4), ..usual() }
}

#[tokio::test]
async fn who_has_left_is_a_neighbour_without_a_name_and_what_he_said_stays() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (sora, _) = market.sign_up(&new_person("sora"), "").await.expect("signed up");
    market.post_deposit(sora, market::Money::won(10_000)).await.expect("a deposit");
    let auction = scene.auction("a").await;
    scene.bid(sora, auction, automatic(10_000)).await.expect("accepted");
    scene.end();
    market.close(auction).await.expect("closed");
    market.review(sora, auction, &stars(5), "k").await.expect("written");
    market.review(scene.seller, auction, &stars(5), "k").await.expect("written");
    market.close_account(sora, PASSWORD).await.expect("closed");
    let page = scene.page_of(sora, SellerShelf::All, None).await;
    assert_eq!((page.person.has_left, page.person.nickname.as_str()), (true, GONE));
    let seller = scene.page_of(scene.seller, SellerShelf::All, None).await;
    assert_eq!(seller.selling.score(), Some(100));
    assert_eq!(
        (seller.as_seller[0].author.has_left, seller.as_seller[0].author.nickname.as_str()),
        (true, GONE)
    );
}
