//! The phone's dock: price, time and the act under the thumb; it opens the panel.

use leptos::prelude::*;
use market::live::Phase;

use super::{
    figures::shown_price,
    here::Here,
    panel::{Offer, offer},
    sheet::{OPEN, Sheet},
    stand::Stand,
    standing::words,
};
use crate::{
    components::{Countdown, Icon, MoneyText},
    language::won,
    paths,
};

/// The dock.
#[component]
pub fn Dock(here: Here, sheet: Sheet) -> impl IntoView {
    let offered = Memo::new(move |_| offer(here.phase.get(), here.stand.get()));
    let words = Memo::new(move |_| words(here));
    let amount = Memo::new(move |_| shown_price(here));
    view! {
        <section
            class="dock"
            aria-label=tr!(auction.dock.title)
            class:is-leading=move || offered.get() == Offer::Maximum
            class:is-outbid=move || offered.get() == Offer::Bid && here.stand.get() == Stand::Outbid
            class:is-won=move || offered.get() == Offer::Buyer
            class:is-stale=move || here.stale()
        >
            {move || {
                words
                    .get()
                    .map(|words| {
                        view! {
                            <p class="dock-state">
                                <Icon name=words.icon size="is-s" />
                                <b>{words.state}</b>
                                <span>{words.more}</span>
                            </p>
                        }
                    })
            }}
            <p class="dock-figures">
                {move || time_view(here)}
                <MoneyText amount=amount />
            </p>
            {move || button(here, sheet, offered.get())}
        </section>
    }
}

fn time_view(here: Here) -> AnyView {
    let state = here.state;
    match here.phase.get() {
        Phase::Scheduled => {
            let until = Signal::derive(move || state.read().starts_at);
            view! { <Countdown until now=here.opened /> }.into_any()
        }
        Phase::Running | Phase::Closing => {
            let until = Signal::derive(move || state.read().ends_at);
            view! { <Countdown until now=here.opened /> }.into_any()
        }
        Phase::Over(_) => view! { <span class="clock">{tr!(common.standing.over)}</span> }.into_any(),
    }
}

/// Opens the panel; for visitors it leads to where one signs in.
fn button(here: Here, sheet: Sheet, offered: Offer) -> AnyView {
    let words = move || match offered {
        Offer::Bid => tr!(auction.form.bid, amount = won(here.next_bid.get())).to_string(),
        Offer::Maximum => tr!(auction.form.change).to_owned(),
        Offer::Sell | Offer::Sold => tr!(auction.dock.manage).to_owned(),
        Offer::Buyer => tr!(auction.dock.next).to_owned(),
        _ => tr!(auction.dock.look).to_owned(),
    };
    let class = if offered == Offer::Bid { "btn btn-primary" } else { "btn btn-ghost" };
    if offered == Offer::SignIn {
        let sign_in = paths::sign_in_then(&here.path());
        return view! {
            <a class="btn btn-primary" href=sign_in>
                {tr!(auction.dock.sign_in)}
            </a>
        }
        .into_any();
    }
    view! {
        <a class=class href=OPEN node_ref=sheet.opener on:click=move |event| sheet.show(&event)>
            {words}
        </a>
    }
    .into_any()
}
