//! The two parties of a trade review each other, on the auction's page.

use leptos::{form::ActionForm, prelude::*};
use market::{
    auction::StatusCode,
    live::Party,
    review::{self, HIDDEN_DAYS, TEXT_MAX},
    text::{day, day_time},
    view::{Review, TradeReviews},
};

use super::{StarInput, Stars, name_of, received::ReviewText};
use crate::{
    api::{self, ApiError, WriteReview},
    components::{
        FailureNotice, Field, Icon, TextArea,
        failure::{failure, fault_of},
    },
    key::{FormKey, KeyField},
    live::live,
    paths,
    reply::reply_to,
};

/// The reviews of the page's auction. The page makes it, outside of what waits for data, and provides it.
#[derive(Clone, Copy)]
pub struct Reviewing {
    auction: Memo<String>,
    read: Resource<Result<Option<TradeReviews>, ApiError>>,
    write: ServerAction<WriteReview>,
    key: FormKey,
}

impl Reviewing {
    /// Those of the auction that the page's address names.
    #[must_use]
    pub fn of_page(auction: Memo<String>) -> Self {
        let write = ServerAction::<WriteReview>::new();
        let key = FormKey::new();
        let read = Resource::new_blocking(
            move || (auction.get(), write.version().get()),
            |(auction, _)| api::reviews_of_trade(auction),
        );
        Effect::new(move |_| {
            if let Some(answer) = write.value().get() {
                key.answered(&answer);
            }
        });
        Self { auction, read, write, key }
    }
}

/// What is to be done and what was said. Empty for whoever is not in the trade, and without [`Reviewing`] on
/// the page.
#[component]
pub fn ReviewPanel(
    /// How the auction stands now.
    #[prop(into)]
    status: Signal<Option<StatusCode>>,
) -> impl IntoView {
    use_context::<Reviewing>().map(|reviewing| view! { <Panel reviewing status /> })
}

#[component]
fn Panel(reviewing: Reviewing, status: Signal<Option<StatusCode>>) -> impl IntoView {
    // What was read before the auction ended knew of no trade, and before it was settled of no reviews.
    Effect::new(move |before: Option<Option<StatusCode>>| {
        let now = status.get();
        let unknown = matches!(reviewing.read.get_untracked(), Some(Ok(None)));
        if before.map_or(unknown, |before| before != now) {
            reviewing.read.refetch();
        }
        now
    });
    // Mine is written, and the other one's comes: there is no form that could lose what is typed.
    let inbox = live().inbox();
    Effect::new(move |before: Option<Option<i64>>| {
        let now = inbox.get();
        let waits = |trade: &TradeReviews| trade.mine.is_some() && trade.theirs.is_none();
        let waits = matches!(reviewing.read.get_untracked(), Some(Ok(Some(trade))) if waits(&trade));
        if waits && before.flatten().is_some_and(|before| Some(before) != now) {
            reviewing.read.refetch();
        }
        now
    });
    view! {
        <Transition>
            {move || {
                reviewing
                    .read
                    .get()
                    .map(|answer| match answer {
                        Ok(Some(trade)) => view! { <Body reviewing trade /> }.into_any(),
                        Ok(None) => ().into_any(),
                        Err(error) => view! { <FailureNotice error /> }.into_any(),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Body(reviewing: Reviewing, trade: TradeReviews) -> impl IntoView {
    let plainly = reply_to("review").is_some_and(|reply| reply.status < 400);
    let sent = Memo::new(move |_| plainly || matches!(reviewing.write.value().get(), Some(Ok(_))));
    let what = match (&trade.mine, trade.may_write) {
        (None, true) => view! { <ReviewForm reviewing trade /> }.into_any(),
        (None, false) => view! { <p class="dim">{tr!(reviews.too_early)}</p> }.into_any(),
        (Some(_), _) => view! { <Both trade /> }.into_any(),
    };
    view! {
        <section class="box" id=paths::REVIEW aria-labelledby="h-review">
            <div class="box-head">
                <h2 id="h-review">{tr!(reviews.title)}</h2>
            </div>
            <div role="status">
                {move || {
                    sent.get()
                        .then(|| {
                            view! {
                                <p class="notice is-good">
                                    <Icon name="check" />
                                    {tr!(reviews.sent)}
                                </p>
                            }
                        })
                }}
            </div>
            {what}
        </section>
    }
}

/// The form, with what was typed into it if it was refused.
#[component]
fn ReviewForm(reviewing: Reviewing, trade: TradeReviews) -> impl IntoView {
    let reply = reply_to("review");
    let before = |name: &str| reply.as_ref().and_then(|reply| reply.field(name));
    let stars = before("stars").and_then(|stars| stars.parse().ok()).and_then(review::Stars::new);
    let text = before("text").unwrap_or_default();
    let error = failure("review", move || reviewing.write.value().get());
    let stars_fault = Signal::derive(move || {
        error.with(|error| fault_of(error.as_ref(), "stars")).map(|_| tr!(reviews.choose_stars))
    });
    let text_fault = Signal::derive(move || error.with(|error| fault_of(error.as_ref(), "text")));
    let other = move || error.get().filter(|_| stars_fault.get().is_none() && text_fault.get().is_none());
    let name = name_of(&trade.other);
    let ask = match trade.party {
        Party::Winner => tr!(reviews.ask_seller, name = name.clone()).to_string(),
        Party::Seller => tr!(reviews.ask_buyer, name = name.clone()).to_string(),
    };
    let they_wrote = trade.they_wrote.then(|| tr!(reviews.they_wrote, name = name).to_string());
    let pending = reviewing.write.pending();
    view! {
        <p>
            <b>{ask}</b>
        </p>
        <p class="hint">
            {they_wrote.unwrap_or_else(|| tr!(reviews.hidden_until, days = HIDDEN_DAYS).to_string())}
        </p>
        <ActionForm action=reviewing.write attr:class="form-stack">
            {move || other().map(|error| view! { <FailureNotice error /> })}
            <StarInput chosen=stars fault=stars_fault />
            <Field
                id="review-text"
                label=tr!(reviews.text)
                hint=tr!(reviews.text_hint, max = TEXT_MAX).to_string()
                fault=text_fault
                optional=true
            >
                <TextArea
                    name="text"
                    id="review-text"
                    value=text
                    maxlength=TEXT_MAX
                    rows=4
                    hinted=true
                    fault=text_fault
                />
            </Field>
            <input type="hidden" name="auction_id" value=reviewing.auction.get_untracked() />
            <KeyField key=reviewing.key />
            <button class="btn btn-primary btn-l btn-block" class:is-busy=move || pending.get()>
                {tr!(reviews.submit)}
            </button>
        </ActionForm>
    }
}

/// Mine, and the other one's as far as it is seen.
#[component]
fn Both(trade: TradeReviews) -> impl IntoView {
    let name = name_of(&trade.other);
    let now = trade.now;
    let mine = trade.mine.map(|mine| {
        let seen = if mine.shown_at <= now {
            tr!(reviews.shown).to_owned()
        } else {
            tr!(reviews.shown_later, name = name.clone(), day = day_time(mine.shown_at)).to_string()
        };
        view! { <Said title=tr!(reviews.mine).to_owned() review=mine note=seen /> }
    });
    let theirs = match (trade.theirs, trade.they_wrote) {
        (Some(theirs), _) => {
            let title = tr!(reviews.theirs, name = name).to_string();
            view! { <Said title review=theirs note=String::new() /> }.into_any()
        }
        (None, false) => {
            view! { <p class="dim">{tr!(reviews.not_yet, name = name).to_string()}</p> }.into_any()
        }
        (None, true) => ().into_any(),
    };
    view! { {mine} {theirs} }
}

#[component]
fn Said(title: String, review: Review, note: String) -> impl IntoView {
    view! {
        <div class="review">
            <h3>{title}</h3>
            <div class="review-head">
                <Stars stars=review.stars />
                <span class="dim">{day(review.at)}</span>
            </div>
            <ReviewText text=review.text />
            {(!note.is_empty()).then(|| view! { <p class="dim">{note}</p> })}
        </div>
    }
}
