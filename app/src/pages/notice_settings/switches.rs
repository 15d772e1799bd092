//! A switch for each kind and channel: a table, so that rows and columns are read out with each.

use leptos::prelude::*;
use market::{
    notice::{Channel, Group, NoticeSettings, switch},
    view::NoticeKind,
};

use crate::{pages::notifications::group_name, reply::Reply};

/// The switches, by groups.
#[component]
pub fn Switches(
    /// As chosen.
    settings: NoticeSettings,
    /// What was sent and refused; it stands there again.
    typed: Option<Reply>,
) -> impl IntoView {
    let on = StoredValue::new(on(&settings, typed.as_ref()));
    view! {
        <table class="channels">
            <thead>
                <tr>
                    <th scope="col">{tr!(notices.choose.kind)}</th>
                    {Channel::ALL
                        .map(|channel| view! { <th scope="col">{channel_name(channel)}</th> })
                        .collect_view()}
                </tr>
            </thead>
            {Group::ALL.map(|group| view! { <Rows group on /> }).collect_view()}
        </table>
    }
}

/// The names of the switches that are on.
fn on(settings: &NoticeSettings, typed: Option<&Reply>) -> Vec<String> {
    if let Some(typed) = typed {
        let switches = typed.fields.iter().filter(|(name, _)| name.starts_with("on["));
        return switches.map(|(_, value)| value.clone()).collect();
    }
    let of = |channel: Channel| settings.of(channel).iter().map(move |kind| switch(channel, *kind));
    Channel::ALL.into_iter().flat_map(of).collect()
}

#[component]
fn Rows(group: Group, on: StoredValue<Vec<String>>) -> impl IntoView {
    let row = |kind: NoticeKind| {
        let name = kind_name(kind);
        view! {
            <tr>
                <th scope="row">{name}</th>
                {Channel::ALL.map(|channel| view! { <Switch channel kind on /> }).collect_view()}
            </tr>
        }
    };
    view! {
        <tbody>
            <tr>
                <th scope="rowgroup" colspan="4" class="channel-group">
                    {group_name(Some(group))}
                </th>
            </tr>
            {group.kinds().map(row).collect_view()}
        </tbody>
    }
}

#[component]
fn Switch(channel: Channel, kind: NoticeKind, on: StoredValue<Vec<String>>) -> impl IntoView {
    let name = switch(channel, kind);
    let checked = on.with_value(|on| on.contains(&name));
    let label =
        tr!(notices.choose.switch, kind = kind_name(kind), channel = channel_name(channel)).to_string();
    view! {
        <td>
            <label class="channel-switch">
                <input type="checkbox" name="on[]" value=name checked=checked aria-label=label />
            </label>
        </td>
    }
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Toast => tr!(notices.choose.toast),
        Channel::Mail => tr!(notices.choose.mail),
        Channel::Push => tr!(notices.choose.push),
    }
}

fn kind_name(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Outbid => tr!(notices.choose.of.outbid),
        NoticeKind::NewBid => tr!(notices.choose.of.new_bid),
        NoticeKind::Won => tr!(notices.choose.of.won),
        NoticeKind::Lost => tr!(notices.choose.of.lost),
        NoticeKind::Sold => tr!(notices.choose.of.sold),
        NoticeKind::Unsold => tr!(notices.choose.of.unsold),
        NoticeKind::Refunded => tr!(notices.choose.of.refunded),
        NoticeKind::Paid => tr!(notices.choose.of.paid),
        NoticeKind::Disputed => tr!(notices.choose.of.disputed),
        NoticeKind::Cancelled => tr!(notices.choose.of.cancelled),
        NoticeKind::Question => tr!(notices.choose.of.question),
        NoticeKind::Answer => tr!(notices.choose.of.answer),
        NoticeKind::Message => tr!(notices.choose.of.message),
        NoticeKind::EndingSoon => tr!(notices.choose.of.ending_soon),
        NoticeKind::Found => tr!(notices.choose.of.found),
        NoticeKind::HandedOver => tr!(notices.choose.of.handed_over),
        NoticeKind::Review => tr!(notices.choose.of.review),
    }
}
