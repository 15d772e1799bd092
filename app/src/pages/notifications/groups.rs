//! The groups to choose from, each with what is unread in it.

use leptos::prelude::*;
use market::notice::Group;

use crate::{components::chips::chosen_in_sight, paths};

/// Chips; the one that is shown is marked.
#[component]
pub fn Groups(
    /// How many are unread in each.
    unread: Vec<(Group, i64)>,
    /// Which is shown; none: all.
    shown: Option<Group>,
) -> impl IntoView {
    let row = chosen_in_sight();
    let all = unread.iter().map(|(_, count)| count).sum();
    let groups = unread.into_iter().map(|(group, count)| (Some(group), count));
    let chip = |(group, count): (Option<Group>, i64)| {
        let label = (count > 0).then(|| {
            let label = tr!(notices.page.unread_count, count = count).to_string();
            view! {
                " "
                <span class="num" aria-hidden="true">
                    {count}
                </span>
                <span class="sr-only">{label}</span>
            }
        });
        view! {
            <li>
                <a
                    class="chip"
                    href=paths::notifications(group, None)
                    aria-current=(group == shown).then_some("page")
                >
                    {group_name(group)}
                    {label}
                </a>
            </li>
        }
    };
    view! {
        <nav aria-label=tr!(notices.page.groups)>
            <ul class="chips" node_ref=row>
                {[(None, all)].into_iter().chain(groups).map(chip).collect_view()}
            </ul>
        </nav>
    }
}

/// The words of a group.
pub fn group_name(group: Option<Group>) -> &'static str {
    match group {
        None => tr!(notices.page.all),
        Some(Group::Bids) => tr!(notices.group.bids),
        Some(Group::Sales) => tr!(notices.group.sales),
        Some(Group::Talk) => tr!(notices.group.talk),
        Some(Group::Other) => tr!(notices.group.other),
    }
}
