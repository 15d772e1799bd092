//! How the form writes texts, amounts, times, increments and soft closes.

use crate::{Band, Increment, Instant, Money, SoftClose, refusal::Reason, text};

/// The offered ladder's name in the form.
const LADDER: &str = "ladder";
/// More bands than any ladder needs.
const BANDS_MAX: usize = 20;

/// A unit in won, `ladder` for the offered one, or another ladder's bands: `10000:500/50000:1000/:2000`, the
/// last without a limit. Empty: the usual unit.
pub(super) fn increment(text: &str) -> Result<Increment, Reason> {
    match text.trim() {
        "" => Ok(Increment::default_unit()),
        LADDER => Ok(Increment::offered_ladder()),
        bands if bands.contains(':') => ladder(bands).ok_or(Reason::Malformed),
        unit => Money::parse(unit).map(|unit| Increment::Fixed { unit }).ok_or(Reason::Malformed),
    }
}

fn ladder(text: &str) -> Option<Increment> {
    if text.split('/').count() > BANDS_MAX {
        return None;
    }
    let band = |part: &str| {
        let (below, step) = part.split_once(':')?;
        let below = if below.trim().is_empty() { None } else { Some(Money::parse(below)?) };
        Some(Band { below, step: Money::parse(step)? })
    };
    let bands: Option<Vec<Band>> = text.split('/').map(band).collect();
    Some(Increment::Ladder { bands: bands? })
}

/// As [`increment`] reads it.
pub(super) fn increment_text(increment: &Increment) -> String {
    match increment {
        Increment::Fixed { unit } => unit.to_string(),
        ladder if *ladder == Increment::offered_ladder() => LADDER.to_owned(),
        Increment::Ladder { bands } => {
            let limit = |band: &Band| band.below.map(|below| below.to_string()).unwrap_or_default();
            let bands: Vec<String> =
                bands.iter().map(|band| format!("{}:{}", limit(band), band.step)).collect();
            bands.join("/")
        }
    }
}

/// `usual`, `live_show`, `none` or `own`.
pub(super) fn soft_close_name(soft: Option<SoftClose>) -> &'static str {
    match soft {
        None => "none",
        Some(SoftClose::USUAL) => "usual",
        Some(SoftClose::LIVE_SHOW) => "live_show",
        Some(_) => "own",
    }
}

/// Whole seconds.
pub(super) fn seconds(text: &str) -> Result<i64, Reason> {
    match text.trim() {
        "" => Err(Reason::Required),
        number => number.parse().map_err(|_| Reason::Malformed),
    }
}

pub(super) fn amount(text: &str) -> Result<Money, Reason> {
    if text.trim().is_empty() {
        return Err(Reason::Required);
    }
    Money::parse(text).ok_or(Reason::Malformed)
}

pub(super) fn optional_amount(text: &str) -> Result<Option<Money>, Reason> {
    if text.trim().is_empty() { Ok(None) } else { amount(text).map(Some) }
}

/// A field has no seconds: one that still says the minute of `known` means that instant.
pub(super) fn instant(typed: &str, known: Option<Instant>) -> Result<Instant, Reason> {
    let typed = typed.trim();
    match known {
        _ if typed.is_empty() => Err(Reason::Required),
        Some(known) if typed == text::local_input(known) => Ok(known),
        _ => text::parse_local(typed).ok_or(Reason::Malformed),
    }
}
