//! What is typed is kept on the server a moment after the last keystroke, and when the page is left; without
//! scripts by a button.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use market::{Instant, opening::Draft, text};

use crate::{
    api,
    components::form_check::{FormCheck, alive},
    key::FormKey,
    live::{Live, live},
    reply::reply_to,
};

/// How long nothing is typed before it is kept.
const PAUSE: Duration = Duration::from_millis(1_500);

/// Keeps the form.
#[derive(Clone, Copy)]
pub struct Keeper {
    typed: Memo<Draft>,
    /// What the server has, or what stood in the form at first; `None` after a failure.
    kept: StoredValue<Option<Draft>>,
    waiting: StoredValue<Option<TimeoutHandle>>,
    /// When it was kept last, as people read it; `Err` if that failed.
    told: RwSignal<Option<Result<String, ()>>>,
    stopped: StoredValue<bool>,
    key: FormKey,
    live: Live,
    /// The page's time.
    now: Instant,
}

impl Keeper {
    /// Keeps what stands in the form, under the form's key.
    #[must_use]
    pub fn new(check: FormCheck<Draft>, key: FormKey, now: Instant) -> Self {
        let typed = check.part(Draft::clone);
        let keeper = Self {
            typed,
            kept: StoredValue::new(Some(typed.get_untracked())),
            waiting: StoredValue::new(None),
            told: RwSignal::new(None),
            stopped: StoredValue::new(false),
            key,
            live: live(),
            now,
        };
        Effect::new(move |_| {
            typed.track();
            keeper.wait();
        });
        on_cleanup(move || keeper.keep());
        keeper
    }

    /// The form has become an auction: nothing is kept from here on.
    pub fn stop(self) {
        self.stopped.set_value(true);
        self.forget_waiting();
    }

    /// After the next pause.
    fn wait(self) {
        self.forget_waiting();
        if self.has_news() {
            let handle = set_timeout_with_handle(move || self.keep(), PAUSE).ok();
            self.waiting.try_set_value(handle);
        }
    }

    fn forget_waiting(self) {
        let waiting = self.waiting.try_update_value(Option::take).flatten();
        if let Some(handle) = waiting {
            handle.clear();
        }
    }

    fn has_news(self) -> bool {
        let stopped = self.stopped.try_get_value().unwrap_or(true);
        let typed = self.typed.try_get_untracked();
        !stopped && typed.is_some() && Some(typed) != self.kept.try_get_value()
    }

    /// Now.
    fn keep(self) {
        self.forget_waiting();
        let Some(draft) = self.typed.try_get_untracked().filter(|_| self.has_news()) else { return };
        self.kept.try_set_value(Some(draft.clone()));
        let key = untrack(|| self.key.get());
        spawn_local(async move {
            let answer = api::save_draft(draft, key).await;
            if answer.is_err() {
                // Tried again with the next keystroke, and when the page is left.
                self.kept.try_set_value(None);
            }
            let time = move || text::clock(untrack(|| self.live.now(self.now)));
            self.told.try_set(Some(answer.map(|()| time()).map_err(drop)));
        });
    }
}

/// That it is kept; the button is for browsers without scripts.
#[component]
pub fn KeepButton(keeper: Keeper) -> impl IntoView {
    let alive = alive();
    let plain = reply_to("save_draft").map(|reply| reply.error().map_or(Ok(()), |_| Err(())));
    let words = move || match keeper.told.get().or_else(|| plain.map(|kept| kept.map(|()| String::new()))) {
        None => String::new(),
        Some(Ok(time)) => tr!(sell.kept.saved, time = time).trim().to_owned(),
        Some(Err(())) => tr!(sell.kept.failed).to_owned(),
    };
    view! {
        {move || {
            (!alive.get())
                .then(|| {
                    view! {
                        <button class="btn btn-ghost btn-l" formaction="/api/save_draft" formnovalidate>
                            {tr!(sell.kept.save)}
                        </button>
                    }
                })
        }}
        <span class="hint form-kept">{words}</span>
    }
}
