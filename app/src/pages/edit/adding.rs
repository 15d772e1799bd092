//! Somebody has bid: what was said stays, and one may add to it.

use leptos::{form::ActionForm, prelude::*};
use market::{
    AuctionId, Money, PictureId,
    opening::{ADDITION_MAX, Draft},
    text::day_time,
    view::EditPage,
};

use super::pictures::PlainPictures;
use crate::{
    api::AddToAuction,
    components::{Additions, Field, TextArea, failure::fault_of, picture::Photo},
    key::{FormKey, KeyField},
    language::won,
    pages::sell::{Foot, Photos, Tray},
    paths,
    reply::{Reply, reply_to},
};

/// What is fixed, and the form that adds.
#[component]
pub fn AddingForm(page: EditPage, id: AuctionId, key: FormKey) -> impl IntoView {
    let draft = page.form.draft;
    let pictures = draft.pictures().unwrap_or_default();
    let shown = pictures.len();
    view! {
        <PlainPictures id shown />
        <section class="form-section">
            <h2>{tr!(sell.edit.fixed)}</h2>
            <p class="hint">{tr!(sell.edit.fixed_hint)}</p>
            <Fixed draft ends=day_time(page.opened.ends_at) />
            <Shown pictures />
            <Additions auction=id />
        </section>
        <Adding id key shown />
    }
}

#[component]
fn Adding(id: AuctionId, key: FormKey, shown: usize) -> impl IntoView {
    let reply = reply_to("add_to_auction");
    let refused = reply.as_ref().and_then(Reply::error);
    let typed = reply.and_then(|reply| reply.field("addition")).unwrap_or_default();
    let tray = Tray::beside(shown);
    let action = ServerAction::<AddToAuction>::new();
    Effect::new(move |_| {
        // The key stays after a refusal: an addition whose answer was lost is not made twice.
        if matches!(action.value().get(), Some(Ok(()))) {
            key.renew();
        }
    });
    let error = Signal::derive(move || action.value().get().map_or_else(|| refused.clone(), Result::err));
    let fault = move |field: &'static str| {
        Signal::derive(move || error.with(|error| fault_of(error.as_ref(), field)))
    };
    let label = Signal::stored(tr!(sell.edit.add).to_owned());
    view! {
        <ActionForm action>
            <section class="form-section">
                <h2>{tr!(sell.edit.adding)}</h2>
                <p class="hint">{tr!(sell.edit.adding_hint)}</p>
                <div class="form-stack">
                    <Field
                        id="addition"
                        label=tr!(sell.edit.addition)
                        hint=tr!(sell.edit.addition_hint)
                        fault=fault("addition")
                        optional=true
                    >
                        <TextArea
                            name="addition"
                            id="addition"
                            value=typed
                            maxlength=ADDITION_MAX
                            hinted=true
                            fault=fault("addition")
                        />
                    </Field>
                    <Photos tray fault=fault("pictures") on_change=|()| {} />
                </div>
            </section>
            <input type="hidden" name="auction_id" value=id.to_string() />
            <KeyField key />
            <Foot label error tray pending=action.pending()>
                <a class="btn btn-ghost btn-l" href=paths::auction(id)>
                    {tr!(sell.edit.back)}
                </a>
            </Foot>
        </ActionForm>
    }
}

/// What the first bid has fixed, the reserve too: the page is the seller's.
#[component]
fn Fixed(draft: Draft, ends: String) -> impl IntoView {
    let step = match draft.increment.as_str() {
        "ladder" => Some(tr!(sell.price.ladder).to_owned()),
        unit => Some(Money::parse(unit).map_or_else(|| tr!(sell.price.own_ladder).to_owned(), won)),
    };
    let amount = |typed: &str| Money::parse(typed).map(won);
    let facts = [
        (tr!(sell.goods.title), Some(draft.title.clone())),
        (tr!(sell.price.start), amount(&draft.start_price)),
        (tr!(sell.price.increment), step),
        (tr!(sell.price.buy_now), amount(&draft.buy_now)),
        (tr!(sell.price.reserve), amount(&draft.reserve)),
        (tr!(sell.times.end), Some(ends)),
        (tr!(sell.times.soft_close), Some(soft_close_text(&draft))),
        (tr!(sell.settlement.legend), Some(settlement_text(&draft).to_owned())),
    ];
    let row = |(name, value): (&'static str, Option<String>)| {
        value.map(|value| {
            view! {
                <dt>{name}</dt>
                <dd>{value}</dd>
            }
        })
    };
    view! {
        <dl class="facts box">{facts.into_iter().map(row).collect_view()}</dl>
        <div class="prose whitespace-pre-line">{draft.description}</div>
    }
}

fn soft_close_text(draft: &Draft) -> String {
    match draft.soft_close.as_str() {
        "usual" => tr!(sell.times.usual).to_owned(),
        "live_show" => tr!(sell.times.live_show).to_owned(),
        "none" => tr!(sell.times.none).to_owned(),
        _ => {
            let Draft { soft_window, soft_extension, soft_hard_stop, .. } = draft;
            format!("{soft_window} / {soft_extension} / {soft_hard_stop} {}", tr!(sell.times.seconds))
        }
    }
}

fn settlement_text(draft: &Draft) -> &'static str {
    if draft.settlement == "on_handover" {
        tr!(sell.settlement.on_handover)
    } else {
        tr!(sell.settlement.on_close)
    }
}

/// The pictures that are there and stay.
#[component]
fn Shown(pictures: Vec<PictureId>) -> impl IntoView {
    let item = |(index, picture): (usize, PictureId)| {
        let alt = tr!(sell.photos.name, number = index + 1).to_string();
        view! {
            <li class="photo">
                <Photo picture alt sizes="120px" />
            </li>
        }
    };
    (!pictures.is_empty()).then(|| {
        view! {
            <p class="hint">{tr!(sell.edit.photos_stay)}</p>
            <ul class="photos">{pictures.into_iter().enumerate().map(item).collect_view()}</ul>
        }
    })
}
