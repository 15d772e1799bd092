//! The phone's main menu.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Icon;
use crate::paths;

/// Four places, the current one marked.
#[component]
pub fn TabBar() -> impl IntoView {
    let location = use_location();
    let tabs = [
        (paths::HOME, "home", tr!(common.tab.home)),
        (paths::ME, "gavel", tr!(common.tab.me)),
        (paths::SELL, "plus", tr!(common.tab.sell)),
        (paths::WALLET, "wallet", tr!(common.tab.wallet)),
    ];
    let current = move |path: &'static str| (location.pathname.get() == path).then_some("page");
    view! {
        <nav class="tabbar" aria-label=tr!(common.tab.label)>
            {tabs
                .map(|(path, icon, name)| {
                    view! {
                        <a href=path aria-current=move || current(path)>
                            <Icon name=icon />
                            {name}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
}
