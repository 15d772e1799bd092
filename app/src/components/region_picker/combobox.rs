//! With scripts: search as you type, by pointer or keys (WAI-ARIA, *Combobox with listbox popup*).

use leptos::{html, prelude::*, task::spawn_local};
use market::view::Region;
use wasm_bindgen::JsCast;

use super::{Chosen, Marked, SEARCH_FORM, SEARCHED, SearchButton, above, results::NothingFound};
use crate::{
    api,
    components::{Icon, field::described, form_check::alive},
};

const LIST: &str = "region-list";

/// The field and its list. As served it is the field of the search form.
#[component]
pub fn Combobox(
    /// What the list is called.
    label: String,
    /// The field that carries the code.
    name: &'static str,
    /// What is chosen at first.
    chosen: Chosen,
    /// It may be left empty.
    optional: bool,
    /// What is wrong.
    fault: Signal<Option<&'static str>>,
    /// Told after each choice, and when what was typed is left.
    on_choose: Callback<()>,
) -> impl IntoView {
    let alive = alive();
    let picker = Picker::new(optional, on_choose);
    let shown = move || picker.open.get() && picker.found.with(|found| !found.is_empty());
    view! {
        <div class="combobox" on:focusout=move |_| picker.leave()>
            <div class="input-group">
                <Icon name="search" />
                <input
                    id=SEARCHED
                    name=SEARCHED
                    form=SEARCH_FORM
                    node_ref=picker.field
                    role="combobox"
                    aria-autocomplete="list"
                    aria-controls=LIST
                    aria-expanded=move || shown().to_string()
                    aria-activedescendant=move || shown().then(|| option_id(picker.active.get()))
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby=described(SEARCHED, true, fault)
                    autocomplete="off"
                    maxlength="60"
                    placeholder=tr!(people.region.placeholder)
                    value=chosen.name.clone()
                    on:change=move |_| on_choose.run(())
                    on:input:target=move |event| picker.search(event.target().value())
                    on:keydown=move |event| picker.press(&event)
                />
                {move || (!alive.get()).then(SearchButton)}
            </div>
            {move || picker.open.get().then(|| view! { <Options picker label=label.clone() /> })}
            <span class="sr-only" role="status">
                {move || {
                    shown()
                        .then(|| {
                            let count = picker.found.with(Vec::len);
                            tr!(people.region.found, count = count).to_string()
                        })
                }}
            </span>
            <input type="hidden" name=name node_ref=picker.code value=chosen.code />
            <input type="hidden" name="region_name" node_ref=picker.name value=chosen.name />
        </div>
    }
}

/// What was found, below the field.
#[component]
fn Options(picker: Picker, label: String) -> impl IntoView {
    move || {
        let (found, typed) = (picker.found.get(), picker.typed.get_untracked());
        if found.is_empty() {
            return view! {
                <div class="combobox-list">
                    <NothingFound />
                </div>
            }
            .into_any();
        }
        let options = found.into_iter().enumerate().map(|(index, region)| {
            let above = above(&region);
            view! {
                <li
                    class="combobox-option"
                    role="option"
                    id=option_id(index)
                    aria-selected=move || (picker.active.get() == index).to_string()
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| picker.choose(index)
                >
                    <Icon name="pin" size="is-s" />
                    <span>
                        <Marked name=region.name typed=typed.clone() />
                        " "
                        <small>{above}</small>
                    </span>
                </li>
            }
        });
        view! {
            <ul class="combobox-list" id=LIST role="listbox" aria-label=label.clone() node_ref=picker.list>
                {options.collect_view()}
            </ul>
        }
        .into_any()
    }
}

fn option_id(index: usize) -> String {
    format!("region-option-{index}")
}

/// What the field does.
#[derive(Clone, Copy)]
struct Picker {
    field: NodeRef<html::Input>,
    code: NodeRef<html::Input>,
    name: NodeRef<html::Input>,
    list: NodeRef<html::Ul>,
    /// What was typed for `found`.
    typed: RwSignal<String>,
    found: RwSignal<Vec<Region>>,
    open: RwSignal<bool>,
    active: RwSignal<usize>,
    /// Counts the questions: only the answer to the last one is shown.
    asked: StoredValue<u32>,
    optional: bool,
    on_choose: Callback<()>,
}

impl Picker {
    fn new(optional: bool, on_choose: Callback<()>) -> Self {
        Self {
            field: NodeRef::new(),
            code: NodeRef::new(),
            name: NodeRef::new(),
            list: NodeRef::new(),
            typed: RwSignal::new(String::new()),
            found: RwSignal::new(Vec::new()),
            open: RwSignal::new(false),
            active: RwSignal::new(0),
            asked: StoredValue::new(0),
            optional,
            on_choose,
        }
    }

    /// Something was typed: what was chosen no longer is.
    fn search(self, typed: String) {
        self.fill(&Chosen::default());
        let number = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        if typed.trim().is_empty() {
            self.found.set(Vec::new());
            self.open.set(false);
            return;
        }
        spawn_local(async move {
            let answer = api::find_regions(typed.clone()).await;
            if self.asked.try_get_value() == number {
                self.show(typed, answer.ok());
            }
        });
    }

    /// Shows an answer; without one (no connection) the list stays closed.
    fn show(self, typed: String, found: Option<Vec<Region>>) {
        self.typed.try_set(typed);
        self.active.try_set(0);
        self.open.try_set(found.is_some());
        self.found.try_set(found.unwrap_or_default());
    }

    fn choose(self, index: usize) {
        let region = self.found.with_untracked(|found| found.get(index).cloned());
        let Some(region) = region else { return };
        let chosen = Chosen::from(region);
        if let Some(field) = self.field.get_untracked() {
            field.set_value(&chosen.name);
        }
        self.fill(&chosen);
        self.close();
        self.on_choose.run(());
    }

    /// The field is left. Where the words fit one region only, that is the one. Words without a choice
    /// stay, to be seen beside the fault; where nothing need be chosen there is none, so they go.
    fn leave(self) {
        let undecided = self.code.get_untracked().is_some_and(|code| code.value().is_empty());
        if undecided && self.open.get_untracked() && self.found.with_untracked(|found| found.len() == 1) {
            return self.choose(0);
        }
        if let Some(field) = self.field.get_untracked().filter(|_| undecided && self.optional) {
            field.set_value("");
        }
        self.close();
    }

    /// Closes the list; an answer still under way comes too late.
    fn close(self) {
        self.asked.update_value(|asked| *asked += 1);
        self.open.set(false);
    }

    /// Keys; those that end the composing of a syllable are not ours.
    fn press(self, event: &web_sys::KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        let count = self.found.with_untracked(Vec::len);
        let open = self.open.get_untracked() && count > 0;
        match event.key().as_str() {
            // Enter never sends the search form: that is for pages without scripts.
            "Enter" => {
                event.prevent_default();
                if open {
                    self.choose(self.active.get_untracked());
                }
            }
            "Escape" if open => {
                event.prevent_default();
                self.close();
            }
            "ArrowDown" | "ArrowUp" if count > 0 => {
                event.prevent_default();
                self.step(event.key() == "ArrowDown", open, count);
            }
            _ => {}
        }
    }

    /// One option further, around the ends; the first press only opens the list.
    fn step(self, down: bool, open: bool, count: usize) {
        if open {
            let further = if down { 1 } else { count - 1 };
            self.active.update(|active| *active = (*active + further) % count);
            self.keep_in_sight(self.active.get_untracked());
        } else {
            self.open.set(true);
        }
    }

    /// Scrolls the list, and not the page, so far that the option is seen.
    fn keep_in_sight(self, index: usize) {
        let option = document().get_element_by_id(&option_id(index));
        let option = option.and_then(|option| option.dyn_into::<web_sys::HtmlElement>().ok());
        let (Some(list), Some(option)) = (self.list.get_untracked(), option) else { return };
        let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
        if top < list.scroll_top() {
            list.set_scroll_top(top);
        } else if bottom > list.scroll_top() + list.client_height() {
            list.set_scroll_top(bottom - list.client_height());
        }
    }

    /// Writes the fields that are sent.
    fn fill(self, chosen: &Chosen) {
        for (node, value) in [(self.code, &chosen.code), (self.name, &chosen.name)] {
            if let Some(node) = node.get_untracked() {
                node.set_value(value);
            }
        }
    }
}
