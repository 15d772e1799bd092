//! The decision: who gets the money, why, and one confirmation that it cannot be undone.

use leptos::{form::ActionForm, prelude::*};
use market::{
    people::GONE,
    text,
    trade::{Decision, REASON_MAX},
    view::{DisputePage, Trade},
};

use crate::{
    api::{ApiError, DecideSale},
    components::{
        Field, Icon, TextArea,
        failure::{Failed, beside_fields, fault_of},
        field::FieldFault,
        review::name_of,
    },
    key::{FormKey, KeyField},
    language::won,
    reply::{Reply, reply_to},
};

/// The form's state.
#[derive(Clone, Copy)]
pub struct Deciding {
    act: ServerAction<DecideSale>,
    key: FormKey,
    reply: StoredValue<Option<Reply>>,
}

impl Deciding {
    /// Whatever is answered, the page is read again.
    #[must_use]
    pub fn new(reread: Callback<()>) -> Self {
        let act = ServerAction::<DecideSale>::new();
        let key = FormKey::new();
        Effect::new(move |_| {
            if let Some(answer) = act.value().get() {
                key.answered(&answer);
                reread.run(());
            }
        });
        Self { act, key, reply: StoredValue::new(reply_to("decide_sale")) }
    }

    fn error(self) -> Signal<Option<ApiError>> {
        Signal::derive(move || match self.act.value().get() {
            Some(answer) => answer.err(),
            None => self.reply.with_value(|reply| reply.as_ref().and_then(Reply::error)),
        })
    }

    fn typed(self, field: &str) -> String {
        self.reply.with_value(|reply| {
            let refused = reply.as_ref().filter(|reply| reply.status >= 400);
            refused.and_then(|reply| reply.field(field)).unwrap_or_default()
        })
    }
}

/// The form as long as it is open, then what was decided.
#[component]
pub fn Decide(page: RwSignal<DisputePage>, open: Memo<bool>, deciding: Deciding) -> impl IntoView {
    let form = move || view! { <DecideForm trade=page.with_untracked(|page| page.trade.clone()) deciding /> };
    view! {
        <section class="box" aria-labelledby="h-decide">
            <div class="box-head">
                <h2 id="h-decide">{tr!(staff.decide.title)}</h2>
            </div>
            <Show when=move || open.get() fallback=move || view! { <Decided page=page.get() /> }>
                {form()}
            </Show>
        </section>
    }
}

#[component]
fn Decided(page: DisputePage) -> impl IntoView {
    let decided = page.trade.dispute.and_then(|dispute| dispute.decided);
    let Some((decided, name)) = decided.zip(page.decided_by) else {
        return view! { <p>{tr!(trade.talk.settled_by_buyer)}</p> }.into_any();
    };
    let name = if name == GONE { tr!(reviews.gone).to_owned() } else { name };
    let words = match decided.decision {
        Decision::Settle => tr!(trade.talk.settled_by_staff),
        Decision::Refund => tr!(trade.talk.refunded_by_staff),
    };
    let by = tr!(staff.decide.decided, name = name, day = text::day_time(decided.at)).to_string();
    view! {
        <div class="notice is-good" role="status">
            <Icon name="check" />
            <p>
                <b>{words}</b>
                " "
                {by}
            </p>
        </div>
        <p class="dim whitespace-pre-line">{decided.reason}</p>
    }
    .into_any()
}

#[component]
fn DecideForm(trade: Trade, deciding: Deciding) -> impl IntoView {
    let error = deciding.error();
    let fault = move |field| Signal::derive(move || fault_of(error.get().as_ref(), field));
    let explained = tr!(staff.decide.explained, amount = won(trade.paid)).to_string();
    view! {
        <p class="hint">{explained}</p>
        <Failed error=beside_fields(error) />
        <ActionForm action=deciding.act attr:class="form-stack">
            <input type="hidden" name="auction_id" value=trade.auction.to_string() />
            <KeyField key=deciding.key />
            <Choices trade=trade.clone() chosen=deciding.typed("decision") fault=fault("decision") />
            <Field
                id="reason"
                label=tr!(staff.decide.reason)
                hint=tr!(staff.decide.reason_hint)
                fault=fault("reason")
            >
                <TextArea
                    name="reason"
                    id="reason"
                    value=deciding.typed("reason")
                    maxlength=REASON_MAX
                    rows=5
                    hinted=true
                    fault=fault("reason")
                />
            </Field>
            <label class="check">
                <input type="checkbox" name="sure" value="true" required />
                <span>{tr!(staff.decide.sure)}</span>
            </label>
            <button
                class="btn btn-primary btn-l btn-block"
                disabled=move || deciding.act.pending().get()
            >
                {tr!(staff.decide.submit)}
            </button>
        </ActionForm>
    }
}

/// To the seller, or back to the buyer.
#[component]
fn Choices(trade: Trade, chosen: String, fault: Signal<Option<&'static str>>) -> impl IntoView {
    let chosen = Decision::from_name(&chosen);
    let option = move |decision: Decision| {
        let (words, more) = match decision {
            Decision::Settle => {
                let more = tr!(staff.decide.settle_more, name = name_of(&trade.seller)).to_string();
                (tr!(staff.decide.settle), more)
            }
            Decision::Refund => {
                let more = tr!(staff.decide.refund_more, name = name_of(&trade.buyer)).to_string();
                (tr!(staff.decide.refund), more)
            }
        };
        view! {
            <label class="option-card">
                <input
                    type="radio"
                    name="decision"
                    value=decision.as_str()
                    checked=chosen == Some(decision)
                    required
                />
                <b>{words}</b>
                <small>{more}</small>
            </label>
        }
    };
    view! {
        <fieldset class="field" class:is-wrong=move || fault.get().is_some()>
            <legend class="label">{tr!(staff.decide.decision)}</legend>
            <div class="form-stack">
                {Decision::ALL.iter().copied().map(option).collect_view()}
            </div>
            <FieldFault id="decision" fault />
        </fieldset>
    }
}
