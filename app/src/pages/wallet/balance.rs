//! Where the money is, in figures and as a bar.

use leptos::prelude::*;
use market::Money;

use crate::{components::MoneyText, language::won};

/// The bar is measured in hundredths of a percent: widths are attributes of SVG (no styles, CSP).
const WHOLE: i64 = 10_000;
/// The gap before a part's edge, in the same unit.
const GAP: i64 = 10;

/// The card with the three figures; the first two move.
#[component]
pub fn Balance(
    /// Can be spent.
    available: Memo<Money>,
    /// Behind bids.
    held: Memo<Money>,
    /// Paid, and not yet received by sellers.
    escrow: Money,
) -> impl IntoView {
    view! {
        <section class="wallet" aria-label=tr!(mine.wallet.balance)>
            <div class="figure">
                <span class="figure-label">
                    <i class="key key-free"></i>
                    {tr!(mine.wallet.available)}
                </span>
                <MoneyText amount=available size="is-xl" />
            </div>
            <div class="figure">
                <span class="figure-label">
                    <i class="key key-held"></i>
                    {tr!(mine.wallet.held)}
                </span>
                <MoneyText amount=held size="is-l" />
            </div>
            <div class="figure">
                <span class="figure-label">
                    <i class="key key-escrow"></i>
                    {tr!(mine.wallet.escrow)}
                </span>
                <MoneyText amount=escrow size="is-l" />
            </div>
            <FormLinks />
            <Bar available held escrow />
        </section>
    }
}

/// The forms open by their anchors, which the browser must follow itself: `pushState` of the router does not
/// move `:target`, `rel="external"` keeps it out.
#[component]
fn FormLinks() -> impl IntoView {
    view! {
        <div class="btn-row">
            <a class="btn btn-primary btn-l" href="#deposit" rel="external">
                {tr!(mine.wallet.deposit)}
            </a>
            <a class="btn btn-ghost btn-l" href="#withdraw" rel="external">
                {tr!(mine.wallet.withdraw)}
            </a>
        </div>
    }
}

/// Where the parts of the bar end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edges {
    free: i64,
    held: i64,
    end: i64,
}

impl Edges {
    fn of(available: Money, held: Money, escrow: Money) -> Self {
        let total = (available + held + escrow).to_won();
        if total <= 0 {
            return Self { free: 0, held: 0, end: 0 };
        }
        let share = |part: Money| part.times(WHOLE).to_won() / total;
        Self { free: share(available), held: share(available + held), end: WHOLE }
    }

    /// Edges between two parts that are both there.
    fn gaps(self) -> Vec<i64> {
        let mut gaps = vec![self.free, self.held];
        gaps.dedup();
        gaps.retain(|&edge| edge > GAP && edge < self.end);
        gaps
    }
}

fn percent(part: i64) -> String {
    format!("{}.{:02}%", part / 100, part % 100)
}

#[component]
fn Bar(available: Memo<Money>, held: Memo<Money>, escrow: Money) -> impl IntoView {
    let edges = Memo::new(move |_| Edges::of(available.get(), held.get(), escrow));
    let free_end = move || percent(edges.get().free);
    let held_end = move || percent(edges.get().held);
    let held_width = move || percent(edges.get().held - edges.get().free);
    let escrow_width = move || percent(edges.get().end - edges.get().held);
    let words = move || {
        let (available, held, escrow) = (won(available.get()), won(held.get()), won(escrow));
        tr!(mine.wallet.bar, available = available, held = held, escrow = escrow).to_string()
    };
    view! {
        <svg class="wallet-bar" role="img" aria-label=words>
            <defs>
                <pattern
                    id="held-stripes"
                    width="8"
                    height="8"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <rect class="held-ground" width="8" height="8"></rect>
                    <path class="held-stripe" d="M0 0V8"></path>
                </pattern>
            </defs>
            <rect class="bar-free" width=free_end height="100%"></rect>
            <rect class="bar-held" x=free_end width=held_width height="100%"></rect>
            <rect class="bar-escrow" x=held_end width=escrow_width height="100%"></rect>
            {move || {
                edges
                    .get()
                    .gaps()
                    .into_iter()
                    .map(|edge| {
                        view! { <rect class="bar-gap" x=percent(edge - GAP) width="2" height="100%"></rect> }
                    })
                    .collect_view()
            }}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_full_and_parts_that_are_not_there_take_no_room() {
        let edges = |a, h, e| Edges::of(Money::won(a), Money::won(h), Money::won(e));
        assert_eq!(edges(148_000, 1_445_000, 64_000), Edges { free: 893, held: 9_613, end: WHOLE });
        assert_eq!(edges(0, 0, 0), Edges { free: 0, held: 0, end: 0 });
        assert_eq!(edges(5, 0, 0).gaps(), Vec::<i64>::new());
        assert_eq!(edges(1, 0, 1).gaps(), [5_000]);
        assert_eq!(percent(893), "8.93%");
    }
}
