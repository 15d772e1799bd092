//! What buyers will see, while it is being filled in: the card in the lists, and the head of the page.

mod card;
mod head;

use leptos::prelude::*;
use market::{PictureId, opening::Draft, view::Category};

use self::{card::CardPreview, head::HeadPreview};
use super::filling::Filling;
use crate::components::{Icon, Thumb};

/// What is pictured until a category is chosen.
const NO_CATEGORY: &str = "misc";

/// The preview.
#[component]
pub fn Preview(filling: Filling) -> impl IntoView {
    let note = if filling.opened.is_some() { tr!(sell.preview.edit) } else { tr!(sell.preview.cancel) };
    view! {
        <aside class="aside" aria-label=tr!(sell.preview.heading)>
            <p class="label">{tr!(sell.preview.heading)}</p>
            <div class="segmented is-s">
                <label>
                    <input type="radio" name="preview" checked />
                    <span>{tr!(sell.preview.card)}</span>
                </label>
                <label>
                    <input type="radio" name="preview" class="shows-head" />
                    <span>{tr!(sell.preview.page)}</span>
                </label>
            </div>
            <CardPreview filling />
            <HeadPreview filling />
            <div class="notice">
                <Icon name="info" />
                <p>{note}</p>
            </div>
        </aside>
    }
}

/// The first picture that is there, else the category's illustration.
#[component]
fn Cover(
    filling: Filling,
    /// How wide it is shown.
    sizes: &'static str,
) -> impl IntoView {
    let categories = filling.categories;
    let cover = filling.check.part(move |draft| (first_picture(draft), art_of(categories, &draft.category)));
    move || {
        let (cover, art) = cover.get();
        view! { <Thumb cover art alt="" sizes first=true /> }
    }
}

fn first_picture(draft: &Draft) -> Option<PictureId> {
    draft.pictures().ok()?.into_iter().next()
}

fn art_of(categories: StoredValue<Vec<Category>>, slug: &str) -> String {
    let art = categories.try_with_value(|categories| {
        categories.iter().find(|category| category.slug == slug).map(|category| category.art.clone())
    });
    art.flatten().unwrap_or_else(|| NO_CATEGORY.to_owned())
}

/// As typed; until something is, what belongs there.
fn title_of(draft: &Draft) -> String {
    let title = draft.title.trim();
    if title.is_empty() { tr!(sell.preview.untitled).to_owned() } else { title.to_owned() }
}
