//! The bottom of every page.

use leptos::prelude::*;

use super::preferences::{LanguageSwitch, ThemeSwitch, chosen_theme};

/// The footer.
#[component]
pub fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <div class="wrap">
                <div class="footer-text">
                    <p>{tr!(common.footer.promise)}</p>
                    <p>{tr!(common.footer.source)}</p>
                </div>
                <div class="switches">
                    <ThemeSwitch label=tr!(common.theme.in_footer) chosen=chosen_theme() />
                    <LanguageSwitch label=tr!(common.language.in_footer) />
                </div>
            </div>
        </footer>
    }
}
