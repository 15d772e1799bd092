//! What a bid at the last moment does.

use leptos::prelude::*;

use super::{
    choices::{Card, OptionCards},
    filling::Filling,
    inputs::SecondsInput,
};

/// As the form calls three numbers of one's own.
const OWN: &str = "own";

/// The usual ways, and an own one with its three numbers.
#[component]
pub fn SoftClose(filling: Filling) -> impl IntoView {
    let (check, draft) = (filling.check, filling.first.get_value());
    view! {
        <div class="choice-more">
            <OptionCards
                name="soft_close"
                legend=tr!(sell.times.soft_close)
                chosen=draft.soft_close
                cards=cards()
                opens=OWN
                fault=check.fault("soft_close")
            />
            <div class="choice-rest field-grid is-three">
                <SecondsInput
                    name="soft_window"
                    label=tr!(sell.times.window)
                    hint=tr!(sell.times.window_hint)
                    value=draft.soft_window
                    fault=check.fault("soft_window")
                />
                <SecondsInput
                    name="soft_extension"
                    label=tr!(sell.times.extension)
                    hint=tr!(sell.times.extension_hint)
                    value=draft.soft_extension
                    fault=check.fault("soft_extension")
                />
                <SecondsInput
                    name="soft_hard_stop"
                    label=tr!(sell.times.hard_stop)
                    hint=tr!(sell.times.hard_stop_hint)
                    value=draft.soft_hard_stop
                    fault=check.fault("soft_hard_stop")
                />
            </div>
        </div>
    }
}

fn cards() -> Vec<Card> {
    vec![
        Card { value: "usual", title: tr!(sell.times.usual), text: tr!(sell.times.usual_text) },
        Card { value: "live_show", title: tr!(sell.times.live_show), text: tr!(sell.times.live_show_text) },
        Card { value: "none", title: tr!(sell.times.none), text: tr!(sell.times.none_text) },
        Card { value: OWN, title: tr!(sell.times.own), text: tr!(sell.times.own_text) },
    ]
}
