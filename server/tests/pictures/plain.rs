//! Pictures by a seller without scripts: several at once, to an auction that is open already.

use app::{paths, reply::Reply};
use axum::http::{HeaderValue, StatusCode, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use market::{
    AuctionId, PictureId, Refusal,
    refusal::{PictureFault, Reason},
    view::MOST_PICTURES,
};

use crate::{
    db, refusal,
    samples::{jpeg, noise, program},
    site::{Answer, Part, Person, Site, form},
};

/// What a page shows of the answer that the browser brought along.
fn reply(answer: &Answer) -> Reply {
    let cookie = answer.header(header::SET_COOKIE);
    let value = cookie.strip_prefix("reply=").and_then(|rest| rest.split(';').next()).expect("a reply");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).expect("base64")).expect("a reply")
}

impl Site {
    async fn auction(&self, seller: &Person) -> AuctionId {
        let now = self.books.market.now().await.expect("the time");
        self.books.auction(seller.id, "key", &db::opening(now, 60)).await
    }

    async fn shows(&self, auction: AuctionId) -> Vec<PictureId> {
        self.books.market.pictures_of(auction).await.expect("pictures")
    }

    /// Posts as a browser without scripts does, from the auction's page.
    async fn add(&self, who: &Person, auction: &str, files: &[Vec<u8>]) -> Answer {
        let pictures = files.iter().map(|file| Part::file("picture", file));
        let parts: Vec<Part<'_>> = [Part::field("auction_id", auction)].into_iter().chain(pictures).collect();
        let mut request = form(Some(who), paths::ADD_PICTURE, &parts);
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html,application/xhtml+xml"));
        headers.insert(header::REFERER, HeaderValue::from_static("https://market.test/auctions/7/edit"));
        let answer = self.send(request).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header(header::LOCATION), "/auctions/7/edit");
        answer
    }
}

/// Small pictures, each another.
fn files(seeds: std::ops::Range<usize>) -> Vec<Vec<u8>> {
    let seed = |seed: usize| u32::try_from(seed).expect("small");
    seeds.map(|number| jpeg(&noise(24, 24, seed(number) + 1))).collect()
}

#[tokio::test]
async fn a_seller_without_scripts_adds_pictures_and_is_led_back_to_his_page() {
    let site = Site::open().await;
    let seller = site.person("seller_kim").await;
    let auction = site.auction(&seller).await;
    // Where no file was chosen a browser sends an empty one.
    let mut sent = files(0..2);
    sent.push(Vec::new());
    let answer = site.add(&seller, &auction.to_string(), &sent).await;
    assert_eq!(reply(&answer).form, "add_picture");
    assert_eq!((reply(&answer).status, reply(&answer).answer["ok"].as_str()), (200, Some("added")));
    let shown = site.shows(auction).await;
    assert_eq!(shown.len(), 2);
    site.add(&seller, &auction.to_string(), &sent).await;
    assert_eq!(site.shows(auction).await, shown, "sent twice, added once");
    site.add(&seller, &auction.to_string(), &files(2..3)).await;
    let more = site.shows(auction).await;
    assert_eq!((&more[..2], more.len()), (&shown[..], 3));
}

#[tokio::test]
async fn what_a_seller_cannot_add_is_refused_whole_and_the_page_says_why() {
    let site = Site::open().await;
    let (seller, other) = (site.person("seller_kim").await, site.person("minji_park").await);
    let auction = site.auction(&seller).await.to_string();
    let broken = [files(0..1), vec![program()]].concat();
    let too_large = [files(0..1), vec![vec![0; 11 * 1024 * 1024]], files(1..2)].concat();
    let too_many = Refusal::field("pictures", Reason::TooMany);
    let cases = [
        (&other, auction.as_str(), files(0..1), Refusal::NotYours),
        (&seller, "404", files(0..1), Refusal::NotFound),
        (&seller, "seven", files(0..1), Refusal::NotFound),
        (&seller, &auction, Vec::new(), Refusal::field("pictures", Reason::Required)),
        (&seller, &auction, files(0..MOST_PICTURES + 1), too_many),
        (&seller, &auction, broken, Refusal::Picture { fault: PictureFault::NotAPicture }),
        (&seller, &auction, too_large, Refusal::Picture { fault: PictureFault::TooLarge }),
    ];
    for (who, auction, files, expected) in cases {
        let reply = reply(&site.add(who, auction, &files).await);
        let error = reply.error().expect("a refusal");
        assert_eq!((error.refusal(), reply.status), (Some(&expected), expected.status()));
    }
    let auction = auction.parse().expect("an id");
    assert_eq!(site.shows(auction).await, Vec::new());
}

#[tokio::test]
async fn ten_pictures_are_what_an_auction_holds() {
    let site = Site::open().await;
    let seller = site.person("seller_kim").await;
    let auction = site.auction(&seller).await;
    site.add(&seller, &auction.to_string(), &files(0..MOST_PICTURES)).await;
    let shown = site.shows(auction).await;
    assert_eq!(shown.len(), MOST_PICTURES);
    // As a script would send it: the answer is JSON.
    let (id, more) = (auction.to_string(), jpeg(&noise(24, 24, 99)));
    let parts = [Part::file("picture", &more), Part::field("auction_id", &id)];
    let answer = site.post(Some(&seller), paths::ADD_PICTURE, &parts).await;
    assert_eq!(refusal(&answer), Refusal::field("pictures", Reason::TooMany));
    assert_eq!(site.shows(auction).await, shown);
}
