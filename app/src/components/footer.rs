//! The bottom of every page.

use leptos::prelude::*;

use super::preferences::{LanguageSwitch, ThemeSwitch, chosen_theme};
use crate::paths;

/// The footer.
#[component]
pub fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <div class="wrap">
                <div class="footer-text">
                    <p>{tr!(common.footer.promise)}</p>
                    <p>{tr!(common.footer.source)}</p>
                    <p class="footer-links">
                        // Written by the server alone, so not by the router.
                        <a href=paths::DEVELOPERS rel="external">
                            {tr!(common.footer.developers)}
                        </a>
                    </p>
                </div>
                <div class="switches">
                    <ThemeSwitch label=tr!(common.theme.in_footer) chosen=chosen_theme() />
                    <LanguageSwitch label=tr!(common.language.in_footer) />
                </div>
            </div>
        </footer>
    }
}
