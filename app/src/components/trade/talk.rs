//! What is said in a dispute: everybody concerned reads and writes the same.

use leptos::{form::ActionForm, html, prelude::*};
use market::{
    AuctionId,
    auction::StatusCode,
    text,
    trade::{Decision, Side, TEXT_MAX},
    view::{DisputeMessage, Trade},
};

use super::{Chosen, PictureField, TurnTag, complaint_text, side_text};
use crate::{
    api::WriteInDispute,
    components::{
        Field, Icon, TextArea,
        failure::{Failed, beside_fields, failure, fault_of},
        picture::BubblePicture,
    },
    key::{FormKey, KeyField},
    paths,
    reply::reply_to,
};

/// The dispute of a sale that has one.
#[component]
pub fn DisputeTalk(
    /// The sale.
    #[prop(into)]
    trade: Signal<Trade>,
    /// Something was said: what is shown must be read again.
    said: Callback<()>,
) -> impl IntoView {
    let side = trade.with_untracked(|trade| trade.side);
    let id = trade.with_untracked(|trade| trade.auction);
    let turn = Memo::new(move |_| trade.with(Trade::turn));
    let open = Memo::new(move |_| trade.with(|trade| trade.status) == StatusCode::Disputed);
    let messages = move || {
        trade.with(|trade| trade.dispute.as_ref().map_or_else(Vec::new, |dispute| dispute.messages.clone()))
    };
    let is_empty = Memo::new(move |_| messages().is_empty());
    view! {
        <section class="box" id=paths::DISPUTE aria-labelledby="h-dispute">
            <div class="box-head">
                <h2 id="h-dispute">{tr!(trade.talk.title)}</h2>
                {move || view! { <TurnTag turn=turn.get() side /> }}
            </div>
            <p class="dim">{move || trade.with(opened_text)}</p>
            <div role="log" aria-label=tr!(trade.talk.log)>
                <ol class="talk">
                    <For each=messages key=|message| message.id let:message>
                        <Said trade message />
                    </For>
                </ol>
                {move || is_empty.get().then(|| view! { <p class="dim">{tr!(trade.talk.empty)}</p> })}
            </div>
            <Show when=move || open.get() fallback=move || view! { <Outcome trade /> }>
                <SayForm id side said />
            </Show>
        </section>
    }
}

fn opened_text(trade: &Trade) -> String {
    trade.dispute.as_ref().map_or_else(String::new, |dispute| {
        let (complaint, day) = (complaint_text(dispute.complaint), text::day_time(dispute.opened_at));
        tr!(trade.talk.opened, complaint = complaint, day = day).to_string()
    })
}

/// What somebody said, and below it who and when.
#[component]
fn Said(trade: Signal<Trade>, message: DisputeMessage) -> impl IntoView {
    let (who, mine) = trade.with_untracked(|trade| {
        let mine = message.side == trade.side;
        let me = mine && trade.side != Side::Staff;
        let who = side_text(message.side, &trade.buyer, &trade.seller);
        (if me { tr!(trade.talk.me).to_owned() } else { who }, mine)
    });
    let alt = tr!(trade.talk.picture, who = who.clone()).to_string();
    let picture = message.picture.map(|picture| view! { <BubblePicture picture alt /> });
    view! {
        <li class="said" class:is-mine=mine>
            <span class="bubble-by">{who}</span>
            {picture}
            <p class="bubble" class:is-mine=mine>
                {message.text}
            </p>
            <span class="bubble-meta">
                <time datetime=text::machine(message.at)>{text::day_time(message.at)}</time>
            </span>
        </li>
    }
}

/// What became of it, once it is over.
#[component]
fn Outcome(trade: Signal<Trade>) -> impl IntoView {
    let decided = move || trade.with(|trade| trade.dispute.as_ref()?.decided.clone());
    let words = move || match decided().map(|decided| decided.decision) {
        Some(Decision::Settle) => tr!(trade.talk.settled_by_staff),
        Some(Decision::Refund) => tr!(trade.talk.refunded_by_staff),
        None if trade.with(|trade| trade.status) == StatusCode::Settled => tr!(trade.talk.settled_by_buyer),
        None => tr!(trade.talk.over),
    };
    let reason =
        move || decided().map(|decided| view! { <span class="whitespace-pre-line">{decided.reason}</span> });
    view! {
        <div class="notice is-good" role="status">
            <Icon name="check" />
            <p>
                <b>{words}</b>
                " "
                {reason}
            </p>
        </div>
    }
}

/// Where one writes.
#[component]
fn SayForm(id: AuctionId, side: Side, said: Callback<()>) -> impl IntoView {
    let action = ServerAction::<WriteInDispute>::new();
    let error = failure("write_in_dispute", move || action.value().get());
    let refused = reply_to("write_in_dispute").filter(|reply| reply.status >= 400);
    let typed = refused.and_then(|reply| reply.field("text")).unwrap_or_default();
    let (fault, beside) =
        (Signal::derive(move || fault_of(error.get().as_ref(), "text")), beside_fields(error));
    let (key, field) = (FormKey::new(), NodeRef::<html::Textarea>::new());
    let chosen = Chosen::nothing();
    follow_answers(action, (key, field, chosen), said);
    let class = if side == Side::Staff { "btn btn-soft btn-block" } else { "btn btn-primary btn-block" };
    view! {
        <ActionForm action attr:class="form-stack">
            <input type="hidden" name="auction_id" value=id.to_string() />
            <KeyField key />
            <Failed error=beside />
            <Field id="dispute-text" label=tr!(trade.talk.text) hint=tr!(trade.talk.note) fault>
                <TextArea
                    name="text"
                    id="dispute-text"
                    value=typed
                    maxlength=TEXT_MAX
                    rows=3
                    hinted=true
                    fault
                    node=field
                />
            </Field>
            <PictureField chosen />
            <button class=class disabled=move || action.pending().get() || chosen.pending()>
                {tr!(trade.talk.submit)}
            </button>
        </ActionForm>
    }
}

/// What was said empties the field, and is read with everything else.
fn follow_answers(
    action: ServerAction<WriteInDispute>,
    (key, field, chosen): (FormKey, NodeRef<html::Textarea>, Chosen),
    said: Callback<()>,
) {
    Effect::new(move |_| {
        let Some(answer) = action.value().get() else { return };
        key.answered(&answer);
        if answer.is_ok()
            && let Some(field) = field.get_untracked()
        {
            field.set_value("");
            chosen.clear();
        }
        said.run(());
    });
}
