//! The steps of a sale with their times: paid, handed over, confirmed, paid out; or what came between.

use leptos::prelude::*;
use market::{Instant, Settlement, auction::StatusCode, text, trade::SettledBy, view::Trade};

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paid,
    Handover,
    Confirm,
    ByTime,
    ByStaff,
    Settled,
    Problem,
    Checking,
    Decision,
    Refunded,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Done,
    Now,
    Later,
}

/// A step of this sale.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    kind: Kind,
    mark: Mark,
    at: Option<Instant>,
}

fn step(kind: Kind, mark: Mark, at: Option<Instant>) -> Step {
    Step { kind, mark, at }
}

/// The steps that were taken, the one that is next, and those that follow if nothing comes between.
fn steps(trade: &Trade) -> Vec<Step> {
    let done = |kind, at| step(kind, Mark::Done, at);
    let paid = done(Kind::Paid, Some(trade.paid_at));
    if trade.settlement == Settlement::OnClose {
        return vec![paid, done(Kind::Settled, Some(trade.paid_at))];
    }
    let handed = trade.handover.as_ref().map(|handover| done(Kind::Handover, Some(handover.at)));
    let opened = trade.dispute.as_ref().map(|dispute| dispute.opened_at);
    let problem = opened.map(|at| done(Kind::Problem, Some(at)));
    let ended = trade.end.map(|end| end.at);
    let mut steps = vec![paid];
    match trade.status {
        StatusCode::Sold => {
            let (handover, confirm) =
                if handed.is_some() { (Mark::Done, Mark::Now) } else { (Mark::Now, Mark::Later) };
            steps.push(handed.unwrap_or_else(|| step(Kind::Handover, handover, None)));
            steps.push(step(Kind::Confirm, confirm, None));
            steps.push(step(Kind::Settled, Mark::Later, None));
        }
        StatusCode::Disputed => {
            steps.extend(handed);
            steps.push(step(Kind::Checking, Mark::Now, opened));
            steps.push(step(Kind::Decision, Mark::Later, None));
        }
        StatusCode::Settled => {
            let kind = match trade.end.map(|end| end.by) {
                Some(SettledBy::Time) => Kind::ByTime,
                Some(SettledBy::Staff) => Kind::ByStaff,
                Some(SettledBy::Buyer) | None => Kind::Confirm,
            };
            steps.extend(handed.into_iter().chain(problem));
            steps.extend([done(kind, ended), done(Kind::Settled, ended)]);
        }
        _ => {
            steps.extend(handed.into_iter().chain(problem));
            steps.push(done(Kind::Refunded, ended));
        }
    }
    steps
}

fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Paid => tr!(trade.steps.paid),
        Kind::Handover => tr!(trade.steps.handover),
        Kind::Confirm => tr!(trade.steps.confirm),
        Kind::ByTime => tr!(trade.steps.by_time),
        Kind::ByStaff => tr!(trade.steps.by_staff),
        Kind::Settled => tr!(trade.steps.settled),
        Kind::Problem => tr!(trade.steps.problem),
        Kind::Checking => tr!(trade.steps.checking),
        Kind::Decision => tr!(trade.steps.decision),
        Kind::Refunded => tr!(trade.steps.refunded),
    }
}

/// The list.
#[component]
pub fn TradeSteps(
    /// The sale.
    #[prop(into)]
    trade: Signal<Trade>,
) -> impl IntoView {
    view! {
        <ol class="progress-steps trade-steps" aria-label=tr!(trade.title)>
            {move || {
                trade.with(|trade| {
                    steps(trade).into_iter().map(|step| step_view(trade, &step)).collect_view()
                })
            }}
        </ol>
    }
}

fn step_view(trade: &Trade, step: &Step) -> impl IntoView + use<> {
    let (class, told) = match step.mark {
        Mark::Done => ("is-done", Some(tr!(trade.steps.is_done))),
        Mark::Now => ("is-now", Some(tr!(trade.steps.is_now))),
        Mark::Later => ("", None),
    };
    let more = match step.kind {
        Kind::Handover => trade.handover.as_ref().and_then(|handover| handover.note.clone()),
        Kind::Confirm => {
            let until = trade.settles_at().map(text::day_time);
            until.map(|day| tr!(trade.steps.until, day = day).to_string())
        }
        _ => None,
    };
    view! {
        <li class=class aria-current=(step.mark == Mark::Now).then_some("step")>
            <span>
                {words(step.kind)} {told.map(|told| view! { <span class="sr-only">" "{told}</span> })}
                {more.map(|more| view! { <small>{more}</small> })}
            </span>
            {step.at.map(|at| view! { <time datetime=text::machine(at)>{text::day_time(at)}</time> })}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use market::{
        AuctionId, Money, UserId,
        trade::{Complaint, Side},
        view::{Dispute, Handover, Neighbour, SaleEnd},
    };

    use super::*;

    fn at(day: i64) -> Instant {
        Instant::UNIX_EPOCH + chrono::TimeDelta::days(day)
    }

    fn sale(status: StatusCode) -> Trade {
        let person = |id| Neighbour { id: UserId(id), nickname: String::new(), has_left: false };
        Trade {
            auction: AuctionId(1),
            seq: 1,
            side: Side::Buyer,
            status,
            settlement: Settlement::OnHandover,
            buyer: person(1),
            seller: person(2),
            paid: Money::won(10_000),
            paid_at: at(1),
            handover: None,
            end: None,
            dispute: None,
        }
    }

    fn kinds(trade: &Trade) -> Vec<(Kind, Mark)> {
        steps(trade).into_iter().map(|step| (step.kind, step.mark)).collect()
    }

    #[test]
    fn a_sale_goes_from_paid_to_paid_out_one_step_at_a_time() {
        use Kind::{Confirm, Handover as Handed, Paid, Settled};
        use Mark::{Done, Later, Now};
        let mut trade = sale(StatusCode::Sold);
        assert_eq!(kinds(&trade), [(Paid, Done), (Handed, Now), (Confirm, Later), (Settled, Later)]);
        trade.handover = Some(Handover { at: at(2), note: None });
        assert_eq!(kinds(&trade), [(Paid, Done), (Handed, Done), (Confirm, Now), (Settled, Later)]);
        trade.status = StatusCode::Settled;
        trade.end = Some(SaleEnd { at: at(3), by: SettledBy::Buyer });
        assert_eq!(kinds(&trade), [(Paid, Done), (Handed, Done), (Confirm, Done), (Settled, Done)]);
        let times: Vec<_> = steps(&trade).into_iter().map(|step| step.at).collect();
        assert_eq!(times, [Some(at(1)), Some(at(2)), Some(at(3)), Some(at(3))]);
    }

    #[test]
    fn a_dispute_stands_between_and_a_refund_ends_it() {
        use Kind::{Checking, Decision, Paid, Problem, Refunded};
        use Mark::{Done, Later, Now};
        let mut trade = sale(StatusCode::Disputed);
        let complaint = Complaint::NotReceived;
        trade.dispute = Some(Dispute { complaint, opened_at: at(4), messages: Vec::new(), decided: None });
        assert_eq!(kinds(&trade), [(Paid, Done), (Checking, Now), (Decision, Later)]);
        trade.status = StatusCode::Refunded;
        trade.end = Some(SaleEnd { at: at(5), by: SettledBy::Staff });
        assert_eq!(kinds(&trade), [(Paid, Done), (Problem, Done), (Refunded, Done)]);
    }

    #[test]
    fn a_sale_settled_as_it_closed_has_two_steps() {
        let trade = Trade { settlement: Settlement::OnClose, ..sale(StatusCode::Settled) };
        assert_eq!(kinds(&trade), [(Kind::Paid, Mark::Done), (Kind::Settled, Mark::Done)]);
    }
}
