//! My money: what can be spent, what stands behind bids, what waits in escrow, and every change of it.

mod balance;
mod forms;
mod holds;
mod narrow;
mod payment;
mod statement;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::{
    Money,
    view::{StatementQuery, WalletPage},
};

use self::{
    balance::Balance,
    forms::PaymentForms,
    holds::Holds,
    payment::{DoneNotice, Payments},
    statement::Statement,
};
use crate::{
    api::{self, ApiError},
    components::{PageTitle, SignInFirst},
    live::{Live, live},
};

/// The page as it is read.
type PageResource = Resource<Result<WalletPage, ApiError>>;

/// The wallet.
#[component]
pub fn Wallet() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let asked = Memo::new(move |_| query.with(|query| narrow::read(|name| query.get(name))));
    let page =
        Resource::new_blocking(move || (asked.get(), live.resync.get()), |(asked, _)| api::my_wallet(asked));
    follow_wallet(page, live);
    let payments = Payments::new(page);
    view! {
        <PageTitle text=tr!(mine.wallet.title).to_owned() />
        <main id="main" class="page wrap is-narrow">
            <div class="page-head">
                <h1>{tr!(mine.wallet.title)}</h1>
            </div>
            <DoneNotice done=payments.done />
            <Transition>
                {move || {
                    page.get()
                        .map(|page| match page {
                            Ok(page) => view! { <WalletBody page payments query=asked.get() /> }.into_any(),
                            Err(error) => view! { <SignInFirst error /> }.into_any(),
                        })
                }}
            </Transition>
        </main>
    }
}

/// Reads the page again when the wallet has moved on.
fn follow_wallet(page: PageResource, live: Live) {
    let newest = Memo::new(move |_| live.me.with(|me| me.as_ref().map(|me| me.wallet_seq)));
    Effect::new(move |_| {
        let newest = newest.get();
        let shown = page.with_untracked(|page| Some(page.as_ref()?.as_ref().ok()?.seq));
        if shown.is_some() && newest > shown {
            page.refetch();
        }
    });
}

/// Everything below the title.
#[component]
fn WalletBody(page: WalletPage, payments: Payments, query: StatementQuery) -> impl IntoView {
    let live = live();
    let (seq, served) = (page.seq, (page.available, page.held));
    // The header's numbers, if they are newer than those that came with the page.
    let moved = move || {
        live.me.with(|me| me.as_ref().filter(|me| me.wallet_seq > seq).map(|me| (me.available, me.held)))
    };
    let balance: Memo<(Money, Money)> = Memo::new(move |_| moved().unwrap_or(served));
    let available = Memo::new(move |_| balance.get().0);
    let held = Memo::new(move |_| balance.get().1);
    view! {
        <Balance available held escrow=page.escrow />
        <PaymentForms payments available />
        <Holds holds=page.holds now=page.now />
        <Statement rows=page.rows next=page.next ignored=page.ignored query />
    }
}
