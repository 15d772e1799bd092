//! Changing auctions: everything until the first bid, from then on only by adding.

use chrono::TimeDelta;
use market::{
    AuctionId, Money, PictureId, Refusal, UserId,
    opening::{Draft, Opening, Reach},
    refusal::Reason,
    store::{Change, Result},
    text,
    view::{Filter, ListQuery, Picture},
};

use crate::{
    Scene,
    db::{plain, refusal},
    end, noon, usual,
};

/// The usual auction as its seller's form says it.
fn form() -> Draft {
    Draft::from(&usual())
}

/// A picture that `user` has sent.
pub async fn picture(scene: &Scene, user: UserId, digit: &str) -> PictureId {
    let id: PictureId = digit.repeat(64).parse().expect("a name");
    let picture = Picture { id: id.clone(), width: 800, height: 600 };
    scene.market().record_picture(user, &picture).await.expect("noted");
    id
}

async fn edit(scene: &Scene, auction: AuctionId, change: impl FnOnce(&mut Draft)) -> Result<()> {
    let mut draft = form();
    change(&mut draft);
    scene.market().edit_auction(scene.seller, auction, &draft).await
}

#[tokio::test]
async fn until_the_first_bid_everything_can_be_changed_and_is_found_by_its_new_name() {
    let scene = Scene::new().await;
    let (market, auction) = (scene.market(), scene.auction("key").await);
    let (old, new) = (picture(&scene, scene.seller, "a").await, picture(&scene, scene.seller, "b").await);
    market.add_auction_pictures(scene.seller, auction, std::slice::from_ref(&old)).await.expect("added");
    let before = market.live_state(auction).await.expect("a state").seq;
    let ends_at = end() + TimeDelta::hours(2);
    let mut changes = market.changes();
    let typed = Draft {
        title: "캐논 AE-1".into(),
        description: "필름도 드려요".into(),
        category: "생활가전".into(),
        condition: "B".into(),
        shipping: "buyer".into(),
        pictures: format!("{new},{old}"),
        start_price: "20,000".into(),
        increment: "ladder".into(),
        buy_now: "90,500".into(),
        reserve: "50,500".into(),
        ends_at: text::local_input(ends_at),
        soft_close: "own".into(),
        soft_window: "30".into(),
        soft_extension: "40".into(),
        soft_hard_stop: "600".into(),
        settlement: "on_handover".into(),
        ..form()
    };
    market.edit_auction(scene.seller, auction, &typed).await.expect("edited");
    let page = market.edit_page(scene.seller, auction).await.expect("a page");
    assert_eq!(page.form.draft, Draft { region: "11440".into(), start: "scheduled".into(), ..typed });
    assert!(!page.has_bids);
    let shown = market.auction_page(auction, None).await.expect("a page");
    assert_eq!((shown.state.seq, shown.state.ends_at, shown.state.first_end), (before + 1, ends_at, ends_at));
    assert_eq!(shown.about.pictures, [new, old]);
    assert!(matches!(changes.recv().await, Ok(Change::End(at)) if at == ends_at), "the closer is told");
    assert!(matches!(changes.recv().await, Ok(Change::Auction(state)) if state.seq == before + 1));
    for (words, found) in [("캐논", 1), ("라이카", 0), ("ㅋㄴ", 1)] {
        let query = ListQuery { q: words.into(), ..ListQuery::default() };
        let list = market.list(&Filter::read(&query), None).await.expect("a list");
        assert_eq!(list.cards.len(), found, "{words}");
    }
    let first = scene.bid(scene.minji, auction, plain(20_500)).await.expect("by the new terms");
    assert_eq!(first.state.price, Money::won(20_500));
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn only_the_seller_edits_and_only_until_the_first_bid_or_the_end() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (led, alone, taken) =
        (scene.auction("led").await, scene.auction("alone").await, scene.auction("taken").await);
    let nowhere = AuctionId(999_999);
    assert_eq!(refusal(market.edit_auction(scene.seller, nowhere, &form()).await), Refusal::NotFound);
    assert_eq!(refusal(market.edit_page(scene.seller, nowhere).await), Refusal::NotFound);
    assert_eq!(refusal(market.edit_auction(scene.minji, led, &form()).await), Refusal::NotYours);
    assert_eq!(refusal(market.edit_page(scene.minji, led).await), Refusal::NotYours);
    scene.bid(scene.minji, led, plain(10_000)).await.expect("accepted");
    assert_eq!(refusal(edit(&scene, led, |_| {}).await), Refusal::HasBids);
    assert!(market.edit_page(scene.seller, led).await.expect("a page").has_bids);
    market.cancel(scene.seller, taken).await.expect("cancelled");
    assert_eq!(refusal(edit(&scene, taken, |_| {}).await), Refusal::Ended);
    edit(&scene, alone, |draft| draft.title = "다른 제목".into()).await.expect("nobody has bid");
    // At its end it is over, before the closer comes.
    scene.end();
    assert_eq!(refusal(edit(&scene, alone, |draft| draft.ends_at = later()).await), Refusal::Ended);
    assert_eq!(refusal(edit(&scene, led, |_| {}).await), Refusal::Ended);
}

fn later() -> String {
    text::local_input(end() + TimeDelta::hours(1))
}

/// A field, what is wrong with it, and how it comes about.
type Case = (&'static str, Reason, fn(&mut Draft));

#[tokio::test]
async fn v2_an_edit_is_judged_by_all_the_rules_of_opening() {
    let scene = Scene::new().await;
    let auction = scene.auction("key").await;
    let picture = picture(&scene, scene.minji, "c").await;
    scene.set(noon() + TimeDelta::minutes(30));
    let cases: [Case; 8] = [
        ("title", Reason::Required, |draft| draft.title = " ".into()),
        ("start_price", Reason::OffGrid, |draft| draft.start_price = "10500".into()),
        ("reserve", Reason::NotAboveStart, |draft| draft.reserve = "10000".into()),
        ("buy_now", Reason::BuyNowTooLow, |draft| draft.buy_now = "1000".into()),
        ("ends_at", Reason::EndTooEarly, |draft| {
            draft.ends_at = text::local_input(noon() + TimeDelta::minutes(30));
        }),
        ("ends_at", Reason::DurationTooLong, |draft| {
            draft.ends_at = text::local_input(noon() + TimeDelta::days(30) + TimeDelta::minutes(1));
        }),
        ("category", Reason::Unknown, |draft| draft.category = "없는 것".into()),
        ("region", Reason::Unknown, |draft| draft.region = "99".into()),
    ];
    for (field, reason, change) in cases {
        let Refusal::Fields { faults } = refusal(edit(&scene, auction, change).await) else {
            panic!("{field} was refused otherwise");
        };
        assert_eq!([(faults[0].field.as_str(), faults[0].reason)], [(field, reason)]);
        assert_eq!(faults.len(), 1, "{faults:?}");
    }
    let foreign = edit(&scene, auction, |draft| draft.pictures = picture.to_string()).await;
    assert_eq!(refusal(foreign), Refusal::NotYours, "a picture of somebody else");
    let back = edit(&scene, auction, |draft| draft.reach = "neighbourhood".into()).await;
    assert_eq!(refusal(back), Refusal::AlreadyNational);
    let page = scene.market().edit_page(scene.seller, auction).await.expect("a page");
    assert_eq!(page.form.draft, Draft { region: "11440".into(), ..form() }, "nothing was written");
    assert_eq!(scene.market().live_state(auction).await.expect("a state").seq, 1);
}

#[tokio::test]
async fn v1_a_start_in_the_past_stays_and_one_to_come_can_be_moved() {
    let scene = Scene::new().await;
    let (market, running) = (scene.market(), scene.auction("running").await);
    let starts_at = noon() + TimeDelta::days(2);
    let planned = Opening { starts_at, ends_at: starts_at + TimeDelta::hours(1), ..usual() };
    let planned = scene.database.auction(scene.seller, "planned", &planned).await;
    scene.set(noon() + TimeDelta::minutes(20));
    edit(&scene, running, |draft| draft.start = "now".into()).await.expect("edited");
    assert_eq!(market.live_state(running).await.expect("a state").starts_at, noon());
    assert_eq!(refusal(scene.bid(scene.minji, planned, plain(10_000)).await), Refusal::NotStarted);
    // Its new end lies before its old start.
    let at_once = |draft: &mut Draft| (draft.start, draft.duration) = ("now".into(), "60".into());
    edit(&scene, planned, at_once).await.expect("edited");
    let state = market.live_state(planned).await.expect("a state");
    assert_eq!(
        (state.starts_at, state.ends_at),
        (noon() + TimeDelta::minutes(20), noon() + TimeDelta::minutes(80))
    );
    scene.bid(scene.minji, planned, plain(10_000)).await.expect("it has started");
    scene.set(state.ends_at);
    market.close(planned).await.expect("by its new end");
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn an_edit_may_show_a_neighbourhood_auction_to_the_country() {
    let scene = Scene::new().await;
    let mut opening = usual();
    opening.listing.reach = Reach::Neighbourhood;
    let auction = scene.database.auction(scene.seller, "key", &opening).await;
    assert_eq!(refusal(scene.market().live_state(auction).await), Refusal::NotFound);
    edit(&scene, auction, |_| {}).await.expect("the form says national");
    assert_eq!(scene.market().live_state(auction).await.expect("a topic").seq, 2);
}

#[tokio::test]
async fn after_the_first_bid_one_adds_dated_notes_and_pictures_and_changes_nothing() {
    let scene = Scene::new().await;
    let (market, auction) = (scene.market(), scene.auction("key").await);
    let (first, second) =
        (picture(&scene, scene.seller, "1").await, picture(&scene, scene.seller, "2").await);
    market.add_auction_pictures(scene.seller, auction, std::slice::from_ref(&first)).await.expect("added");
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    let seq = market.live_state(auction).await.expect("a state").seq;
    let at = noon() + TimeDelta::minutes(5);
    scene.set(at);
    let add = async |key: &str, text: &str, pictures: &[PictureId]| {
        market.add_to_auction(scene.seller, auction, key, text, pictures).await
    };
    let added = [second.clone(), first.clone()];
    add("note", " 렌즈캡도\n드려요. ", &added).await.expect("added");
    add("note", "다른 말", &added).await.expect("the same key adds once");
    let notes = market.additions(auction).await.expect("notes");
    assert_eq!(
        notes.iter().map(|note| (note.text.as_str(), note.at)).collect::<Vec<_>>(),
        [("렌즈캡도\n드려요.", at)]
    );
    let page = market.auction_page(auction, None).await.expect("a page");
    assert_eq!(page.about.pictures, [first, second], "behind those that were there");
    assert_eq!((page.state.seq, page.state.price), (seq + 1, Money::won(10_000)));
    assert_eq!((page.about.title.as_str(), page.about.description.as_str()), ("라이카 M3", ""));
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn an_addition_is_refused_that_is_foreign_empty_too_long_too_often_or_too_late() {
    let scene = Scene::new().await;
    let (market, auction) = (scene.market(), scene.auction("key").await);
    let add =
        async |key: &str, text: &str| market.add_to_auction(scene.seller, auction, key, text, &[]).await;
    let fault = |reason| Refusal::field("addition", reason);
    let foreign = market.add_to_auction(scene.minji, auction, "key", "말", &[]).await;
    assert_eq!(refusal(foreign), Refusal::NotYours);
    let nowhere = market.add_to_auction(scene.seller, AuctionId(999_999), "key", "말", &[]).await;
    assert_eq!(refusal(nowhere), Refusal::NotFound);
    assert_eq!(refusal(add("", "말").await), Refusal::Malformed);
    assert_eq!(refusal(add("empty", " \u{0} ").await), fault(Reason::Required));
    assert_eq!(refusal(add("long", &"가".repeat(1_001)).await), fault(Reason::TooLong));
    let picture = picture(&scene, scene.minji, "d").await;
    let theirs = market.add_to_auction(scene.seller, auction, "theirs", "말", &[picture]).await;
    assert_eq!(refusal(theirs), Refusal::NotYours);
    for number in 0..20 {
        add(&format!("note {number}"), "말").await.expect("added");
    }
    assert_eq!(refusal(add("one more", "말").await), fault(Reason::TooMany));
    scene.end();
    assert_eq!(refusal(add("late", "말").await), Refusal::Ended);
    add("note 3", "말").await.expect("what was added stays added");
    assert_eq!(market.additions(auction).await.expect("notes").len(), 20);
}

#[tokio::test]
async fn an_edit_and_the_first_bid_at_the_same_moment_see_each_other() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (mut edited, mut refused) = (0, 0);
    for number in 0..20 {
        let auction = scene.auction(&format!("race {number}")).await;
        let mut draft = form();
        draft.start_price = "12,000".into();
        let edit = market.edit_auction(scene.seller, auction, &draft);
        let bid = scene.bid(scene.minji, auction, plain(10_000));
        // Whichever is asked first comes first more often.
        let (edit, bid) = if number % 2 == 0 {
            tokio::join!(edit, bid)
        } else {
            let (bid, edit) = tokio::join!(bid, edit);
            (edit, bid)
        };
        let start = market.auction_page(auction, None).await.expect("a page").about.start_price;
        match edit {
            Ok(()) => {
                edited += 1;
                assert_eq!(start, Money::won(12_000));
                assert_eq!(refusal(bid), Refusal::BidTooLow { min: Money::won(12_000) });
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error.refusal().expect("a refusal"), Refusal::HasBids);
                assert_eq!(start, Money::won(10_000));
                bid.expect("by the terms that it was made under");
                scene.cancel_by_staff(auction).await.expect("the money is free for the next round");
            }
        }
    }
    assert_eq!(edited + refused, 20);
    scene.database.assert_sound().await;
}
