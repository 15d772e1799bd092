//! A form that is judged while it is filled in, by the very function that the server will ask. Without
//! scripts nothing of this happens, and the server's answer says the same.

use std::collections::BTreeSet;

use leptos::{html, prelude::*};
use market::{
    Refusal,
    refusal::{FieldFault, Reason},
};
use wasm_bindgen::JsCast;

use super::failure::reason_text;
use crate::api::ApiError;

/// How fields become the value that is judged: it asks for the text of each by its name.
pub type Reader<T> = fn(&dyn Fn(&str) -> String) -> T;

/// What stands in a form, and what is wrong with it. Faults are shown of fields that were left, and of
/// those that the server refused; a field that is still being filled in for the first time is not nagged
/// about.
pub struct FormCheck<T: Send + Sync + 'static> {
    form: NodeRef<html::Form>,
    reader: StoredValue<Reader<T>>,
    typed: RwSignal<T>,
    touched: RwSignal<BTreeSet<String>>,
    told: RwSignal<Vec<FieldFault>>,
    judged: Memo<Vec<FieldFault>>,
}

impl<T: Send + Sync + 'static> Clone for FormCheck<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for FormCheck<T> {}

impl<T: Clone + Send + Sync + 'static> FormCheck<T> {
    /// A form that starts with `initial`, is read by `reader` and judged by `judge`.
    pub fn new(
        initial: T,
        reader: Reader<T>,
        judge: impl Fn(&T) -> Result<(), Refusal> + Send + Sync + 'static,
    ) -> Self {
        let typed = RwSignal::new(initial);
        let judged = Memo::new(move |_| typed.with(|typed| faults(judge(typed).err().as_ref())));
        let check = Self {
            form: NodeRef::new(),
            reader: StoredValue::new(reader),
            typed,
            touched: RwSignal::new(BTreeSet::new()),
            told: RwSignal::new(Vec::new()),
            judged,
        };
        // Something may have been typed before the page came alive. From then on faults are told here, and
        // not in the browser's own bubbles.
        Effect::new(move |_| {
            if let Some(form) = check.form.get() {
                form.set_no_validate(true);
                check.read();
            }
        });
        check
    }

    /// For the form's element.
    #[must_use]
    pub fn form(self) -> NodeRef<html::Form> {
        self.form
    }

    /// A part of what stands in the form, followed as it changes.
    pub fn part<P: PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&T) -> P + Send + Sync + 'static,
    ) -> Memo<P> {
        Memo::new(move |_| self.typed.with(&part))
    }

    /// What is wrong with a field, in words, if that is to be shown already.
    #[must_use]
    pub fn fault(self, field: &'static str) -> Signal<Option<&'static str>> {
        let shown = self.shown(field);
        Signal::derive(move || shown.get().map(|fault| reason_text(fault.reason)))
    }

    /// What is wrong with a field, whole, if that is to be shown already.
    #[must_use]
    pub fn shown(self, field: &'static str) -> Signal<Option<FieldFault>> {
        Signal::derive(move || {
            let told = self.told.with(|told| fault_of(told, field));
            let left = self.touched.with(|touched| touched.contains(field));
            let judged = || self.judged.with(|judged| fault_of(judged, field));
            told.or_else(|| if left { judged() } else { None })
        })
    }

    /// The server has refused: its faults are shown until the fields change.
    pub fn refuse(self, error: &ApiError) {
        self.show(faults(error.refusal()));
    }

    /// `on:input`: what stands in the form has changed.
    pub fn on_input(self, event: &web_sys::Event) {
        self.forget(&field_name(event));
        self.read();
    }

    /// `on:change`: a field is filled in, or a choice is made.
    pub fn on_change(self, event: &web_sys::Event) {
        self.touch(&field_name(event));
    }

    /// A field is filled in by a script, which causes no events.
    pub fn touch(self, field: &str) {
        self.forget(field);
        self.touched.update(|touched| {
            touched.insert(field.to_owned());
        });
        self.read();
    }

    /// `on:submit`: a form with faults is not sent; they are shown.
    pub fn on_submit(self, event: &web_sys::SubmitEvent) {
        self.read();
        let judged = self.judged.get_untracked();
        if !judged.is_empty() {
            event.prevent_default();
            self.show(judged);
            self.focus_first();
        }
    }

    /// Puts the cursor into the first field that is wrong.
    pub fn focus_first(self) {
        request_animation_frame(move || {
            let form = self.form.try_get_untracked().flatten();
            let wrong = form.and_then(|form| form.query_selector("[aria-invalid='true']").ok().flatten());
            if let Some(field) = wrong.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
                // A field that cannot take the cursor is only shown as wrong.
                let _ = field.focus();
            }
        });
    }

    fn show(self, faults: Vec<FieldFault>) {
        self.touched.update(|touched| touched.extend(faults.iter().map(|fault| fault.field.clone())));
        self.told.set(faults);
    }

    /// What the server said of a field no longer holds when it changes; of the others only what the server
    /// alone can know still does.
    fn forget(self, field: &str) {
        let still = |fault: &FieldFault| {
            fault.field != field && matches!(fault.reason, Reason::Unknown | Reason::Taken)
        };
        if self.told.with_untracked(|told| !told.is_empty()) {
            self.told.update(|told| told.retain(still));
        }
    }

    fn read(self) {
        let Some(form) = self.form.get_untracked() else { return };
        let Ok(data) = web_sys::FormData::new_with_form(&form) else { return };
        let reader = self.reader.get_value();
        self.typed.set(reader(&|name| data.get(name).as_string().unwrap_or_default()));
    }
}

/// Whether the page is alive: false as served, true as soon as scripts run.
#[must_use]
pub fn alive() -> ReadSignal<bool> {
    let (alive, set_alive) = signal(false);
    Effect::new(move |_| set_alive.set(true));
    alive
}

fn faults(refusal: Option<&Refusal>) -> Vec<FieldFault> {
    match refusal {
        Some(Refusal::Fields { faults }) => faults.clone(),
        _ => Vec::new(),
    }
}

fn fault_of(faults: &[FieldFault], field: &str) -> Option<FieldFault> {
    faults.iter().find(|fault| fault.field == field).cloned()
}

/// The name of the field that an event comes from.
fn field_name(event: &web_sys::Event) -> String {
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    field.and_then(|field| field.get_attribute("name")).unwrap_or_default()
}
