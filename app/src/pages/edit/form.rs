//! Nobody has bid: the form of opening, filled in with what the auction is.

use leptos::{form::ActionForm, prelude::*};
use market::{AuctionId, opening::Draft, view::EditPage};

use super::pictures::PlainPictures;
use crate::{
    api::EditAuction,
    components::region_picker::{Chosen, RegionSearch},
    pages::sell::{Filling, Foot, Preview, Sections, Start, read},
    paths,
    reply::{Reply, reply_to},
};

/// The form and, beside it, what it will look like.
#[component]
pub fn EditingForm(page: EditPage, id: AuctionId, search: RegionSearch) -> impl IntoView {
    let reply = reply_to("edit_auction");
    let refused = reply.as_ref().and_then(Reply::error);
    let pictures = page.form.draft.pictures().map_or(0, |pictures| pictures.len());
    let filling = Filling::new(start(page, reply.as_ref()), search);
    let check = filling.check;
    if let Some(error) = &refused {
        check.refuse(error);
    }
    let action = ServerAction::<EditAuction>::new();
    Effect::new(move |_| {
        if let Some(Err(error)) = action.value().get() {
            check.refuse(&error);
            check.focus_first();
        }
    });
    let error = Signal::derive(move || action.value().get().map_or_else(|| refused.clone(), Result::err));
    let label = Signal::stored(tr!(sell.edit.save).to_owned());
    view! {
        <PlainPictures id shown=pictures />
        <div class="with-aside">
            <div on:submit:capture=move |event| check.on_submit(&event)>
                <ActionForm action node_ref=check.form()>
                    <div
                        on:input=move |event| check.on_input(&event)
                        on:change=move |event| check.on_change(&event)
                    >
                        <input type="hidden" name="auction_id" value=id.to_string() />
                        <Sections filling />
                        <Foot label error tray=filling.tray pending=action.pending()>
                            <a class="btn btn-ghost btn-l" href=paths::auction(id)>
                                {tr!(sell.edit.back)}
                            </a>
                        </Foot>
                    </div>
                </ActionForm>
            </div>
            <Preview filling />
        </div>
    }
}

/// The auction as it is, or as it was typed just now and refused. What was too long for the reply's cookie is
/// as it is.
fn start(page: EditPage, reply: Option<&Reply>) -> Start {
    let EditPage { form, opened, categories, now, .. } = page;
    let typed = reply.map(|reply| {
        let before = |name: &str| reply.field(name).unwrap_or_default();
        let draft = read(&before);
        let known = |field: &str, current: &String| reply.field(field).unwrap_or_else(|| current.clone());
        let draft = Draft {
            title: known("title", &form.draft.title),
            description: known("description", &form.draft.description),
            pictures: known("pictures", &form.draft.pictures),
            ..draft
        };
        let region = Chosen { code: draft.region.clone(), name: before("region_name") };
        (draft, region)
    });
    let home = form.region.clone();
    let (draft, region) =
        typed.unwrap_or_else(|| (form.draft, form.region.map(Chosen::from).unwrap_or_default()));
    Start { draft, region, home, categories, opened: Some(opened), now }
}
