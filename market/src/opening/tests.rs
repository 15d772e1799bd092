//! The form, fault by fault.

use chrono::TimeDelta;

use super::{Addition, Draft, Opened, Opening, Reach, terms_faults};
use crate::{
    Auction, Increment, Instant, Leading, Money, Refusal, SoftClose, Status, UserId,
    refusal::{FieldFault, Reason},
    text,
};

fn at(local: &str) -> Instant {
    text::parse_local(local).expect("a time")
}

fn noon() -> Instant {
    at("2026-11-22T12:00")
}

fn sound() -> Draft {
    Draft {
        title: "라이카 M3".into(),
        category: "디지털".into(),
        condition: "A".into(),
        shipping: "seller".into(),
        reach: "national".into(),
        start_price: "10,000".into(),
        increment: "1000".into(),
        ends_at: "2026-11-23T21:00".into(),
        settlement: "on_close".into(),
        ..Draft::default()
    }
}

fn told(refused: Result<Opening, Refusal>) -> Vec<FieldFault> {
    match refused {
        Err(Refusal::Fields { faults }) => faults,
        other => panic!("expected faults, got {other:?}"),
    }
}

fn faults(draft: &Draft) -> Vec<(String, Reason)> {
    told(draft.check(noon())).into_iter().map(|fault| (fault.field, fault.reason)).collect()
}

fn only(draft: &Draft) -> (String, Reason) {
    let found = faults(draft);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().expect("one fault")
}

#[test]
fn a_sound_draft_opens_now_with_the_usual_soft_close() {
    let opening = sound().check(noon()).expect("sound");
    assert_eq!(opening.starts_at, noon());
    assert_eq!(opening.terms.soft_close, Some(SoftClose::USUAL));
}

#[test]
fn v2_every_range_is_checked_and_all_faults_are_told_at_once() {
    let own = |window: &str, extension: &str, hard_stop: &str| Draft {
        soft_close: "own".into(),
        soft_window: window.into(),
        soft_extension: extension.into(),
        soft_hard_stop: hard_stop.into(),
        ..sound()
    };
    let cases: [(&str, Draft); 19] = [
        ("title", Draft { title: " ".into(), ..sound() }),
        ("title", Draft { title: "가".repeat(101), ..sound() }),
        ("description", Draft { description: "가".repeat(5_001), ..sound() }),
        ("start_price", Draft { start_price: "0".into(), ..sound() }),
        ("start_price", Draft { start_price: "10500".into(), ..sound() }),
        ("start_price", Draft { start_price: "1000000000001".into(), ..sound() }),
        ("increment", Draft { increment: "0".into(), ..sound() }),
        ("increment", Draft { increment: "10000:500/5000:1000/:2000".into(), ..sound() }),
        ("increment", Draft { increment: "10000:500".into(), ..sound() }),
        ("reserve", Draft { reserve: "10000".into(), ..sound() }),
        ("buy_now", Draft { buy_now: "10000".into(), ..sound() }),
        ("buy_now", Draft { buy_now: "20000".into(), reserve: "20000".into(), ..sound() }),
        ("ends_at", Draft { ends_at: "2026-11-22T12:09".into(), ..sound() }),
        ("ends_at", Draft { ends_at: "2026-11-22T11:00".into(), ..sound() }),
        ("ends_at", Draft { ends_at: "2026-12-23T12:00".into(), ..sound() }),
        ("duration", Draft { duration: "9".into(), ..sound() }),
        ("soft_window", own("9", "10", "300")),
        ("soft_extension", own("10", "601", "3600")),
        ("soft_hard_stop", own("60", "60", "59")),
    ];
    for (field, draft) in cases {
        let found = faults(&draft);
        assert!(found.iter().all(|(name, _)| name == field) && !found.is_empty(), "{field}: {found:?}");
    }
    let all = Draft { title: String::new(), start_price: "abc".into(), ..sound() };
    assert_eq!(faults(&all).len(), 2);
}

#[test]
fn v4_an_amount_off_the_grid_is_told_with_its_neighbours() {
    let draft = Draft { start_price: "10,500".into(), ..sound() };
    let fault = FieldFault::off_grid("start_price", Money::won(10_500), Money::won(1_000));
    assert_eq!(told(draft.check(noon())), std::slice::from_ref(&fault));
    let json = serde_json::json!({
        "field": "start_price", "reason": "off_grid", "lower": 10_000, "upper": 11_000,
    });
    assert_eq!(serde_json::to_value(&fault).expect("JSON"), json);
    let too_small = FieldFault::off_grid("start_price", Money::won(500), Money::won(1_000));
    assert_eq!((too_small.lower, too_small.upper), (None, Some(Money::won(1_000))), "nothing is no price");
    let older: FieldFault = serde_json::from_str(r#"{"field":"title","reason":"required"}"#).expect("JSON");
    assert_eq!(older, FieldFault::new("title", Reason::Required));
}

#[test]
fn an_auction_starts_now_unless_it_is_scheduled() {
    let scheduled = Draft { start: "scheduled".into(), duration: "60".into(), ..sound() };
    assert_eq!(only(&scheduled), ("starts_at".into(), Reason::Required));
    let tonight = Draft { starts_at: "2026-11-22T20:00".into(), ..scheduled };
    let opening = tonight.check(noon()).expect("sound");
    assert_eq!((opening.starts_at, opening.ends_at), (at("2026-11-22T20:00"), at("2026-11-22T21:00")));
    let now = Draft { start: "now".into(), ..tonight };
    assert_eq!(now.check(noon()).expect("sound").starts_at, noon(), "what is left in the field says nothing");
    let past = Draft { starts_at: "2026-11-01T09:00".into(), ..sound() };
    assert_eq!(past.check(noon()).expect("sound").starts_at, noon());
}

#[test]
fn a_length_that_no_calendar_holds_is_refused() {
    for duration in ["9223372036854775807", "99999999999999", "-1", "하루"] {
        let found = faults(&Draft { duration: duration.into(), ..sound() });
        assert!(matches!(&found[..], [(field, _)] if field == "duration"), "{duration}: {found:?}");
    }
}

#[test]
fn pictures_are_names_each_once_and_ten_at_most() {
    let name = |digit: &str| digit.repeat(64);
    let draft = |names: &[String]| Draft { pictures: names.join(","), ..sound() };
    let twice = draft(&[name("a"), name("b"), name("a")]).check(noon()).expect("sound");
    assert_eq!(twice.pictures.iter().map(ToString::to_string).collect::<Vec<_>>(), [name("a"), name("b")]);
    let digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a"].map(name);
    assert_eq!(only(&draft(&digits)), ("pictures".into(), Reason::TooMany));
    assert_eq!(only(&draft(&["../etc/passwd".to_owned()])), ("pictures".into(), Reason::Malformed));
}

#[test]
fn what_an_auction_is_can_be_typed_again() {
    let crooked_seconds = noon() + TimeDelta::milliseconds(37_250);
    let own = SoftClose { window: 30, extension: 45, hard_stop: 600 };
    let ladder = "1000:50/:100";
    let draft =
        Draft { increment: ladder.into(), buy_now: "90000".into(), reserve: "70000".into(), ..sound() };
    let mut opening = draft.check(noon()).expect("sound");
    opening.terms.soft_close = Some(own);
    (opening.starts_at, opening.ends_at) = (crooked_seconds, crooked_seconds + TimeDelta::minutes(10));
    opening.listing.region = Some("11440".into());
    let opened = Opened { starts_at: opening.starts_at, ends_at: opening.ends_at, reach: Reach::National };
    let typed = Draft::from(&opening);
    assert_eq!(typed.increment, ladder);
    // Before its start and while it runs; ten minutes stay ten minutes.
    for now in [noon(), crooked_seconds + TimeDelta::minutes(1)] {
        assert_eq!(typed.check_edit(now, opened).as_ref(), Ok(&opening), "{now}");
    }
    assert_eq!(Increment::offered_ladder(), {
        let offered = Draft { increment: "ladder".into(), ..sound() };
        offered.check(noon()).expect("sound").terms.increment
    });
}

#[test]
fn an_edit_keeps_a_start_in_the_past_and_a_national_reach() {
    let opened = Opened {
        starts_at: noon() - TimeDelta::days(29),
        ends_at: noon() + TimeDelta::hours(5),
        reach: Reach::National,
    };
    let until = |ends_at: &str| Draft { start: "now".into(), ends_at: ends_at.into(), ..sound() };
    let reason = |draft: &Draft| told(draft.check_edit(noon(), opened)).remove(0).reason;
    assert_eq!(
        until("2026-11-22T12:01").check_edit(noon(), opened).expect("sound").starts_at,
        opened.starts_at
    );
    assert_eq!(reason(&until("2026-11-22T12:00")), Reason::EndTooEarly);
    assert_eq!(reason(&until("2026-11-24T12:00")), Reason::DurationTooLong, "from its start on");
    let back = Draft { reach: "neighbourhood".into(), ..until("2026-11-22T18:00") };
    assert_eq!(back.check_edit(noon(), opened), Err(Refusal::AlreadyNational));
}

#[test]
fn the_first_bid_and_the_end_end_the_editing() {
    let opening = sound().check(noon()).expect("sound");
    let auction = Auction::opened(UserId(1), opening.terms.clone(), opening.starts_at, opening.ends_at);
    let longer = Opening { ends_at: opening.ends_at + TimeDelta::hours(1), ..opening.clone() };
    let edited = auction.clone().edit(&longer, noon()).expect("editable");
    assert_eq!((edited.schedule.ends_at, edited.schedule.first_end), (longer.ends_at, longer.ends_at));
    assert_eq!(auction.clone().edit(&longer, opening.ends_at), Err(Refusal::Ended));
    let leading = Some(Leading { user: UserId(2), hold: Money::won(10_000) });
    let led = Auction { status: Status::Live(leading), price: Money::won(10_000), ..auction.clone() };
    assert_eq!(led.clone().edit(&longer, noon()), Err(Refusal::HasBids));
    assert_eq!(led.edit(&longer, opening.ends_at), Err(Refusal::Ended));
    let over = Auction { status: Status::Cancelled, ..auction };
    assert_eq!(over.edit(&longer, noon()), Err(Refusal::Ended));
}

#[test]
fn the_same_again_is_as_long_within_bounds() {
    let opening = sound().check(noon()).expect("sound");
    let later = noon() + TimeDelta::days(40);
    let again = opening.again(later);
    assert_eq!((again.starts_at, again.ends_at), (later, later + TimeDelta::hours(33)));
    assert_eq!(terms_faults(&again.terms), []);
    let cut = Opening { ends_at: opening.starts_at + TimeDelta::minutes(3), ..opening };
    assert_eq!(cut.again(later).ends_at, later + TimeDelta::minutes(10));
}

#[test]
fn additions_and_description_are_together_no_longer_than_a_description() {
    assert_eq!(Addition::check(" 흠집이 하나 더 있어요. ", 4_900).as_deref(), Ok("흠집이 하나 더 있어요."));
    let too_long = Err(Refusal::field("addition", Reason::TooLong));
    assert_eq!(Addition::check(&"가".repeat(1_001), 0), too_long);
    assert_eq!(Addition::check(&"가".repeat(101), 4_900), too_long);
    let addition = |text: &str| Addition { text: text.into(), at: noon() };
    assert_eq!(Addition::appended("처음", &[addition("다음")]), "처음\n\n다음");
    assert_eq!(Addition::appended("", &[addition("다음")]), "다음");
}

#[test]
fn a_kept_draft_holds_no_more_than_its_fields() {
    let endless = "가\u{0}\u{7}".repeat(20_000);
    let draft = Draft { title: endless.clone(), description: endless.clone(), increment: endless, ..sound() };
    let kept = draft.kept();
    assert_eq!((kept.title.chars().count(), kept.description.chars().count()), (100, 5_000));
    assert!(!kept.description.contains('\u{0}'), "PostgreSQL holds no such character");
    assert_eq!(sound().kept(), sound());
}
