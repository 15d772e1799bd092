//! On the server: the sheet, written with the real components.

mod cards;
mod forms;
mod marks;
mod notices;
mod people;

use leptos::{prelude::*, reactive::owner::Owner};

use self::{
    cards::{Cards, Figures},
    forms::{Choices, Inputs},
    marks::{Buttons, Marks},
    notices::{Notices, Waiting},
    people::People,
};
use crate::server_side::AppContext;

/// The sheet as HTML, in development.
pub fn sheet() -> Option<String> {
    let development = use_context::<AppContext>().is_some_and(|context| context.development);
    // It never comes alive, so nothing in it may take part in hydration, nor anything around it be told so.
    development.then(|| Owner::new().with(|| Owner::with_no_hydration(|| view! { <Sheet /> }.to_html())))
}

#[component]
fn Sheet() -> impl IntoView {
    view! {
        <div class="page-head">
            <div>
                <h1>{tr!(home.gallery.title)}</h1>
                <p class="page-lead">{tr!(home.gallery.lead)}</p>
            </div>
        </div>
        <Section heading=tr!(home.gallery.buttons)>
            <Buttons />
        </Section>
        <Section heading=tr!(home.gallery.marks)>
            <Marks />
        </Section>
        <Section heading=tr!(home.gallery.choices)>
            <Choices />
        </Section>
        <Section heading=tr!(home.gallery.inputs)>
            <Inputs />
        </Section>
        <Section heading=tr!(home.gallery.figures)>
            <Figures />
        </Section>
        <Section heading=tr!(home.gallery.notices)>
            <Notices />
        </Section>
        <Section heading=tr!(home.gallery.cards)>
            <Cards />
        </Section>
        <Section heading=tr!(home.gallery.people)>
            <People />
        </Section>
        <Section heading=tr!(home.gallery.waiting)>
            <Waiting />
        </Section>
    }
}

#[component]
fn Section(heading: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{heading}</h2>
            </div>
            {children()}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::provide_live;

    #[test]
    fn the_sheet_shows_each_standing_and_what_people_wrote_as_text() {
        let html = Owner::new().with(|| {
            provide_live();
            view! { <Sheet /> }.to_html()
        });
        let states = |of: &str| -> Vec<String> {
            let classes = html.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
            let words = classes.map(|class| class.split_whitespace().collect::<Vec<_>>().join(" "));
            words.filter(|class| class.split(' ').next() == Some(of)).collect()
        };
        let cards =
            ["card is-leading is-hot", "card is-outbid", "card", "card is-over", "card", "card", "card"];
        assert_eq!(states("card"), cards);
        assert_eq!(states("clock").last().map(String::as_str), Some("clock is-l is-hot is-beating"));
        assert!(html.contains("&lt;/textarea&gt;") && !html.contains("<b>글자로만"));
    }
}
