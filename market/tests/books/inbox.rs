//! The inbox, what comes in passing, and reminders.

use chrono::TimeDelta;
use market::{
    AuctionId, UserId,
    notice::{Group, NoticeSettings, Quiet},
    view::{InboxPage, NoticeKind},
};

use crate::{
    Scene,
    db::{automatic, noon, plain},
    end,
};

impl Scene {
    async fn page(&self, user: UserId, group: Option<Group>, after: Option<i64>) -> InboxPage {
        self.market().inbox(user, group, after).await.expect("an inbox")
    }

    /// An auction in which minji was overtaken.
    async fn overtaken(&self, key: &str) -> AuctionId {
        let auction = self.auction(key).await;
        self.bid(self.minji, auction, plain(10_000)).await.expect("accepted");
        self.bid(self.junho, auction, plain(11_000)).await.expect("accepted");
        self.cancel_by_staff(auction).await.expect("cancelled");
        auction
    }
}

fn unread(page: &InboxPage, group: Group) -> i64 {
    page.unread.iter().find(|(known, _)| *known == group).map_or(0, |(_, count)| *count)
}

#[tokio::test]
async fn the_inbox_comes_in_pages_newest_first() {
    let scene = Scene::new().await;
    for number in 0..17 {
        scene.overtaken(&number.to_string()).await;
    }
    let first = scene.page(scene.minji, None, None).await;
    assert_eq!((first.notices.len(), unread(&first, Group::Bids)), (30, 34));
    assert!(first.notices.is_sorted_by(|newer, older| newer.seq > older.seq));
    assert_eq!(first.inbox_seq, first.notices[0].seq);
    let second = scene.page(scene.minji, None, first.next).await;
    assert_eq!((second.notices.len(), second.next), (4, None));
    assert!(second.notices[0].seq < first.notices[29].seq);
}

#[tokio::test]
async fn a_group_of_the_inbox_is_its_kinds_alone() {
    let scene = Scene::new().await;
    scene.overtaken("a").await;
    let sales = scene.page(scene.seller, Some(Group::Sales), None).await;
    assert_eq!(sales.notices.iter().map(|notice| notice.kind).collect::<Vec<_>>(), [NoticeKind::NewBid]);
    assert_eq!((unread(&sales, Group::Sales), unread(&sales, Group::Bids)), (1, 1));
    assert!(scene.page(scene.seller, Some(Group::Talk), None).await.notices.is_empty());
}

#[tokio::test]
async fn only_what_was_seen_is_read() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, plain(11_000)).await.expect("accepted");
    let seen = scene.page(scene.minji, None, None).await.notices[0].seq;
    scene.bid(scene.minji, auction, plain(12_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, plain(13_000)).await.expect("accepted");
    market.see_notices(scene.minji, &[seen]).await.expect("seen");
    let page = scene.page(scene.minji, None, None).await;
    assert_eq!((page.notices[0].times, page.notices[0].read), (2, false), "it was counted up since");
    market.see_notices(scene.junho, &[page.inbox_seq]).await.expect("nothing of his");
    assert_eq!(unread(&scene.page(scene.minji, None, None).await, Group::Bids), 1);
    market.see_notices(scene.minji, &[page.inbox_seq]).await.expect("seen");
    assert_eq!(unread(&scene.page(scene.minji, None, None).await, Group::Bids), 0);
}

#[tokio::test]
async fn in_passing_come_the_three_newest_of_the_kinds_that_may() {
    let scene = Scene::new().await;
    let market = scene.market();
    for number in 0..3 {
        scene.overtaken(&number.to_string()).await;
    }
    let state = market.my_state(scene.minji).await.expect("my state");
    assert_eq!((state.unread, state.news.len()), (6, 3));
    assert_eq!(state.news[0].seq, state.inbox_seq);
    let settings = NoticeSettings { toast: vec![NoticeKind::Outbid], ..NoticeSettings::default() };
    market.choose_notices(scene.minji, &settings).await.expect("chosen");
    let state = market.my_state(scene.minji).await.expect("my state");
    assert!(state.news.iter().all(|notice| notice.kind == NoticeKind::Outbid), "{state:?}");
    assert_eq!((state.unread, state.news.len()), (6, 3), "all of them are kept");
}

#[tokio::test]
async fn settings_are_those_that_were_chosen_last() {
    let scene = Scene::new().await;
    let market = scene.market();
    let before = market.notice_choices(scene.minji).await.expect("choices");
    assert_eq!((before.settings, before.address, before.devices), (NoticeSettings::default(), None, 0));
    for quiet in [Quiet::new(60, 120), None] {
        let chosen = NoticeSettings { mail: vec![NoticeKind::Found], quiet, ..NoticeSettings::default() };
        market.choose_notices(scene.minji, &chosen).await.expect("chosen");
        assert_eq!(market.notice_choices(scene.minji).await.expect("choices").settings, chosen);
    }
    let other = market.notice_choices(scene.junho).await.expect("choices");
    assert_eq!(other.settings, NoticeSettings::default());
}

#[tokio::test]
async fn ten_minutes_before_the_end_watchers_are_told_once_and_the_seller_is_not() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    for user in [scene.minji, scene.seller] {
        market.watch(user, auction, true).await.expect("watched");
    }
    let reminder = end() - TimeDelta::minutes(10);
    assert_eq!(market.next_reminder().await.expect("asked"), (Some(reminder), noon()));
    scene.set(reminder - TimeDelta::seconds(1));
    assert_eq!(market.remind(10).await.expect("asked"), 0);
    scene.set(reminder);
    let other = scene.database.another_server(2).await;
    let (here, there) = tokio::join!(market.remind(10), other.remind(10));
    assert_eq!(here.expect("reminded") + there.expect("reminded"), 1);
    let kinds = async |user| {
        let notices = market.notices(user, 50).await.expect("notices");
        notices.iter().map(|notice| (notice.kind, notice.times)).collect::<Vec<_>>()
    };
    assert_eq!(kinds(scene.minji).await, [(NoticeKind::EndingSoon, 1)]);
    assert_eq!(kinds(scene.seller).await, []);
    assert_eq!(kinds(scene.junho).await, []);
    // A late bid moves the end, and nobody is told again.
    scene.set(end() - TimeDelta::seconds(30));
    scene.bid(scene.junho, auction, automatic(20_000)).await.expect("accepted");
    assert_eq!(market.remind(10).await.expect("asked"), 0);
    assert_eq!(market.next_reminder().await.expect("asked").0, None);
}

#[tokio::test]
async fn what_ended_while_nobody_was_there_is_not_announced() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.market().watch(scene.minji, auction, true).await.expect("watched");
    scene.end();
    assert_eq!(scene.market().remind(10).await.expect("asked"), 0);
    assert!(scene.market().notices(scene.minji, 50).await.expect("notices").is_empty());
}
