//! The second yes: what one may have to pay, at most; and louder when the amount looks like a slip of the
//! finger.

use leptos::{html, prelude::*};
use market::Money;

use super::{
    bidding::{Asked, Bidding},
    offer::Question,
    sheet::focus,
    submit::{SubmitBid, bid_label},
};
use crate::language::won;

const MAIN: &str = "btn btn-primary btn-xl btn-block";

/// In place of the form, while something is asked.
#[component]
pub fn Confirm(bidding: Bidding) -> impl IntoView {
    let block = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if bidding.asked.get().is_some() {
            focus(block.get().as_deref());
        }
    });
    move || {
        bidding.asked.get().map(|asked| {
            let question = Memo::new(move |_| bidding.question(asked));
            view! {
                <div class="confirm" tabindex="-1" node_ref=block>
                    <h2>{move || heading(asked, question.get())}</h2>
                    {move || explanation(bidding, asked, question.get()).map(|text| view! { <p>{text}</p> })}
                    <dl class="facts confirm-sum">{move || sum_view(bidding, asked, question.get())}</dl>
                    <div class="panel-form">
                        {move || buttons(bidding, asked, question.get())}
                        <button type="button" class="btn btn-quiet" on:click=move |_| bidding.retract()>
                            {tr!(auction.confirm.back)}
                        </button>
                        <p class="panel-note">{move || note(question.get())}</p>
                    </div>
                </div>
            }
        })
    }
}

fn heading(asked: Asked, question: Question) -> String {
    let amount = won(asked.amount);
    match question {
        Question::Plain => tr!(auction.confirm.plain, amount = amount).to_string(),
        Question::Automatic => tr!(auction.confirm.automatic, amount = amount).to_string(),
        Question::Maximum => tr!(auction.confirm.maximum, amount = amount).to_string(),
        Question::Large => tr!(auction.confirm.large).to_owned(),
        Question::Purchase { price } => tr!(auction.confirm.purchase, amount = won(price)).to_string(),
    }
}

fn explanation(bidding: Bidding, asked: Asked, question: Question) -> Option<String> {
    match question {
        Question::Plain | Question::Maximum => None,
        Question::Automatic => Some(tr!(auction.confirm.automatic_more).to_owned()),
        Question::Large => {
            let next = won(bidding.here.next_bid.get());
            let amount = won(asked.amount);
            Some(tr!(auction.confirm.large_more, next = next, amount = amount).to_string())
        }
        Question::Purchase { .. } => Some(tr!(auction.confirm.purchase_more).to_owned()),
    }
}

fn note(question: Question) -> &'static str {
    match question {
        Question::Purchase { .. } => tr!(auction.buy.note),
        Question::Maximum => tr!(auction.form.note_maximum),
        _ => tr!(auction.confirm.note),
    }
}

/// The figures: the last is the most that can be paid.
fn sum_view(bidding: Bidding, asked: Asked, question: Question) -> AnyView {
    let here = bidding.here;
    let held = here.stand.get().maximum().unwrap_or(Money::ZERO);
    let locked = asked.amount - held;
    let mut rows: Vec<(&'static str, Money)> = Vec::new();
    let most = match question {
        Question::Purchase { price } => {
            rows.push((tr!(auction.confirm.typed), asked.amount));
            price
        }
        Question::Large => {
            rows.push((tr!(auction.confirm.next), here.next_bid.get()));
            rows.push((tr!(auction.confirm.typed), asked.amount));
            asked.amount
        }
        Question::Plain | Question::Automatic | Question::Maximum => {
            if here.price().is_positive() {
                rows.push((tr!(auction.figure.price), here.price()));
            }
            if locked.is_negative() {
                rows.push((tr!(auction.confirm.released), -locked));
            } else {
                rows.push((tr!(auction.confirm.locked), locked));
            }
            asked.amount
        }
    };
    let rows = rows.into_iter().map(|(name, amount)| {
        view! {
            <dt>{name}</dt>
            <dd>{won(amount)}</dd>
        }
    });
    view! {
        {rows.collect_view()}
        <dt class="is-total">{tr!(auction.confirm.most)}</dt>
        <dd class="is-total">{won(most)}</dd>
    }
    .into_any()
}

fn buttons(bidding: Bidding, asked: Asked, question: Question) -> AnyView {
    let automatic = Signal::stored(asked.automatic);
    let amount = Signal::stored(asked.amount);
    let leads = bidding.here.stand.get().leads();
    match question {
        Question::Purchase { price } => {
            let label = Signal::stored(tr!(auction.buy.submit, amount = won(price)).to_string());
            view! { <SubmitBid bidding amount automatic purchase=true class=MAIN label /> }.into_any()
        }
        Question::Large => {
            let next = Signal::derive(move || bidding.here.next_bid.get());
            let safe = Signal::derive(move || bid_label(next.get(), asked.automatic, false));
            let large = tr!(auction.confirm.large_yes, amount = won(asked.amount)).to_string();
            view! {
                {(!leads)
                    .then(|| view! { <SubmitBid bidding amount=next automatic class=MAIN label=safe /> })}
                <SubmitBid
                    bidding
                    amount
                    automatic
                    class="btn btn-ghost btn-l btn-block"
                    label=Signal::stored(large)
                />
            }
            .into_any()
        }
        Question::Plain | Question::Automatic | Question::Maximum => {
            let label = Signal::stored(bid_label(asked.amount, asked.automatic, leads));
            view! { <SubmitBid bidding amount automatic class=MAIN label /> }.into_any()
        }
    }
}
