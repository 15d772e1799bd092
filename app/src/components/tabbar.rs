//! The phone's main menu.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Icon, chat_link::ChatCount};
use crate::paths;

/// Five places, the current one marked.
#[component]
pub fn TabBar() -> impl IntoView {
    let location = use_location();
    let tabs = [
        (paths::HOME, "home", tr!(common.tab.home)),
        (paths::ME, "gavel", tr!(common.tab.me)),
        (paths::SELL, "plus", tr!(common.tab.sell)),
        (paths::CHATS, "chat", tr!(talk.title)),
        (paths::WALLET, "wallet", tr!(common.tab.wallet)),
    ];
    let is_here = move |path: &str| {
        let here = location.pathname.get();
        here == path || (path == paths::CHATS && here.starts_with(path))
    };
    let current = move |path: &'static str| is_here(path).then_some("page");
    view! {
        <nav class="tabbar" aria-label=tr!(common.tab.label)>
            {tabs
                .map(|(path, icon, name)| {
                    view! {
                        <a href=path aria-current=move || current(path)>
                            <Icon name=icon />
                            {name}
                            {(path == paths::CHATS).then(|| view! { <ChatCount /> })}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
}
