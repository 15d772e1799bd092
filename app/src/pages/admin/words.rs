//! What staff read, in words: acts, and how auctions stand.

use leptos::prelude::*;
use market::{
    Instant,
    auction::StatusCode,
    staff::ActKind,
    view::{Neighbour, StaffAuctionRow},
};

use crate::{components::review::name_of, paths};

/// What was done.
pub fn act_text(act: ActKind) -> &'static str {
    match act {
        ActKind::Settle => tr!(staff.acts.settle),
        ActKind::Refund => tr!(staff.acts.refund),
        ActKind::CancelAuction => tr!(staff.acts.cancel_auction),
        ActKind::Suspend => tr!(staff.acts.suspend),
        ActKind::Unsuspend => tr!(staff.acts.unsuspend),
        ActKind::ResetDevices => tr!(staff.acts.reset_devices),
        ActKind::HideQuestion => tr!(staff.acts.hide_question),
        ActKind::ShowQuestion => tr!(staff.acts.show_question),
        ActKind::UpholdReport => tr!(staff.acts.uphold_report),
        ActKind::DismissReport => tr!(staff.acts.dismiss_report),
        ActKind::AddCategory => tr!(staff.acts.add_category),
        ActKind::RenameCategory => tr!(staff.acts.rename_category),
        ActKind::MoveCategory => tr!(staff.acts.move_category),
        ActKind::RetireCategory => tr!(staff.acts.retire_category),
        ActKind::RestoreCategory => tr!(staff.acts.restore_category),
    }
}

/// How an auction stands.
pub fn status_text(status: StatusCode) -> &'static str {
    match status {
        StatusCode::Live => tr!(staff.status.live),
        StatusCode::Unsold => tr!(staff.status.unsold),
        StatusCode::Cancelled => tr!(staff.status.cancelled),
        StatusCode::Sold => tr!(staff.status.sold),
        StatusCode::Disputed => tr!(staff.status.disputed),
        StatusCode::Settled => tr!(staff.status.settled),
        StatusCode::Refunded => tr!(staff.status.refunded),
    }
}

/// The same as a tag; one that is live may be to come, or over and not yet closed.
pub fn status_tag(row: &StaffAuctionRow, now: Instant) -> impl IntoView + use<> {
    let (words, tone) = match row.status {
        StatusCode::Live if now < row.starts_at => (tr!(staff.status.scheduled), "tag is-line"),
        StatusCode::Live if now >= row.ends_at => (tr!(staff.status.closing), "tag is-moving"),
        StatusCode::Live | StatusCode::Settled => (status_text(row.status), "tag is-good"),
        StatusCode::Sold => (status_text(row.status), "tag is-moving"),
        StatusCode::Disputed => (status_text(row.status), "tag is-bad"),
        status => (status_text(status), "tag is-line"),
    };
    view! { <span class=tone>{words}</span> }
}

/// A person, and the way to what staff know of him.
pub fn person_link(person: &Neighbour) -> impl IntoView + use<> {
    view! {
        <a class="text-link" href=paths::staff_person(person.id)>
            {name_of(person)}
        </a>
    }
}

/// The way to the next page of a list, if there is one.
pub fn more(next: Option<String>) -> impl IntoView {
    next.map(|href| {
        view! {
            <p class="more">
                <a class="btn btn-ghost btn-l" rel="next" href=href>
                    {tr!(staff.more)}
                </a>
            </p>
        }
    })
}
