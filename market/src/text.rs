//! Money and time as people read them, the same string on the server and in the browser (else hydration
//! breaks), and the cleaning of what they type. Times are shown in Asia/Seoul, which has had no daylight
//! saving time since 1988 and is nine hours ahead of UTC.

use chrono::{Datelike, FixedOffset, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike};

use crate::{Instant, Money};

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Korean, the first.
    Ko,
    /// English.
    En,
}

fn seoul() -> FixedOffset {
    FixedOffset::east_opt(9 * 3_600).expect("nine hours are an offset")
}

/// `1294000` → `1,294,000`.
#[must_use]
pub fn digits(amount: Money) -> String {
    let plain = amount.to_string();
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("−", rest));
    let mut grouped = String::with_capacity(plain.len() + plain.len() / 3);
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}")
}

/// `1,294,000원`, or `₩1,294,000`.
#[must_use]
pub fn won(amount: Money, language: Language) -> String {
    match language {
        Language::Ko => format!("{}원", digits(amount)),
        Language::En => format!("₩{}", digits(amount)),
    }
}

/// A change: `+58,000`, `−402,000`, `0`.
#[must_use]
pub fn signed(amount: Money) -> String {
    if amount.is_positive() { format!("+{}", digits(amount)) } else { digits(amount) }
}

/// A round amount for a chip or an axis: `3만`, `150만`, `5,000`; in English `30K`, `1.5M`.
#[must_use]
pub fn short(amount: Money, language: Language) -> String {
    let won = amount.to_won();
    match language {
        Language::Ko if won >= 100_000_000 && won % 10_000_000 == 0 => with_tenth(won / 10_000_000, "억"),
        Language::Ko if won >= 10_000 && won % 1_000 == 0 => with_tenth(won / 1_000, "만"),
        Language::En if won >= 1_000_000 && won % 100_000 == 0 => with_tenth(won / 100_000, "M"),
        Language::En if won >= 1_000 && won % 100 == 0 => with_tenth(won / 100, "K"),
        _ => digits(amount),
    }
}

fn with_tenth(tenths: i64, unit: &str) -> String {
    let whole = digits(Money::won(tenths / 10));
    match tenths % 10 {
        0 => format!("{whole}{unit}"),
        tenth => format!("{whole}.{tenth}{unit}"),
    }
}

/// `11.22 20:11`, in Seoul.
#[must_use]
pub fn day_time(at: Instant) -> String {
    let at = at.with_timezone(&seoul());
    format!("{:02}.{:02} {:02}:{:02}", at.month(), at.day(), at.hour(), at.minute())
}

/// `2026.11.22`, in Seoul.
#[must_use]
pub fn day(at: Instant) -> String {
    let at = at.with_timezone(&seoul());
    format!("{}.{:02}.{:02}", at.year(), at.month(), at.day())
}

/// `20:11:42`, in Seoul.
#[must_use]
pub fn clock(at: Instant) -> String {
    let at = at.with_timezone(&seoul());
    format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
}

/// `2026-11-22T20:11:42+09:00`, for `<time datetime>`.
#[must_use]
pub fn machine(at: Instant) -> String {
    at.with_timezone(&seoul()).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// `2026-11-22T20:11`, the value of an `<input type="datetime-local">`, in Seoul.
#[must_use]
pub fn local_input(at: Instant) -> String {
    at.with_timezone(&seoul()).format("%Y-%m-%dT%H:%M").to_string()
}

/// What an `<input type="datetime-local">` sends, in Seoul; seconds may be there.
#[must_use]
pub fn parse_local(text: &str) -> Option<Instant> {
    let text = text.trim();
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .ok()
        .filter(|local| (2_000..3_000).contains(&local.year()))?;
    seoul().from_local_datetime(&local).single().map(|at| at.to_utc())
}

/// The beginning of a day in Seoul, from what an `<input type="date">` sends.
#[must_use]
pub fn parse_day(text: &str) -> Option<Instant> {
    let day = text.trim();
    parse_local(&format!("{day}T00:00"))
}

/// The minute of the day in Seoul, from 0.
///
/// # Panics
/// Never: a day has 1,440 minutes.
#[must_use]
pub fn minute_of_day(at: Instant) -> u16 {
    let at = at.with_timezone(&seoul());
    u16::try_from(at.hour() * 60 + at.minute()).expect("a day has 1,440 minutes")
}

/// `22:05`, of a minute of the day; the value of an `<input type="time">`.
#[must_use]
pub fn minute_word(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// What an `<input type="time">` sends, as a minute of the day; seconds may be there.
#[must_use]
pub fn parse_minute(text: &str) -> Option<u16> {
    let text = text.trim();
    let time =
        NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"));
    u16::try_from(time.ok()?.num_seconds_from_midnight() / 60).ok()
}

/// How many days ago by the calendar of Seoul: 0 is today, 1 yesterday.
#[must_use]
pub fn days_ago(at: Instant, now: Instant) -> i64 {
    let day = |at: Instant| at.with_timezone(&seoul()).date_naive();
    (day(now) - day(at)).num_days()
}

/// `11월 22일 일요일`, `Sun 22 Nov`, in Seoul.
#[must_use]
pub fn weekday(at: Instant, language: Language) -> String {
    const KO: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];
    let at = at.with_timezone(&seoul());
    match language {
        Language::Ko => {
            let weekday = KO[at.weekday().num_days_from_monday() as usize];
            format!("{}월 {}일 {weekday}요일", at.month(), at.day())
        }
        Language::En => at.format("%a %-d %b").to_string(),
    }
}

/// `20:11`, in Seoul.
#[must_use]
pub fn minute(at: Instant) -> String {
    minute_word(minute_of_day(at))
}

/// The time left on a card: `2일`, `5시간`, `42분`, then the clock `02:14`.
#[must_use]
pub fn left_short(left: TimeDelta, language: Language) -> String {
    let (days, hours, minutes) = (left.num_days(), left.num_hours(), left.num_minutes());
    match language {
        _ if minutes < 10 => left_clock(left),
        Language::Ko if days >= 1 => format!("{days}일"),
        Language::Ko if hours >= 1 => format!("{hours}시간"),
        Language::Ko => format!("{minutes}분"),
        Language::En if days >= 1 => format!("{days}d"),
        Language::En if hours >= 1 => format!("{hours}h"),
        Language::En => format!("{minutes}m"),
    }
}

/// The time left on an auction's page: `2일 03:04:05`, `03:04:05`, `04:05`.
#[must_use]
pub fn left_long(left: TimeDelta, language: Language) -> String {
    let seconds = left.num_seconds().max(0);
    let (days, hours) = (seconds / 86_400, seconds / 3_600 % 24);
    let clock = format!("{:02}:{:02}", seconds / 60 % 60, seconds % 60);
    match (days, hours, language) {
        (0, 0, _) => clock,
        (0, _, _) => format!("{hours:02}:{clock}"),
        (_, _, Language::Ko) => format!("{days}일 {hours:02}:{clock}"),
        (_, _, Language::En) => format!("{days}d {hours:02}:{clock}"),
    }
}

/// `04:05`; never below zero.
#[must_use]
pub fn left_clock(left: TimeDelta) -> String {
    let seconds = left.num_seconds().max(0);
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// How far something is, in metres, rounded as far as one walks by it: `350m`, `1.2km`, `27km`, `1,234km`.
#[must_use]
pub fn distance(metres: i32) -> String {
    let metres = i64::from(metres.max(0));
    let tens = (metres + 5) / 10;
    let tenths = (metres + 50) / 100;
    match tenths {
        _ if tens < 100 => format!("{}m", tens * 10),
        ..100 => format!("{}.{}km", tenths / 10, tenths % 10),
        _ => format!("{}km", digits(Money::won((metres + 500) / 1_000))),
    }
}

/// What a person typed, as it is stored: NFC, without control characters (NUL cannot be stored at all) but
/// line breaks, trimmed.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept: String = text.chars().filter(|&c| c == '\n' || !c.is_control()).collect();
    composed(&kept).trim().to_owned()
}

#[cfg(not(target_arch = "wasm32"))]
fn composed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

/// A browser has Unicode's tables itself.
#[cfg(target_arch = "wasm32")]
fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_as_people_write_it() {
        assert_eq!(won(Money::won(1_294_000), Language::Ko), "1,294,000원");
        assert_eq!(won(Money::won(0), Language::En), "₩0");
        assert_eq!(signed(Money::won(-402_000)), "−402,000");
        assert_eq!(signed(Money::won(58_000)), "+58,000");
        assert_eq!(short(Money::won(30_000), Language::Ko), "3만");
        assert_eq!(short(Money::won(1_500_000), Language::Ko), "150만");
        assert_eq!(short(Money::won(5_000), Language::Ko), "5,000");
        assert_eq!(short(Money::won(15_000), Language::Ko), "1.5만");
        assert_eq!(short(Money::won(1_500_000), Language::En), "1.5M");
    }

    #[test]
    fn times_are_those_of_seoul_and_come_back() {
        let at = parse_local("2026-11-22T20:11").expect("a time");
        assert_eq!(machine(at), "2026-11-22T20:11:00+09:00");
        assert_eq!(day_time(at), "11.22 20:11");
        assert_eq!(day(at), "2026.11.22");
        assert_eq!(parse_local(&local_input(at)), Some(at));
        assert_eq!(parse_local("soon"), None);
        assert_eq!(parse_local("99999-01-01T00:00"), None);
    }

    #[test]
    fn days_are_those_of_the_calendar_in_seoul() {
        let at = |text: &str| parse_local(text).expect("a time");
        let (evening, morning) = (at("2026-11-22T23:59"), at("2026-11-23T00:01"));
        assert_eq!((days_ago(evening, morning), days_ago(morning, morning)), (1, 0));
        assert_eq!(weekday(evening, Language::Ko), "11월 22일 일요일");
        assert_eq!(weekday(evening, Language::En), "Sun 22 Nov");
        assert_eq!((minute(evening), minute_of_day(morning)), ("23:59".to_owned(), 1));
        assert_eq!(parse_minute(&minute_word(1_439)), Some(1_439));
        assert_eq!((parse_minute("24:00"), parse_minute("7")), (None, None));
    }

    #[test]
    fn time_left_gets_finer_towards_the_end() {
        assert_eq!(left_short(TimeDelta::hours(50), Language::Ko), "2일");
        assert_eq!(left_short(TimeDelta::seconds(134), Language::Ko), "02:14");
        assert_eq!(left_long(TimeDelta::seconds(183_845), Language::Ko), "2일 03:04:05");
        assert_eq!(left_long(TimeDelta::seconds(-5), Language::En), "00:00");
    }

    #[test]
    fn distances_get_coarser_the_further_one_goes() {
        for (metres, expected) in [
            (-1, "0m"),
            (4, "0m"),
            (5, "10m"),
            (350, "350m"),
            (994, "990m"),
            (995, "1.0km"),
            (1_249, "1.2km"),
            (1_250, "1.3km"),
            (9_949, "9.9km"),
            (9_950, "10km"),
            (27_400, "27km"),
            (1_234_000, "1,234km"),
            (i32::MAX, "2,147,484km"),
        ] {
            assert_eq!(distance(metres), expected, "{metres}");
        }
    }

    #[test]
    fn s1_nul_never_reaches_the_books() {
        assert_eq!(clean("\0 가\u{1b}나\n다 "), "가나\n다");
    }
}
