//! What every page of the staff has around it: the way to the others, what is amiss, and its heading.

use leptos::prelude::*;

use crate::{
    components::{PageTitle, chips::chosen_in_sight},
    paths,
};

/// The whole page of a section.
#[component]
pub fn Frame(
    /// The section that is marked: its path.
    here: &'static str,
    /// The heading, and the name of the window.
    #[prop(into)]
    title: String,
    /// What one does here, in a sentence.
    #[prop(optional, into)]
    lead: Option<String>,
    /// What stands below.
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title.clone() />
        <main id="main" class="page wrap">
            <Sections here />
            <div class="page-head">
                <div>
                    <h1>{title}</h1>
                    {lead.map(|lead| view! { <p class="page-lead">{lead}</p> })}
                </div>
            </div>
            {children()}
        </main>
    }
}

/// The sections, the current one marked.
#[component]
fn Sections(here: &'static str) -> impl IntoView {
    let row = chosen_in_sight();
    let sections = [
        (paths::ADMIN, tr!(staff.section.index)),
        (paths::ADMIN_REPORTS, tr!(staff.section.reports)),
        (paths::DISPUTES, tr!(staff.section.disputes)),
        (paths::ADMIN_USERS, tr!(staff.section.users)),
        (paths::ADMIN_AUCTIONS, tr!(staff.section.auctions)),
        (paths::ADMIN_QUESTIONS, tr!(staff.section.questions)),
        (paths::ADMIN_CATEGORIES, tr!(staff.section.categories)),
        (paths::ADMIN_LEDGER, tr!(staff.section.ledger)),
        (paths::ADMIN_CHARTS, tr!(staff.section.charts)),
        (paths::ADMIN_LOG, tr!(staff.section.log)),
    ];
    let section = move |(path, name): (&'static str, &'static str)| {
        view! {
            <li>
                <a class="chip" href=path aria-current=(path == here).then_some("page")>
                    {name}
                </a>
            </li>
        }
    };
    view! {
        <nav class="admin-sections" aria-label=tr!(staff.sections)>
            <ul class="chips" node_ref=row>
                {sections.map(section).collect_view()}
            </ul>
        </nav>
    }
}
