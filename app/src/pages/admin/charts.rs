//! How the business goes: thirty days of bids and turnover, what became of auctions, where and of what.

use leptos::prelude::*;
use market::{
    Money, text,
    text::Language,
    view::{BusinessCharts, BusinessDay, Funnel, Share},
};

use super::{
    bars::{DayBars, RowBar, top},
    frame::Frame,
    refused,
};
use crate::{
    api,
    language::{language, won},
    live::live,
    paths,
};

/// The page.
#[component]
pub fn StaffCharts() -> impl IntoView {
    let live = live();
    let page = Resource::new_blocking(move || live.resync.get(), |_| api::staff_charts());
    view! {
        <Transition>
            {move || {
                page.get()
                    .map(|page| match page {
                        Ok(charts) => view! { <Charts charts /> }.into_any(),
                        Err(error) => refused(error),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Charts(charts: BusinessCharts) -> impl IntoView {
    let read = tr!(figures.charts.read, at = text::day_time(charts.now)).to_string();
    let (categories, regions) = (charts.categories, charts.regions);
    view! {
        <Frame here=paths::ADMIN_CHARTS title=tr!(figures.charts.title) lead=tr!(figures.charts.lead)>
            <p class="hint mb-3">{read}</p>
            <div class="figure-grid">
                <Days days=charts.days.clone() measure=Measure::Bids />
                <Days days=charts.days.clone() measure=Measure::Turnover />
                <Days days=charts.days measure=Measure::SellThrough />
                <FunnelBox funnel=charts.funnel />
                <Shares id="h-categories" title=tr!(figures.charts.categories) shares=categories />
                <Shares id="h-regions" title=tr!(figures.charts.regions) shares=regions />
            </div>
        </Frame>
    }
}

/// What is drawn of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Bids,
    Turnover,
    SellThrough,
}

impl Measure {
    fn id(self) -> &'static str {
        match self {
            Self::Bids => "h-bids",
            Self::Turnover => "h-turnover",
            Self::SellThrough => "h-sell-through",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Bids => tr!(figures.charts.bids),
            Self::Turnover => tr!(figures.charts.turnover),
            Self::SellThrough => tr!(figures.charts.sell_through),
        }
    }

    fn of(self, day: &BusinessDay) -> i64 {
        match self {
            Self::Bids => day.bids,
            Self::Turnover => day.turnover.to_won(),
            Self::SellThrough => percent(day.sold, day.ended),
        }
    }

    /// Of all days together.
    fn sum(self, days: &[BusinessDay]) -> i64 {
        let sum = |part: fn(&BusinessDay) -> i64| days.iter().map(part).sum();
        match self {
            Self::Bids => sum(|day| day.bids),
            Self::Turnover => sum(|day| day.turnover.to_won()),
            Self::SellThrough => percent(sum(|day| day.sold), sum(|day| day.ended)),
        }
    }

    fn words(self, value: i64) -> String {
        match self {
            Self::Bids => text::digits(Money::won(value)),
            Self::Turnover => won(Money::won(value)),
            Self::SellThrough => format!("{value}%"),
        }
    }

    fn tick(self, value: i64) -> String {
        match self {
            Self::SellThrough => format!("{value}%"),
            Self::Bids | Self::Turnover => text::short(Money::won(value), language()),
        }
    }
}

fn percent(part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { part * 100 / whole }
}

#[component]
fn Days(days: Vec<BusinessDay>, measure: Measure) -> impl IntoView {
    let values: Vec<i64> = days.iter().map(|day| measure.of(day)).collect();
    // A share is seen against the whole.
    let most = if measure == Measure::SellThrough { 100 } else { top(&values) };
    let total = measure.words(measure.sum(&days));
    let summary = tr!(
        figures.charts.summary,
        title = measure.title(),
        total = total.clone(),
        most = measure.words(values.iter().copied().max().unwrap_or(0))
    )
    .to_string();
    let ticks = [measure.tick(most), measure.tick(most / 2), measure.tick(0)];
    let end = |day: Option<&BusinessDay>| day.map(|day| text::day(day.day)).unwrap_or_default();
    let ends = [end(days.first()), end(days.last())];
    view! {
        <section class="box" aria-labelledby=measure.id()>
            <div class="box-head">
                <h2 id=measure.id()>{measure.title()}</h2>
                <span class="dim num">{tr!(figures.charts.total, total = total).to_string()}</span>
            </div>
            <DayBars values most summary=summary ticks ends />
            <DayTable days measure />
        </section>
    }
}

#[component]
fn DayTable(days: Vec<BusinessDay>, measure: Measure) -> impl IntoView {
    let row = move |day: BusinessDay| {
        let of_all = (measure == Measure::SellThrough)
            .then(|| tr!(figures.charts.of_all, sold = day.sold, ended = day.ended).to_string());
        view! {
            <tr>
                <td>
                    <time datetime=text::machine(day.day)>{text::day(day.day)}</time>
                </td>
                <td class="is-end num">
                    {measure.words(measure.of(&day))}
                    {of_all.map(|of_all| view! { <span class="dim">" " {of_all}</span> })}
                </td>
            </tr>
        }
    };
    view! {
        <details class="fold chart-table">
            <summary class="btn btn-quiet btn-s">{tr!(figures.charts.as_table)}</summary>
            <div class="table-box">
                <table class="data-table">
                    <caption class="sr-only">{measure.title()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(figures.charts.day)}</th>
                            <th scope="col" class="is-end">
                                {measure.title()}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{days.into_iter().rev().map(row).collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}

#[component]
fn FunnelBox(funnel: Funnel) -> impl IntoView {
    let opened = funnel.opened;
    let steps = [
        (tr!(figures.charts.opened), funnel.opened),
        (tr!(figures.charts.with_bids), funnel.with_bids),
        (tr!(figures.charts.sold), funnel.sold),
        (tr!(figures.charts.settled), funnel.settled),
    ];
    let row = move |(name, count): (&'static str, i64)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="is-wide">
                    <RowBar value=count top=opened />
                </td>
                <td class="is-end num">{text::digits(Money::won(count))}</td>
                <td class="is-end num">{format!("{}%", percent(count, opened))}</td>
            </tr>
        }
    };
    view! {
        <section class="box" aria-labelledby="h-funnel">
            <div class="box-head">
                <h2 id="h-funnel">{tr!(figures.charts.funnel)}</h2>
            </div>
            <div class="table-box" tabindex="0">
                <table class="data-table">
                    <caption class="sr-only">{tr!(figures.charts.funnel)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(figures.charts.step)}</th>
                            <td></td>
                            <th scope="col" class="is-end">
                                {tr!(figures.charts.auctions)}
                            </th>
                            <th scope="col" class="is-end">
                                {tr!(figures.charts.share)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{steps.map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Shares(id: &'static str, title: &'static str, shares: Vec<Share>) -> impl IntoView {
    let most = shares.first().map_or(1, |share| share.turnover.to_won());
    let korean = language() == Language::Ko;
    let row = move |share: Share| {
        let name = if korean { share.name_ko } else { share.name_en };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="is-wide">
                    <RowBar value=share.turnover.to_won() top=most />
                </td>
                <td class="is-end num">{text::digits(Money::won(share.sold))}</td>
                <td class="is-end num">{won(share.turnover)}</td>
            </tr>
        }
    };
    let table = if shares.is_empty() {
        view! { <p class="dim">{tr!(figures.charts.nothing)}</p> }.into_any()
    } else {
        view! {
            <div class="table-box" tabindex="0">
                <table class="data-table">
                    <caption class="sr-only">{title}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(figures.charts.name)}</th>
                            <td></td>
                            <th scope="col" class="is-end">
                                {tr!(figures.charts.sold)}
                            </th>
                            <th scope="col" class="is-end">
                                {tr!(figures.charts.turnover)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{shares.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="box" aria-labelledby=id>
            <div class="box-head">
                <h2 id=id>{title}</h2>
            </div>
            {table}
        </section>
    }
}
