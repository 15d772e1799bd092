//! The ways through a list that is shown in pieces.

use leptos::prelude::*;

/// Below the newest: a link to what is older, which with scripts brings it here.
#[component]
pub fn More(
    /// Where it leads; `None` at the end of the list.
    href: Memo<Option<String>>,
    /// It is on its way.
    busy: Memo<bool>,
    /// The link's words.
    words: &'static str,
    /// Brings it here.
    #[prop(into)]
    bring: Callback<()>,
) -> impl IntoView {
    move || {
        href.get().map(|href| {
            view! {
                <p class="more">
                    <a
                        class="btn btn-ghost"
                        href=href
                        rel="nofollow"
                        aria-busy=move || busy.get().then_some("true")
                        on:click=move |event| {
                            event.prevent_default();
                            bring.run(());
                        }
                    >
                        {words}
                    </a>
                </p>
            }
        })
    }
}

/// Below an older piece: back to the newest, and on to what is older still.
#[component]
pub fn Onward(
    /// Where the newest stand.
    newest: String,
    /// The words for them.
    newest_words: &'static str,
    /// Where what is older stands; `None` at the end of the list.
    older: Option<String>,
    /// The words for it.
    older_words: &'static str,
) -> impl IntoView {
    view! {
        <p class="more btn-row">
            <a class="btn btn-ghost" href=newest>
                {newest_words}
            </a>
            {older
                .map(|href| {
                    view! {
                        <a class="btn btn-ghost" href=href rel="nofollow">
                            {older_words}
                        </a>
                    }
                })}
        </p>
    }
}
