//! Staff: whom they keep from bidding, what they take back, and that every act of theirs is one row of a log
//! that nobody changes.

use market::{
    AuctionId, Money, QuestionId, Refusal, UserId,
    auction::StatusCode,
    refusal::Reason,
    staff::{ActKind, CategoryAct, CategoryNames},
    store::Result,
    talk::Report,
    view::{NoticeKind, ReportOutcome, ReportSubject, StaffAuctionQuery},
};
use tokio::task::JoinSet;

use crate::{
    Scene,
    db::{automatic, plain, refusal},
    usual,
};

/// What staff can do, each about something of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Do {
    Suspend(UserId),
    Unsuspend(UserId),
    ResetDevices(UserId),
    Cancel(AuctionId),
    Hide(QuestionId),
    Show(QuestionId),
    Decide(i64),
    Category,
}

impl Scene {
    async fn act(&self, staff: UserId, act: Do, reason: &str, key: &str) -> Result<()> {
        let market = self.market();
        match act {
            Do::Suspend(user) => market.suspend(staff, user, reason, key).await,
            Do::Unsuspend(user) => market.unsuspend(staff, user, reason, key).await,
            Do::ResetDevices(user) => market.reset_devices(staff, user, reason, key).await,
            Do::Cancel(auction) => market.cancel_by_staff(staff, auction, reason, key).await.map(drop),
            Do::Hide(question) => market.hide_question(staff, question, reason, key).await,
            Do::Show(question) => market.show_question(staff, question, reason, key).await,
            Do::Decide(report) => {
                market.resolve_report(staff, report, ReportOutcome::Dismissed, reason, key).await
            }
            Do::Category => {
                let names = CategoryNames::check("캠핑", "Camping").expect("names");
                let change = CategoryAct::Add(names, "sports".to_owned());
                market.change_category(staff, &change, reason, key).await
            }
        }
    }

    /// One of each act that can be done now, with its word in the log.
    async fn acts(&self) -> Vec<(Do, ActKind)> {
        let market = self.market();
        let auction = self.auction("acts").await;
        let question = market.ask_question(self.junho, auction, "q", "상자도 있나요?").await.expect("asked");
        let subject = ReportSubject::Auction(auction);
        let report = Report::check(subject, "fraud", "").expect("a report");
        market.report(self.junho, &report, "r").await.expect("reported");
        let staff = self.staff().await;
        let report = market.open_reports(staff, None).await.expect("a list").rows[0].id;
        vec![
            (Do::Suspend(self.minji), ActKind::Suspend),
            (Do::Unsuspend(self.minji), ActKind::Unsuspend),
            (Do::ResetDevices(self.minji), ActKind::ResetDevices),
            (Do::Hide(question), ActKind::HideQuestion),
            (Do::Show(question), ActKind::ShowQuestion),
            (Do::Decide(report), ActKind::DismissReport),
            (Do::Category, ActKind::AddCategory),
            (Do::Cancel(auction), ActKind::CancelAuction),
        ]
    }

    async fn suspend(&self, user: UserId) {
        let staff = self.staff().await;
        self.market().suspend(staff, user, "신고 세 번", "s").await.expect("suspended");
    }

    /// How many rows the log has.
    async fn logged(&self) -> usize {
        let count = "SELECT count(*) FROM staff_acts WHERE id > $1";
        usize::try_from(self.database.count(count, 0).await).expect("a count")
    }
}

#[tokio::test]
async fn every_act_is_one_row_with_its_reason_and_a_repetition_is_none() {
    let scene = Scene::new().await;
    let staff = scene.staff().await;
    for (number, (act, kind)) in scene.acts().await.into_iter().enumerate() {
        let key = format!("k{number}");
        for _ in 0..2 {
            scene.act(staff, act, " 확인했어요 ", &key).await.expect("done");
        }
        assert_eq!(scene.logged().await, number + 1, "{act:?}");
        let newest = scene.market().staff_log(staff, None, None).await.expect("the log").rows.remove(0);
        assert_eq!((newest.act, newest.reason.as_str()), (kind, "확인했어요"));
        assert_eq!((newest.staff.id, newest.at), (staff, crate::db::noon()));
        let other = scene.act(staff, act, "다른 이유", &key).await;
        assert_eq!(refusal(other), Refusal::KeyReused, "{act:?}");
        let of_kind = scene.market().staff_log(staff, Some(kind), None).await.expect("the log");
        assert_eq!(of_kind.rows, [newest]);
    }
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn nothing_is_done_by_others_or_without_a_reason() {
    let scene = Scene::new().await;
    let staff = scene.staff().await;
    for (act, _) in scene.acts().await {
        for user in [scene.seller, scene.minji, scene.junho, UserId(0)] {
            assert_eq!(refusal(scene.act(user, act, "그냥", "k").await), Refusal::NotYours, "{act:?}");
        }
        let none = scene.act(staff, act, " \n ", "k").await;
        assert_eq!(refusal(none), Refusal::field("reason", Reason::Required), "{act:?}");
        let novel = scene.act(staff, act, &"가".repeat(1_001), "k").await;
        assert_eq!(refusal(novel), Refusal::field("reason", Reason::TooLong), "{act:?}");
        for senseless in ["", "\n"] {
            assert_eq!(refusal(scene.act(staff, act, "이유", senseless).await), Refusal::Malformed);
        }
    }
    assert_eq!(scene.logged().await, 0);
    let market = scene.market();
    for user in [scene.seller, scene.minji, UserId(0)] {
        assert_eq!(refusal(market.staff_home(user).await), Refusal::NotYours);
        assert_eq!(refusal(market.staff_log(user, None, None).await), Refusal::NotYours);
        assert_eq!(refusal(market.staff_people(user, "", false, None).await), Refusal::NotYours);
        assert_eq!(refusal(market.staff_person(user, scene.minji).await), Refusal::NotYours);
        let query = StaffAuctionQuery::default();
        assert_eq!(refusal(market.staff_auctions(user, &query).await), Refusal::NotYours);
        assert_eq!(refusal(market.staff_auction(user, AuctionId(1)).await), Refusal::NotYours);
        assert_eq!(refusal(market.staff_questions(user, false, None).await), Refusal::NotYours);
        assert_eq!(refusal(market.staff_categories(user).await), Refusal::NotYours);
    }
}

#[tokio::test]
async fn what_does_not_exist_is_not_found_and_what_is_so_already_is_not_logged() {
    let scene = Scene::new().await;
    let staff = scene.staff().await;
    let nothing = [
        Do::Suspend(UserId(0)),
        Do::ResetDevices(UserId(0)),
        Do::Cancel(AuctionId(0)),
        Do::Hide(QuestionId(0)),
        Do::Decide(0),
    ];
    for act in nothing {
        assert_eq!(refusal(scene.act(staff, act, "이유", "k").await), Refusal::NotFound, "{act:?}");
    }
    let auction = scene.auction("a").await;
    let question = scene.market().ask_question(scene.junho, auction, "q", "네?").await.expect("asked");
    for act in [Do::Unsuspend(scene.minji), Do::Show(question)] {
        scene.act(staff, act, "이유", "k").await.expect("it is so");
    }
    assert_eq!(scene.logged().await, 0);
}

#[tokio::test]
async fn the_log_only_grows() {
    let scene = Scene::new().await;
    scene.suspend(scene.minji).await;
    for change in ["UPDATE staff_acts SET reason = 'x'", "DELETE FROM staff_acts"] {
        let error = sqlx::query(change).execute(&scene.database.pool).await.expect_err("refused");
        assert!(error.to_string().contains("immutable"), "{error}");
    }
    assert_eq!(scene.logged().await, 1);
}

#[tokio::test]
async fn who_is_suspended_bids_on_nothing_buys_nothing_and_opens_nothing() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.open("a", |terms| terms.buy_now = Some(Money::won(60_000))).await;
    market.bid(scene.minji, auction, plain(10_000), Some("before")).await.expect("accepted");
    scene.suspend(scene.minji).await;
    assert_eq!(refusal(scene.bid(scene.minji, auction, plain(20_000)).await), Refusal::Suspended);
    assert_eq!(refusal(market.buy_now(scene.minji, auction, None, None).await), Refusal::Suspended);
    assert_eq!(refusal(market.open_auction(scene.minji, "k", &usual()).await), Refusal::Suspended);
    // What was accepted before is answered the same, and another request under its key is no way in.
    market.bid(scene.minji, auction, plain(10_000), Some("before")).await.expect("said before");
    let other = market.bid(scene.minji, auction, plain(20_000), Some("before")).await;
    assert_eq!(refusal(other), Refusal::Suspended);
    assert_eq!(scene.wallets().await, [(0, 0), (90_000, 10_000), (100_000, 0)], "the hold stays");
    scene.bid(scene.junho, auction, plain(11_000)).await.expect("others are not concerned");

    let staff = scene.staff().await;
    market.unsuspend(staff, scene.minji, "잘못된 신고", "u").await.expect("unsuspended");
    scene.bid(scene.minji, auction, plain(12_000)).await.expect("accepted");
    market.open_auction(scene.minji, "k", &usual()).await.expect("opened");
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn what_stands_when_somebody_is_suspended_goes_on() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (auction, own) = (scene.auction("a").await, scene.auction("own").await);
    scene.bid(scene.minji, auction, automatic(50_000)).await.expect("accepted");
    scene.suspend(scene.minji).await;
    let staff = scene.staff().await;
    market.suspend(staff, scene.seller, "신고", "seller").await.expect("suspended");
    scene.bid(scene.junho, own, plain(10_000)).await.expect("his auctions go on");
    let outbid = scene.bid(scene.junho, auction, plain(30_000)).await.expect("accepted");
    assert_eq!(outbid.state.price, Money::won(31_000), "his maximum bids on");
    scene.end();
    assert_eq!(market.close(auction).await.expect("closed"), StatusCode::Settled);
    assert_eq!(market.close(own).await.expect("closed"), StatusCode::Settled);
    assert_eq!(scene.wallets().await, [(41_000, 0), (69_000, 0), (90_000, 0)]);
    assert_eq!(refusal(market.relist(scene.seller, own, "again").await), Refusal::Suspended);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn staff_suspend_neither_themselves_nor_each_other() {
    let scene = Scene::new().await;
    let staff = scene.staff().await;
    let colleague = scene.database.person("staff_two", 0).await;
    scene.market().make_staff(colleague).await.expect("staff");
    for user in [staff, colleague] {
        let suspended = scene.act(staff, Do::Suspend(user), "이유", "k").await;
        assert_eq!(refusal(suspended), Refusal::NotYours);
    }
    scene.suspend(scene.minji).await;
    assert_eq!(refusal(scene.market().make_staff(scene.minji).await), Refusal::Suspended);
}

/// A suspension that was answered before a bid was sent counts, whatever else goes on; and of bids that come
/// at the same moment each is either accepted before it or refused.
#[tokio::test]
async fn a_suspension_and_bids_at_the_same_moment_come_one_after_the_other() {
    let scene = Scene::new().await;
    let staff = scene.staff().await;
    let other = scene.database.another_server(4).await;
    for round in 0..10_i64 {
        let auction = scene.auction(&format!("r{round}")).await;
        let mut bids = JoinSet::new();
        for number in 0..6_i64 {
            let market = if number % 2 == 0 { scene.market().clone() } else { other.clone() };
            let user = scene.minji;
            let amount = 10_000 + 1_000 * number;
            bids.spawn(async move { market.bid(user, auction, automatic(amount), None).await });
        }
        let key = format!("s{round}");
        scene.market().suspend(staff, scene.minji, "이유", &key).await.expect("suspended");
        for market in [scene.market(), &other] {
            let late = market.bid(scene.minji, auction, automatic(90_000), None).await;
            assert_eq!(refusal(late), Refusal::Suspended);
        }
        while let Some(outcome) = bids.join_next().await {
            if let Err(error) = outcome.expect("no panic") {
                let refusal = error.refusal().expect("a refusal");
                let known = [Refusal::Suspended, Refusal::SameMaximum];
                let lower = matches!(refusal, Refusal::BelowCurrentPrice { .. });
                assert!(lower || known.contains(&refusal), "{refusal:?}");
            }
        }
        scene.cancel_by_staff(auction).await.expect("the money is free for the next round");
        scene.market().unsuspend(staff, scene.minji, "이유", &format!("u{round}")).await.expect("again");
    }
    assert_eq!(scene.wallets().await, [(0, 0), (100_000, 0), (100_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn devices_that_are_reset_are_signed_out_all_at_once() {
    let scene = Scene::new().await;
    let market = scene.market();
    let hash = market.hash_password("망원동 한강 자전거".to_owned()).await.expect("a hash");
    let set = "UPDATE users SET password_hash = $2 WHERE id = $1";
    sqlx::query(set).bind(scene.minji.0).bind(hash).execute(&scene.database.pool).await.expect("a password");
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let signed_in = market.sign_in("minji_park", "망원동 한강 자전거", "Firefox").await;
        tokens.push(signed_in.expect("signed in").1);
    }
    let staff = scene.staff().await;
    assert_eq!(market.staff_person(staff, scene.minji).await.expect("a page").devices, 2);
    market.reset_devices(staff, scene.minji, "도난 신고", "k").await.expect("reset");
    for token in &tokens {
        assert_eq!(market.session(token).await.expect("asked"), None);
    }
    assert_eq!(market.staff_person(staff, scene.minji).await.expect("a page").devices, 0);
    market.sign_in("minji_park", "망원동 한강 자전거", "Firefox").await.expect("he signs in again");
}

#[tokio::test]
async fn m8_staff_take_back_what_runs_or_is_to_run_and_everybody_has_his_money_again() {
    let scene = Scene::new().await;
    let market = scene.market();
    let staff = scene.staff().await;
    let live = scene.auction("live").await;
    scene.bid(scene.minji, live, automatic(60_000)).await.expect("accepted");
    scene.bid(scene.junho, live, plain(20_000)).await.expect("accepted");
    let later = market::opening::Opening { starts_at: crate::end(), ..usual() };
    let later = market::opening::Opening { ends_at: crate::end() + chrono::TimeDelta::hours(1), ..later };
    let scheduled = scene.database.auction(scene.seller, "later", &later).await;
    for auction in [live, scheduled] {
        let key = auction.to_string();
        for _ in 0..2 {
            let status = market.cancel_by_staff(staff, auction, "위조품", &key).await.expect("cancelled");
            assert_eq!(status, StatusCode::Cancelled);
        }
        let acts = market.staff_auction(staff, auction).await.expect("a page").acts;
        assert_eq!(acts.iter().map(|act| act.act).collect::<Vec<_>>(), [ActKind::CancelAuction]);
    }
    assert_eq!(scene.wallets().await, [(0, 0), (100_000, 0), (100_000, 0)]);
    for user in [scene.seller, scene.minji, scene.junho] {
        let notices = market.notices(user, 20).await.expect("notices");
        let told = notices.iter().filter(|notice| notice.kind == NoticeKind::Cancelled);
        assert_eq!(told.count(), if user == scene.seller { 2 } else { 1 });
    }
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn an_auction_whose_end_is_reached_has_its_winner_and_staff_with_a_part_in_one_are_no_staff_to_it() {
    let scene = Scene::new().await;
    let market = scene.market();
    let staff = scene.staff().await;
    let auction = scene.auction("a").await;
    let own = scene.database.auction(staff, "own", &usual()).await;
    assert_eq!(refusal(market.cancel_by_staff(staff, own, "이유", "k").await), Refusal::NotYours);
    market.post_deposit(staff, Money::won(50_000)).await.expect("a deposit");
    scene.bid(staff, auction, plain(10_000)).await.expect("accepted");
    assert_eq!(refusal(market.cancel_by_staff(staff, auction, "이유", "k").await), Refusal::NotYours);
    scene.bid(scene.minji, auction, plain(11_000)).await.expect("accepted");
    scene.end();
    assert_eq!(refusal(market.cancel_by_staff(staff, auction, "이유", "k").await), Refusal::Ended);
    assert_eq!(market.close(auction).await.expect("closed"), StatusCode::Settled);
    assert_eq!(refusal(market.cancel_by_staff(staff, auction, "이유", "k").await), Refusal::Ended);
    assert_eq!(scene.logged().await, 0);
}

#[tokio::test]
async fn reports_are_decided_once_for_a_reason_and_stand_on_the_persons_page() {
    let scene = Scene::new().await;
    let market = scene.market();
    let staff = scene.staff().await;
    let auction = scene.auction("a").await;
    let question = market.ask_question(scene.junho, auction, "q", "무례한 말").await.expect("asked");
    for (user, subject) in [
        (scene.minji, ReportSubject::Question(question.0)),
        (scene.minji, ReportSubject::Auction(auction)),
        (scene.junho, ReportSubject::User(scene.seller)),
    ] {
        let report = Report::check(subject, "fraud", "").expect("a report");
        market.report(user, &report, subject.kind()).await.expect("reported");
    }
    let open = market.open_reports(staff, None).await.expect("a list").rows;
    assert_eq!(
        open.iter().map(|row| row.excerpt.as_str()).collect::<Vec<_>>(),
        ["무례한 말", "라이카 M3", ""]
    );
    let behind = market.open_reports(staff, Some(open[0].id)).await.expect("a list").rows;
    assert_eq!(behind, open[1..]);
    let (first, upheld) = (open[0].id, ReportOutcome::Upheld);
    market.resolve_report(staff, first, upheld, "욕설", "k").await.expect("decided");
    market.resolve_report(staff, first, ReportOutcome::Dismissed, "아니에요", "k2").await.expect("it stays");
    assert_eq!(scene.logged().await, 1);
    let page = market.staff_person(staff, scene.junho).await.expect("a page");
    assert_eq!(
        page.reports.iter().map(|row| (row.id, row.outcome)).collect::<Vec<_>>(),
        [(first, Some(upheld))]
    );
    assert_eq!(page.acts.iter().map(|act| act.act).collect::<Vec<_>>(), [ActKind::UpholdReport]);
    let home = market.staff_home(staff).await.expect("the index");
    assert_eq!((home.open_reports, home.live_auctions, home.acts.len()), (2, 1, 1));
    let about_staff = Report::check(ReportSubject::User(staff), "abuse", "").expect("a report");
    market.report(scene.minji, &about_staff, "staff").await.expect("reported");
    let last = market.open_reports(staff, None).await.expect("a list").rows.pop().expect("a report");
    let own = market.resolve_report(staff, last.id, upheld, "나에 대한 신고", "own").await;
    assert_eq!(refusal(own), Refusal::NotYours, "nobody decides about himself");
}

#[tokio::test]
async fn a_question_that_is_shown_again_is_on_its_page() {
    let scene = Scene::new().await;
    let market = scene.market();
    let staff = scene.staff().await;
    let auction = scene.auction("a").await;
    let question = market.ask_question(scene.junho, auction, "q", "상자도 있나요?").await.expect("asked");
    let shown = async || {
        let page = market.auction_page(auction, None).await.expect("the page");
        page.questions.shown.len()
    };
    market.hide_question(staff, question, "욕설", "h").await.expect("hidden");
    assert_eq!(shown().await, 0);
    let hidden = market.staff_questions(staff, true, None).await.expect("a list").rows;
    assert_eq!(hidden.iter().map(|row| row.id).collect::<Vec<_>>(), [question]);
    market.show_question(staff, question, "다시 보니 괜찮아요", "s").await.expect("shown");
    assert_eq!(shown().await, 1);
    assert!(market.staff_questions(staff, true, None).await.expect("a list").rows.is_empty());
    market.answer_question(scene.seller, question, "있어요").await.expect("answered");
    let all = market.staff_questions(staff, false, None).await.expect("a list").rows;
    assert_eq!(all[0].answer.as_deref(), Some("있어요"));
}

#[tokio::test]
async fn categories_are_added_renamed_moved_and_retired_but_never_removed() {
    let scene = Scene::new().await;
    let market = scene.market();
    let staff = scene.staff().await;
    let change =
        async |change: CategoryAct, key: &str| market.change_category(staff, &change, "정리", key).await;
    let slugs = async || {
        let all = market.categories().await.expect("categories");
        all.into_iter().map(|category| category.slug).collect::<Vec<_>>()
    };
    let names = |ko: &str, en: &str| CategoryNames::check(ko, en).expect("names");
    let before = slugs().await;
    let art = || "sports".to_owned();
    change(CategoryAct::Add(names("캠핑·등산", "Camping"), art()), "a").await.expect("added");
    let twice = change(CategoryAct::Add(names("캠핑 등산", "Hiking"), art()), "b").await;
    assert_eq!(refusal(twice), Refusal::field("name_ko", Reason::Taken));
    let unknown = change(CategoryAct::Add(names("낚시", "Fishing"), "fish".to_owned()), "b").await;
    assert_eq!(refusal(unknown), Refusal::field("art", Reason::Unknown));
    let camping = market.categories().await.expect("categories").pop().expect("the last");
    assert_eq!((camping.slug.as_str(), camping.glyph.as_str()), ("캠핑-등산", "ball"));

    change(CategoryAct::Rename(camping.id, names("캠핑", "Camping")), "r").await.expect("renamed");
    change(CategoryAct::Rename(camping.id, names("캠핑", "Camping")), "r2").await.expect("it is so");
    let taken = change(CategoryAct::Rename(camping.id, names("디지털", "x")), "r3").await;
    assert_eq!(refusal(taken), Refusal::field("name_ko", Reason::Taken));
    change(CategoryAct::Move(camping.id, true), "up").await.expect("moved");
    let moved = slugs().await;
    assert_eq!(moved[moved.len() - 2..], ["캠핑-등산".to_owned(), before[before.len() - 1].clone()]);
    change(CategoryAct::Move(camping.id, false), "down").await.expect("moved back");
    change(CategoryAct::Move(camping.id, false), "last").await.expect("it is the last");

    let digital = market.categories().await.expect("categories")[0].id;
    let running = scene.auction("running").await;
    change(CategoryAct::Retire(digital, true), "off").await.expect("retired");
    let refused = market.open_auction(scene.seller, "new", &usual()).await;
    assert_eq!(refusal(refused), Refusal::field("category", Reason::Unknown));
    scene.bid(scene.minji, running, plain(10_000)).await.expect("those that run go on");
    let sell = market.sell_page(scene.seller, None).await.expect("a page");
    assert!(sell.categories.iter().all(|category| category.id != digital));
    assert_eq!(slugs().await.len(), before.len() + 1, "it is still looked for");
    change(CategoryAct::Retire(digital, false), "on").await.expect("restored");
    market.open_auction(scene.seller, "new", &usual()).await.expect("opened");
    let kinds: Vec<_> = market.staff_log(staff, None, None).await.expect("the log").rows;
    let kinds: Vec<_> = kinds.iter().rev().map(|row| (row.act, row.detail.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (ActKind::AddCategory, "캠핑·등산 / Camping"),
            (ActKind::RenameCategory, "캠핑 / Camping"),
            (ActKind::MoveCategory, "up"),
            (ActKind::MoveCategory, "down"),
            (ActKind::RetireCategory, ""),
            (ActKind::RestoreCategory, ""),
        ]
    );
}

#[tokio::test]
async fn people_and_auctions_are_found_and_paged() {
    let scene = Scene::new().await;
    let market = scene.market();
    let staff = scene.staff().await;
    scene.suspend(scene.junho).await;
    let names = async |q: &str, suspended: bool, before: Option<i64>| {
        let page = market.staff_people(staff, q, suspended, before).await.expect("people");
        page.rows.into_iter().map(|row| row.username).collect::<Vec<_>>()
    };
    assert_eq!(names("MINJI", false, None).await, ["minji_park"]);
    assert_eq!(names("%", false, None).await, [""; 0], "signs are signs");
    assert_eq!(names("", true, None).await, ["junho_lee"]);
    assert_eq!(names("", false, Some(scene.junho.0)).await, ["minji_park", "seller_kim"]);

    let (first, second) = (scene.auction("a").await, scene.auction("b").await);
    scene.bid(scene.minji, second, plain(10_000)).await.expect("accepted");
    scene.cancel_by_staff(first).await.expect("cancelled");
    let found = async |q: &str, status: &str, after: &str| {
        let [q, status, after] = [q, status, after].map(str::to_owned);
        let query = StaffAuctionQuery { q, status, after };
        let page = market.staff_auctions(staff, &query).await.expect("auctions");
        page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(found("", "", "").await, [second, first]);
    assert_eq!(found("라이카", "cancelled", "").await, [first]);
    assert_eq!(found("SELLER_KIM", "live", "").await, [second]);
    assert_eq!(found(&first.to_string(), "", "").await, [first]);
    assert_eq!(found("", "", &second.to_string()).await, [first]);
    assert_eq!(found("없는 것", "", "").await, []);
    let page = market.staff_auction(staff, second).await.expect("a page");
    assert!(page.cancellable);
    assert_eq!(page.row.bidder.map(|bidder| bidder.id), Some(scene.minji));
    let person = market.staff_person(staff, scene.minji).await.expect("a page");
    assert_eq!(person.money, Money::won(100_000));
    assert_eq!((person.leading, person.row.suspended_at), (1, None));
    assert_eq!(refusal(market.staff_person(staff, UserId(0)).await), Refusal::NotFound);
}

#[tokio::test]
async fn who_is_staff_no_longer_is_signed_out_and_let_in_nowhere() {
    let scene = Scene::new().await;
    let market = scene.market();
    let staff = scene.staff().await;
    market.staff_home(staff).await.expect("let in");
    market.remove_staff(staff).await.expect("removed");
    assert_eq!(refusal(market.staff_home(staff).await), Refusal::NotYours);
    assert_eq!(refusal(market.remove_staff(staff).await), Refusal::NotFound);
    assert_eq!(refusal(market.make_staff(UserId(0)).await), Refusal::NotFound);
    market.make_staff(staff).await.expect("again");
}
