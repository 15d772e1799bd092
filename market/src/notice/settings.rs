//! What people choose: a switch for each kind and channel, and quiet hours.

use serde::{Deserialize, Serialize};

use super::{Channel, Quiet};
use crate::{Refusal, refusal::Reason, text::parse_minute, view::NoticeKind};

/// What somebody wants to be told of on each channel, and when not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSettings {
    /// Shown on open pages.
    pub toast: Vec<NoticeKind>,
    /// Sent as letters.
    pub mail: Vec<NoticeKind>,
    /// Sent to browsers that let themselves be woken.
    pub push: Vec<NoticeKind>,
    /// When nothing is sent.
    pub quiet: Option<Quiet>,
}

/// What holds for people who never chose.
impl Default for NoticeSettings {
    fn default() -> Self {
        let usual = |channel: Channel| channel.usual().to_vec();
        Self {
            toast: usual(Channel::Toast),
            mail: usual(Channel::Mail),
            push: usual(Channel::Push),
            quiet: None,
        }
    }
}

impl NoticeSettings {
    /// The kinds of a channel.
    #[must_use]
    pub fn of(&self, channel: Channel) -> &[NoticeKind] {
        match channel {
            Channel::Toast => &self.toast,
            Channel::Mail => &self.mail,
            Channel::Push => &self.push,
        }
    }

    /// Whether a kind goes this way.
    #[must_use]
    pub fn wants(&self, channel: Channel, kind: NoticeKind) -> bool {
        self.of(channel).contains(&kind)
    }

    /// From the form: what is switched on, each as [`switch`] names it, and the quiet hours if there are any.
    ///
    /// # Errors
    /// `malformed`: a switch that does not exist. `fields`: hours that are none, or none between them.
    pub fn check(on: &[String], quiet: Option<(&str, &str)>) -> Result<Self, Refusal> {
        let known = |name: &String| read_switch(name).ok_or(Refusal::Malformed);
        let on = on.iter().map(known).collect::<Result<Vec<_>, _>>()?;
        let of = |channel: Channel| {
            NoticeKind::ALL.into_iter().filter(|kind| on.contains(&(channel, *kind))).collect()
        };
        let quiet = quiet.map(|(from, to)| check_quiet(from, to)).transpose()?;
        Ok(Self { toast: of(Channel::Toast), mail: of(Channel::Mail), push: of(Channel::Push), quiet })
    }
}

fn check_quiet(from: &str, to: &str) -> Result<Quiet, Refusal> {
    let minute =
        |name: &str, text: &str| parse_minute(text).ok_or_else(|| Refusal::field(name, Reason::Malformed));
    let (from, to) = (minute("quiet_from", from)?, minute("quiet_to", to)?);
    Quiet::new(from, to).ok_or_else(|| Refusal::field("quiet_to", Reason::OutOfRange))
}

/// The name of a switch in the form: `mail:won`.
#[must_use]
pub fn switch(channel: Channel, kind: NoticeKind) -> String {
    format!("{}:{}", channel.as_str(), kind.as_str())
}

fn read_switch(name: &str) -> Option<(Channel, NoticeKind)> {
    let (channel, kind) = name.split_once(':')?;
    let channel = Channel::ALL.into_iter().find(|known| known.as_str() == channel)?;
    Some((channel, NoticeKind::from_name(kind)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_a_form_are_those_that_are_switched_on() {
        let on = ["mail:won", "push:won", "toast:message"].map(str::to_owned);
        let settings = NoticeSettings::check(&on, Some(("22:00", "07:30"))).expect("settings");
        assert!(settings.wants(Channel::Mail, NoticeKind::Won));
        assert!(!settings.wants(Channel::Mail, NoticeKind::Sold));
        assert_eq!(settings.toast, [NoticeKind::Message]);
        assert_eq!(settings.quiet, Quiet::new(22 * 60, 7 * 60 + 30));
        assert_eq!(switch(Channel::Mail, NoticeKind::Won), "mail:won");
    }

    #[test]
    fn what_is_no_switch_and_no_hour_is_refused() {
        for bad in ["", "mail", "mail:", "fax:won", "mail:x"] {
            let refused = NoticeSettings::check(&[bad.to_owned()], None);
            assert_eq!(refused, Err(Refusal::Malformed), "{bad}");
        }
        let quiet = |from, to| NoticeSettings::check(&[], Some((from, to))).map(|settings| settings.quiet);
        for bad in ["", "x", "24:00", "7", "07:60"] {
            assert_eq!(quiet(bad, "08:00"), Err(Refusal::field("quiet_from", Reason::Malformed)), "{bad}");
        }
        assert_eq!(quiet("08:00", "08:00"), Err(Refusal::field("quiet_to", Reason::OutOfRange)));
    }
}
