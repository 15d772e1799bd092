//! What came of it, in the panel: a refusal with what would be accepted on a button, or that it is done.

use leptos::prelude::*;
use market::{Money, Refusal, bidding::Reply};

use super::{
    bidding::{Answer, Bidding},
    offer,
    stand::Stand,
    submit::{SubmitBid, bid_label},
};
use crate::{
    api::ApiError,
    components::{Icon, error_text},
    language::won,
    paths,
};

/// The last answer, as long as it is true.
#[component]
pub fn AnswerNotice(bidding: Bidding) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let stand = bidding.here.stand.get();
        bidding.answer.get().filter(|answer| match answer {
            Answer::Refused(_) => true,
            Answer::Done(Reply::Leading | Reply::MaximumChanged) => stand.leads(),
            Answer::Done(Reply::OutbidAtOnce) => stand == Stand::Outbid,
            Answer::Done(Reply::Bought) => matches!(stand, Stand::Won { .. }),
        })
    });
    move || {
        shown.get().map(|answer| match answer {
            Answer::Done(reply) => done_view(bidding, reply),
            Answer::Refused(error) => view! { <Refused bidding error /> }.into_any(),
        })
    }
}

fn done_view(bidding: Bidding, reply: Reply) -> AnyView {
    let next = untrack(|| bidding.here.next_bid.get());
    let (class, icon, title, more) = match reply {
        Reply::Leading => (
            "notice is-good",
            "lead",
            tr!(auction.answer.leading),
            tr!(auction.answer.leading_more).to_owned(),
        ),
        Reply::MaximumChanged => (
            "notice is-good",
            "check",
            tr!(auction.answer.changed),
            tr!(auction.answer.changed_more).to_owned(),
        ),
        Reply::OutbidAtOnce => (
            "notice",
            "outbid",
            tr!(auction.answer.outbid),
            tr!(auction.answer.outbid_more, amount = won(next)).to_string(),
        ),
        Reply::Bought => (
            "notice is-good",
            "check",
            tr!(auction.answer.bought),
            tr!(auction.answer.bought_more).to_owned(),
        ),
    };
    view! {
        <div class=class role="status">
            <Icon name=icon />
            <p>
                <b>{title}</b>
                " "
                {more}
            </p>
        </div>
    }
    .into_any()
}

/// What can be done instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WayOut {
    Bid(Money),
    Buy(Money),
    Deposit,
    SignIn,
}

/// What the refusal leaves open, as the auction stands by now.
fn way_out(bidding: Bidding, refusal: &Refusal) -> Option<WayOut> {
    let here = bidding.here;
    let stand = here.stand.get();
    match refusal {
        Refusal::NoSession => return Some(WayOut::SignIn),
        _ if !here.running() => return None,
        Refusal::InsufficientFunds { .. } => return Some(WayOut::Deposit),
        Refusal::WouldBuyNow { price } => return Some(WayOut::Buy(*price)),
        _ => {}
    }
    let (amount, buy_now) = here.state.with(|state| {
        here.about.with_value(|about| (offer::acceptable(about, state, stand, refusal), about.buy_now))
    });
    let amount = amount?;
    match buy_now.filter(|&price| amount >= price) {
        Some(price) => Some(WayOut::Buy(price)),
        None => Some(WayOut::Bid(amount)),
    }
}

#[component]
fn Refused(bidding: Bidding, error: ApiError) -> impl IntoView {
    let text = error_text(&error);
    let refusal = error.refusal().cloned();
    let way = Memo::new(move |_| refusal.as_ref().and_then(|refusal| way_out(bidding, refusal)));
    view! {
        <div class="refusal" role="alert">
            <p id="refusal">
                <Icon name="alert" />
                <span>{text}</span>
            </p>
            {move || way.get().map(|way| view! { <div class="btn-row">{way_view(bidding, way)}</div> })}
        </div>
    }
}

fn way_view(bidding: Bidding, way: WayOut) -> AnyView {
    const CLASS: &str = "btn btn-block";
    match way {
        WayOut::Bid(amount) => {
            let automatic = Signal::derive(move || bidding.automatic.get());
            let label = Signal::derive(move || {
                bid_label(amount, bidding.automatic.get(), bidding.here.stand.get().leads())
            });
            view! { <SubmitBid bidding amount=Signal::stored(amount) automatic class=CLASS label /> }
                .into_any()
        }
        WayOut::Buy(price) => {
            let label = tr!(auction.buy.submit, amount = won(price)).to_string();
            view! {
                <SubmitBid
                    bidding
                    amount=Signal::stored(price)
                    automatic=Signal::stored(false)
                    purchase=true
                    class=CLASS
                    label=Signal::stored(label)
                />
            }
            .into_any()
        }
        WayOut::Deposit => {
            let wallet = format!("{}#deposit", paths::WALLET);
            view! {
                <a class=CLASS href=wallet>
                    {tr!(auction.answer.deposit)}
                </a>
            }
            .into_any()
        }
        WayOut::SignIn => {
            let sign_in = paths::sign_in_then(&bidding.here.path());
            view! {
                <a class=CLASS href=sign_in>
                    {tr!(common.sign_in)}
                </a>
            }
            .into_any()
        }
    }
}
