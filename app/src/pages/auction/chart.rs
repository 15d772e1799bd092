//! The price over time: a picture, and the same as a table for those who cannot see it.

use leptos::prelude::*;
use market::{Instant, Money, text};

use super::{
    course::{Drawing, HEIGHT, WIDTH, draw},
    here::Here,
};
use crate::{
    language::{language, won},
    live::live,
};

/// The box with the chart; nothing before the first bid.
#[component]
pub fn PriceChart(here: Here) -> impl IntoView {
    let live = live();
    // Drawn up to what was last known, not to each tick of the clock.
    let until = Memo::new(move |_| {
        let read_at = here.read_at.get();
        here.ended_at().min(untrack(|| live.now(read_at)))
    });
    let drawing = Memo::new(move |_| {
        let (start, first_end) = here.state.with(|state| (state.starts_at, first_end(state)));
        let until = (until.get(), here.price());
        here.about.with_value(|about| {
            let least = about.increment.step(about.start_price);
            draw(&here.course.read(), (start, about.start_price), least, until, first_end)
        })
    });
    let start_price = here.about.with_value(|about| about.start_price);
    let empty = Memo::new(move |_| here.course.with(|course| course.points.is_empty()));
    view! {
        <Show when=move || !empty.get()>
            <section class="box" aria-labelledby="h-chart">
                <div class="box-head">
                    <h2 id="h-chart">{tr!(auction.chart.title)}</h2>
                    <span class="dim">{tr!(auction.chart.from, amount = won(start_price)).to_string()}</span>
                </div>
                <Picture here drawing />
                {move || {
                    let marked = drawing.with(|drawing| drawing.mark.is_some());
                    marked.then(|| view! { <p class="chart-note">{tr!(auction.chart.mark)}</p> })
                }}
                <Table here />
            </section>
        </Show>
    }
}

/// The end before it was moved, if it was.
fn first_end(state: &market::live::AuctionState) -> Option<Instant> {
    state.extended().then_some(state.first_end)
}

#[component]
fn Picture(here: Here, drawing: Memo<Drawing>) -> impl IntoView {
    let summary = move || {
        let start = here.about.with_value(|about| about.start_price);
        tr!(auction.chart.summary, start = won(start), price = won(here.price())).to_string()
    };
    let grid = (0..5).map(|line| format!("M0 {}H{WIDTH}", line * HEIGHT / 4)).collect::<Vec<_>>().concat();
    let view_box = format!("0 0 {WIDTH} {HEIGHT}");
    view! {
        <div class="chart">
            <svg viewBox=view_box preserveAspectRatio="none" role="img" aria-label=summary>
                <path class="chart-grid" d=grid></path>
                <path class="chart-area" d=move || drawing.read().area.clone()></path>
                <path class="chart-mark" d=move || mark_path(&drawing.read())></path>
                <path class="chart-line" d=move || drawing.read().line.clone()></path>
                <path class="chart-dot chart-halo" d=move || drawing.read().tip.clone()></path>
                <path class="chart-dot" d=move || drawing.read().tip.clone()></path>
            </svg>
            <div class="chart-y" aria-hidden="true">
                {move || spans(drawing.get().ticks, |tick| text::short(tick, language()))}
            </div>
            <div class="chart-x" aria-hidden="true">
                {move || spans(drawing.get().times, text::day_time)}
            </div>
        </div>
    }
}

fn mark_path(drawing: &Drawing) -> String {
    drawing.mark.map_or_else(String::new, |x| format!("M{x} 0V{HEIGHT}"))
}

fn spans<T>(values: impl IntoIterator<Item = T>, words: fn(T) -> String) -> impl IntoView {
    values.into_iter().map(|value| view! { <span>{words(value)}</span> }).collect_view()
}

/// The same in words and figures, newest first, for those who cannot see the picture or want to be exact.
#[component]
fn Table(here: Here) -> impl IntoView {
    let shortened = move || {
        let (count, shown) = (here.state.read().bid_count, here.course.with(|course| course.points.len()));
        (usize::try_from(count).is_ok_and(|count| count > shown)).then(|| {
            let text = tr!(auction.chart.some, total = count, shown = shown).to_string();
            view! { <p class="chart-note">{text}</p> }
        })
    };
    view! {
        <details class="fold chart-table">
            <summary class="btn btn-quiet btn-s">{tr!(auction.chart.as_table)}</summary>
            <div class="table-box">
                <table class="data-table">
                    <caption class="sr-only">{tr!(auction.chart.title)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(auction.chart.time)}</th>
                            <th scope="col" class="is-end">
                                {tr!(auction.chart.price)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        // A listed bid raises the price: no two changes have the same.
                        <For
                            each=move || here.course.get().points.into_iter().rev()
                            key=|(_, price)| price.to_won()
                            let:change
                        >
                            <Change at=change.0 price=change.1 />
                        </For>
                    </tbody>
                </table>
            </div>
            {shortened}
        </details>
    }
}

#[component]
fn Change(at: Instant, price: Money) -> impl IntoView {
    let day_time = text::day_time(at);
    let day = day_time.split(' ').next().unwrap_or_default();
    let exact = format!("{day} {}", text::clock(at));
    view! {
        <tr>
            <td>
                <time datetime=text::machine(at)>{exact}</time>
            </td>
            <td class="is-end">{won(price)}</td>
        </tr>
    }
}
