//! A ladder as people read it.

use leptos::prelude::*;
use market::{Band, Increment, Money};

use crate::language::won;

/// The steps of a ladder; of fixed steps nothing more is to be said. Without scripts the offered ladder's.
#[component]
pub fn Steps(
    /// As typed, if it can be read.
    #[prop(into)]
    increment: Signal<Option<Increment>>,
) -> impl IntoView {
    let bands = move || match increment.get() {
        Some(Increment::Ladder { bands }) => bands,
        _ => match Increment::offered_ladder() {
            Increment::Ladder { bands } => bands,
            Increment::Fixed { .. } => Vec::new(),
        },
    };
    let row = |(from, band): (Option<Money>, Band)| {
        view! {
            <dt>{range(from, band.below)}</dt>
            <dd>{tr!(sell.price.step, amount = won(band.step)).to_string()}</dd>
        }
    };
    view! {
        <dl class="facts ladder">
            {move || {
                let bands = bands();
                let from: Vec<Option<Money>> =
                    std::iter::once(None).chain(bands.iter().map(|band| band.below)).collect();
                from.into_iter().zip(bands).map(row).collect_view()
            }}
        </dl>
    }
}

/// From a limit, which belongs to the band, to the next, which does not.
fn range(from: Option<Money>, below: Option<Money>) -> String {
    match (from, below) {
        (None, None) => tr!(sell.price.always).to_owned(),
        (None, Some(below)) => tr!(sell.price.below, below = won(below)).to_string(),
        (Some(from), None) => tr!(sell.price.from, from = won(from)).to_string(),
        (Some(from), Some(below)) => {
            tr!(sell.price.between, from = won(from), below = won(below)).to_string()
        }
    }
}
