//! Something broke on our side. Written by the server alone, outside of the pages: it needs no session, no
//! socket, no script.

use leptos::prelude::*;

use crate::{components::Art, paths};

/// The page.
#[component]
pub fn ServerError(
    /// What the log says the cause under.
    #[prop(into)]
    reference: String,
) -> impl IntoView {
    view! {
        <main id="main" class="page wrap">
            <section class="empty is-page">
                <Art name="sewing-machine" first=true />
                <p class="empty-code">"500"</p>
                <h1>{tr!(home.server_error.heading)}</h1>
                <p>{tr!(home.server_error.safe)}</p>
                <p class="ref">{tr!(home.server_error.reference, reference = reference).to_string()}</p>
                <div class="btn-row">
                    <a class="btn btn-primary" href="">
                        {tr!(home.server_error.retry)}
                    </a>
                    <a class="btn btn-ghost" href=paths::HOME>
                        {tr!(home.server_error.home)}
                    </a>
                </div>
            </section>
        </main>
    }
}
