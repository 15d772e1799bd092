//! The form of opening, as far as opening and editing share it: what stands in it, how it is judged, and its
//! sections.

use leptos::prelude::*;
use market::{
    Instant,
    opening::{Draft, Opened},
    view::{Category, Region},
};

use super::{
    draft, goods::Goods, photos::Photos, photos::Tray, price::Price, reach::ReachAndSettlement, times::Times,
};
use crate::{
    components::{
        form_check::FormCheck,
        region_picker::{Chosen, RegionSearch},
    },
    live::live,
};

/// A form that is being filled in.
#[derive(Clone, Copy)]
pub struct Filling {
    /// What is typed, and what is wrong with it.
    pub check: FormCheck<Draft>,
    /// What stood in it at first.
    pub first: StoredValue<Draft>,
    /// The region at first.
    pub region: StoredValue<Chosen>,
    /// Where the seller lives.
    pub home: StoredValue<Option<Region>>,
    /// All categories.
    pub categories: StoredValue<Vec<Category>>,
    /// The page's search for regions.
    pub search: RegionSearch,
    /// The auction that is edited, if one is.
    pub opened: Option<Opened>,
    /// The pictures, on their way or there.
    pub tray: Tray,
    /// The page's time.
    pub now: Instant,
}

/// What a form begins with.
pub struct Start {
    /// What stands in it.
    pub draft: Draft,
    /// Its region.
    pub region: Chosen,
    /// Where the seller lives.
    pub home: Option<Region>,
    /// All of them.
    pub categories: Vec<Category>,
    /// The auction that is edited, if one is.
    pub opened: Option<Opened>,
    /// The page's time.
    pub now: Instant,
}

impl Filling {
    /// Judged by the rules that the server will ask, at the server's time: the page's own at first, then the
    /// clock that follows it.
    #[must_use]
    pub fn new(start: Start, search: RegionSearch) -> Self {
        let live = live();
        let Start { draft, region, home, categories, opened, now } = start;
        let judge = move |draft: &Draft| {
            let now = untrack(|| live.now(now));
            let judged = match opened {
                Some(opened) => draft.check_edit(now, opened),
                None => draft.check(now),
            };
            judged.map(drop)
        };
        let check = FormCheck::new(draft.clone(), draft::read, judge);
        Self {
            check,
            tray: Tray::new(draft.pictures().unwrap_or_default()),
            first: StoredValue::new(draft),
            region: StoredValue::new(region),
            home: StoredValue::new(home),
            categories: StoredValue::new(categories),
            search,
            opened,
            now,
        }
    }

    /// Whether bids are taken already: a start in the past stays.
    #[must_use]
    pub fn has_started(self) -> bool {
        self.opened.is_some_and(|opened| opened.starts_at <= self.now)
    }
}

/// Everything between the form's tags but its key and its foot.
#[component]
pub fn Sections(filling: Filling) -> impl IntoView {
    let check = filling.check;
    view! {
        <section class="form-section">
            <h2>{tr!(sell.photos.heading)}</h2>
            <p class="hint">{tr!(sell.photos.hint)}</p>
            <Photos
                tray=filling.tray
                fault=check.fault("pictures")
                on_change=move |()| check.touch("pictures")
            />
        </section>
        <Goods filling />
        <Price filling />
        <Times filling />
        <ReachAndSettlement filling />
    }
}
