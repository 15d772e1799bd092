//! What he sells and sold, and what was said of him: the first of everything, or one shelf page by page.

use leptos::prelude::*;
use market::{
    Instant, UserId,
    view::{Card, ReceivedReview, SellerPage, SellerShelf},
};

use crate::{
    components::{AuctionCard, chips::chosen_in_sight, review::ReceivedItem},
    paths,
};

/// The shelves, and what stands on those that are shown.
#[component]
pub fn Shelves(
    /// Everything.
    page: SellerPage,
    /// This is not a shelf's first page.
    older: bool,
) -> impl IntoView {
    let (id, current) = (page.person.id, page.shelf);
    let counts = [
        (SellerShelf::All, None),
        (SellerShelf::Running, Some(page.running_count)),
        (SellerShelf::Sold, Some(page.sold_count)),
        (SellerShelf::Selling, Some(page.selling.count())),
        (SellerShelf::Buying, Some(page.buying.count())),
    ];
    let tab = move |(shelf, count): (SellerShelf, Option<i64>)| {
        view! {
            <li>
                <a
                    class="chip"
                    href=paths::seller_shelf(id, shelf)
                    aria-current=(shelf == current).then_some("page")
                >
                    {name(shelf)}
                    " "
                    {count.map(|count| view! { <span class="num">{count}</span> })}
                </a>
            </li>
        }
    };
    let place = Place { id, current, older, viewer: page.viewer, now: page.now };
    let next = page.next.map(|row| view! { <Next place row /> });
    let row = chosen_in_sight();
    view! {
        <nav class="section" aria-label=tr!(reviews.shelves)>
            <ul class="chips" node_ref=row>{counts.map(tab).collect_view()}</ul>
        </nav>
        {place
            .shows(SellerShelf::Running)
            .then(|| view! { <Cards place shelf=SellerShelf::Running cards=page.running /> })}
        {place
            .shows(SellerShelf::Sold)
            .then(|| view! { <Cards place shelf=SellerShelf::Sold cards=page.sold /> })}
        {place
            .shows(SellerShelf::Selling)
            .then(|| view! { <Reviews place shelf=SellerShelf::Selling reviews=page.as_seller /> })}
        {place
            .shows(SellerShelf::Buying)
            .then(|| view! { <Reviews place shelf=SellerShelf::Buying reviews=page.as_buyer /> })}
        {next}
    }
}

/// Whose page it is, and which part of it.
#[derive(Clone, Copy)]
struct Place {
    id: UserId,
    current: SellerShelf,
    older: bool,
    viewer: Option<UserId>,
    now: Instant,
}

impl Place {
    fn shows(self, one: SellerShelf) -> bool {
        matches!(self.current, SellerShelf::All) || self.current == one
    }
}

fn name(shelf: SellerShelf) -> &'static str {
    match shelf {
        SellerShelf::All => tr!(reviews.shelf.all),
        SellerShelf::Running => tr!(reviews.shelf.running),
        SellerShelf::Sold => tr!(reviews.shelf.sold),
        SellerShelf::Selling => tr!(reviews.shelf.selling),
        SellerShelf::Buying => tr!(reviews.shelf.buying),
    }
}

/// That a shelf is empty, or has come to its end.
fn nothing(place: Place, shelf: SellerShelf) -> &'static str {
    match shelf {
        _ if place.older => tr!(reviews.end),
        SellerShelf::Running | SellerShelf::All => tr!(reviews.none_running),
        SellerShelf::Sold => tr!(reviews.none_sold),
        SellerShelf::Selling => tr!(reviews.none_selling),
        SellerShelf::Buying => tr!(reviews.none_buying),
    }
}

/// A shelf with its name, and the way to all of it or back to its beginning.
#[component]
fn Shelf(place: Place, shelf: SellerShelf, is_empty: bool, children: Children) -> impl IntoView {
    let link = match (place.current, place.older) {
        (SellerShelf::All, _) if !is_empty => Some(tr!(reviews.more)),
        (SellerShelf::All, _) | (_, false) => None,
        (_, true) => Some(tr!(reviews.newest)),
    };
    view! {
        <section class="section" aria-labelledby=format!("h-{}", shelf.as_str())>
            <div class="section-head">
                <h2 id=format!("h-{}", shelf.as_str())>{name(shelf)}</h2>
                {link
                    .map(|words| {
                        let whole = format!("{words}: {}", name(shelf));
                        view! {
                            <a class="quiet-link" href=paths::seller_shelf(place.id, shelf) aria-label=whole>
                                {words}
                            </a>
                        }
                    })}
            </div>
            {if is_empty {
                view! { <p class="dim">{nothing(place, shelf)}</p> }.into_any()
            } else {
                children().into_any()
            }}
        </section>
    }
}

#[component]
fn Cards(place: Place, shelf: SellerShelf, cards: Vec<Card>) -> impl IntoView {
    let (now, signed_in) = (place.now, place.viewer.is_some());
    let is_empty = cards.is_empty();
    let card = move |card: Card| view! { <AuctionCard card now signed_in /> };
    view! {
        <Shelf place shelf is_empty>
            <ul class="cards">{cards.into_iter().map(card).collect_view()}</ul>
        </Shelf>
    }
}

#[component]
fn Reviews(place: Place, shelf: SellerShelf, reviews: Vec<ReceivedReview>) -> impl IntoView {
    let viewer = place.viewer;
    let is_empty = reviews.is_empty();
    let item = move |received: ReceivedReview| view! { <ReceivedItem received viewer /> };
    view! {
        <Shelf place shelf is_empty>
            <ul class="box">{reviews.into_iter().map(item).collect_view()}</ul>
        </Shelf>
    }
}

#[component]
fn Next(place: Place, row: i64) -> impl IntoView {
    view! {
        <p class="more">
            <a
                class="btn btn-ghost btn-l"
                rel="next"
                href=paths::seller_shelf_after(place.id, place.current, row)
            >
                {tr!(reviews.older)}
            </a>
        </p>
    }
}
