//! There is nothing at this address. The answer's status says so too.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser as here;
#[cfg(feature = "ssr")]
use server as here;

use leptos::prelude::*;

use crate::{
    components::{Art, PageTitle},
    paths,
};

/// The page; whoever shows it in place of its own answers 404.
#[component]
pub fn NotFound() -> impl IntoView {
    here::mark();
    view! {
        <main id="main" class="page wrap">
            <PageTitle text=tr!(home.not_found.title) />
            <section class="empty is-page">
                <Art name="stroller" first=true />
                <p class="empty-code">"404"</p>
                <h1>{tr!(home.not_found.heading)}</h1>
                <p>{tr!(home.not_found.why)}</p>
                <div class="btn-row">
                    <a class="btn btn-primary" href=paths::HOME>
                        {tr!(home.not_found.home)}
                    </a>
                </div>
            </section>
        </main>
    }
}
