//! Money, time and cards, by the clock of the sheet.

use chrono::TimeDelta;
use leptos::prelude::*;
use market::{
    AuctionId, Increment, Instant, Money,
    auction::StatusCode,
    opening::Reach,
    view::{Card, Standing},
};

use crate::components::{AuctionCard, Countdown, MoneyText};

/// The sheet shows no real time: the same picture at every look.
fn now() -> Instant {
    Instant::UNIX_EPOCH + TimeDelta::days(20_779)
}

/// Amounts in their sizes, and time as it runs out.
#[component]
pub fn Figures() -> impl IntoView {
    let sizes = [(58_000, "is-s"), (412_000, "is-m"), (1_445_000, "is-l"), (1_280_000, "is-xl")];
    let amounts = sizes.map(|(amount, size)| view! { <MoneyText amount=Money::won(amount) size=size /> });
    let clocks = [183_845, 134, 41, 7].map(|seconds| {
        let until = Signal::stored(now() + TimeDelta::seconds(seconds));
        view! { <Countdown until now=now() size="is-l" /> }
    });
    view! {
        <div class="box form-stack">
            <div class="hero-figures">{amounts.collect_view()}</div>
            <div class="hero-figures">{clocks.collect_view()}</div>
        </div>
    }
}

/// A card in every state.
#[component]
pub fn Cards() -> impl IntoView {
    let leading = Card {
        standing: Standing::Leading { maximum: Money::won(1_350_000) },
        watching: true,
        ..card(1, "라이카 M3 더블스트로크 1955", "camera", 1_280_000, 134)
    };
    let outbid = Card {
        standing: Standing::Outbid,
        ..card(2, "조던 1 시카고 미착용 270", "sneaker", 412_000, 500)
    };
    let scheduled = Card {
        starts_at: now() + TimeDelta::hours(5),
        ..card(3, "마틴 D-28 통기타 (하드케이스)", "guitar", 0, 200_000)
    };
    let won = Card {
        status: StatusCode::Settled,
        reach: Reach::Neighbourhood,
        standing: Standing::Won { paid: Money::won(158_000) },
        ..card(4, "루이스 폴센 판텔라 미니", "lamp", 158_000, -60)
    };
    let near = Card {
        reach: Reach::Neighbourhood,
        ..card(5, "청자 상감 화병 (작가 서명)", "vase", 0, 90_000)
    };
    let mine = Card {
        standing: Standing::Seller,
        ..card(6, "브롬톤 C라인 6단, 그린", "bicycle", 1_120_000, 9_000)
    };
    let cards = [leading, outbid, scheduled, won, near, mine].map(|card| {
        let signed_in = card.id.0 != 5;
        view! { <AuctionCard card now=now() signed_in /> }
    });
    view! { <ul class="cards">{cards.collect_view()}</ul> }
}

fn card(id: i64, title: &str, art: &str, price: i64, seconds_left: i64) -> Card {
    let (price, start_price, unit) = (Money::won(price), Money::won(30_000), Money::won(1_000));
    let increment = Increment::Fixed { unit };
    Card {
        id: AuctionId(id),
        seq: 1,
        title: title.to_owned(),
        art: art.to_owned(),
        cover: None,
        status: StatusCode::Live,
        reach: Reach::National,
        region: "망원동".to_owned(),
        price,
        start_price,
        next_bid: market::auction::next_bid(&increment, start_price, price),
        increment,
        buy_now: None,
        starts_at: now() - TimeDelta::days(1),
        ends_at: now() + TimeDelta::seconds(seconds_left),
        closed_at: None,
        bid_count: if price.is_zero() { 0 } else { 47 },
        distance: None,
        watcher_count: 31,
        standing: Standing::None,
        watching: false,
    }
}
