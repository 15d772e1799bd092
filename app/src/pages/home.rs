//! `/`: for now, proof that a page served complete comes to life.

use leptos::prelude::*;

/// The market's first page.
#[component]
pub fn Home() -> impl IntoView {
    let count = RwSignal::new(0_u32);
    view! {
        <h1>"이웃입찰"</h1>
        <button type="button" on:click=move |_| count.update(|count| *count += 1)>
            "Count: "
            {count}
        </button>
    }
}
