//! What leaves the house: written with its cause, taken by one sender at a time, tried again, and never spam.

use chrono::TimeDelta;
use market::{
    AuctionId, Instant, UserId,
    notice::{Channel, Keys, NoticeSettings, Quiet},
    store::{
        accounts::SessionToken,
        outbox::{Contents, Destination, Parcel},
    },
    view::NoticeKind,
};

use crate::{
    Scene,
    db::{noon, plain},
};

/// Keys of a browser, as far as the books look at them.
const PUBLIC_KEY: &str =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";

impl Scene {
    /// A signed-in browser of `user`.
    pub async fn session(&self, user: UserId, name: &str) -> SessionToken {
        let token =
            format!("{:0>64}", name.bytes().map(|byte| u32::from(byte).to_string()).collect::<String>());
        let now = self.market().now().await.expect("the time");
        sqlx::query(
            "INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at)
             VALUES (sha256(convert_to($1, 'UTF8')), $2, $3, $3, $3 + interval '30 days')",
        )
        .bind(&token)
        .bind(user.0)
        .bind(now)
        .execute(&self.database.pool)
        .await
        .expect("a session");
        SessionToken::from_cookie(&token).expect("a token")
    }

    /// A browser of `user` that lets itself be woken.
    pub async fn device(&self, user: UserId, name: &str) -> SessionToken {
        let session = self.session(user, name).await;
        self.market().add_device(user, &session, &keys(name)).await.expect("a device");
        session
    }

    pub async fn address(&self, user: UserId, address: &str) {
        let set = "UPDATE users SET email = $2, password_hash = 'none' WHERE id = $1";
        let set = sqlx::query(set).bind(user.0).bind(address);
        set.execute(&self.database.pool).await.expect("an address");
    }

    pub async fn choose(&self, user: UserId, change: impl FnOnce(&mut NoticeSettings)) {
        let mut settings = NoticeSettings::default();
        change(&mut settings);
        self.market().choose_notices(user, &settings).await.expect("chosen");
    }

    pub async fn take(&self, channel: Channel) -> Vec<Parcel> {
        self.market().take_parcels(channel, 100).await.expect("taken").parcels
    }

    pub async fn take_one(&self, channel: Channel) -> Parcel {
        let mut parcels = self.take(channel).await;
        assert_eq!(parcels.len(), 1, "{parcels:?}");
        parcels.remove(0)
    }

    pub async fn outbox(&self) -> i64 {
        self.database.count("SELECT count(*) FROM outbox WHERE id > $1", 0).await
    }

    pub async fn outcome(&self, id: i64) -> Option<(String, Option<String>)> {
        sqlx::query_as("SELECT outcome, error FROM outbox WHERE id = $1 AND closed_at IS NOT NULL")
            .bind(id)
            .fetch_optional(&self.database.pool)
            .await
            .expect("an outcome")
    }

    /// Two bids: minji is overtaken.
    pub async fn overtake(&self, auction: AuctionId, price: i64) {
        self.bid(self.minji, auction, plain(price)).await.expect("accepted");
        self.bid(self.junho, auction, plain(price + 1_000)).await.expect("accepted");
    }
}

pub fn keys(name: &str) -> Keys {
    Keys::check(&format!("https://push.example.org/{name}"), PUBLIC_KEY, SECRET).expect("keys")
}

pub fn told(parcel: &Parcel) -> (NoticeKind, i32) {
    match &parcel.contents {
        Contents::Notice { notice, .. } => (notice.kind, notice.times),
        Contents::Letter { .. } => panic!("a notice was expected: {parcel:?}"),
    }
}

pub fn seconds(seconds: i64) -> Instant {
    noon() + TimeDelta::seconds(seconds)
}

#[tokio::test]
async fn who_has_no_channel_costs_no_row() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.address(scene.minji, "minji@example.org").await;
    scene.overtake(auction, 10_000).await;
    assert_eq!(scene.outbox().await, 0, "being outbid goes to browsers, and there is none");
    scene.end();
    scene.market().close(auction).await.expect("closed");
    assert_eq!(scene.outbox().await, 0, "who won has no address, who lost gets no letter");
}

#[tokio::test]
async fn the_usual_letters_and_pushes_go_without_choosing() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.address(scene.junho, "junho@example.org").await;
    scene.address(scene.seller, "seller@example.org").await;
    scene.device(scene.minji, "phone").await;
    scene.overtake(auction, 10_000).await;
    let push = scene.take_one(Channel::Push).await;
    assert_eq!(told(&push), (NoticeKind::Outbid, 1));
    assert!(scene.market().parcel_sent(&push).await.expect("sent"));
    scene.end();
    scene.market().close(auction).await.expect("closed");
    let letters = scene.take(Channel::Mail).await;
    let mut kinds: Vec<_> = letters.iter().map(|letter| told(letter).0.as_str()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["sold", "won"]);
    assert!(scene.take(Channel::Push).await.is_empty(), "losing wakes nobody");
}

#[tokio::test]
async fn what_somebody_chose_counts_and_not_what_is_usual() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.address(scene.minji, "minji@example.org").await;
    scene.device(scene.minji, "phone").await;
    scene
        .choose(scene.minji, |settings| {
            settings.mail = vec![NoticeKind::Outbid];
            settings.push = Vec::new();
        })
        .await;
    scene.overtake(auction, 10_000).await;
    let letter = scene.take_one(Channel::Mail).await;
    assert_eq!(told(&letter), (NoticeKind::Outbid, 1));
    let Contents::Notice { to: Destination::Address(address), .. } = &letter.contents else {
        panic!("a letter was expected: {letter:?}");
    };
    assert_eq!(address, "minji@example.org");
    assert!(scene.take(Channel::Push).await.is_empty());
}

#[tokio::test]
async fn what_waits_is_added_to_and_not_repeated() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "phone").await;
    for round in 0..3 {
        scene.overtake(auction, 10_000 + round * 2_000).await;
    }
    assert_eq!(scene.outbox().await, 1);
    assert_eq!(told(&scene.take_one(Channel::Push).await), (NoticeKind::Outbid, 3));
}

#[tokio::test]
async fn after_something_was_sent_more_of_it_waits_a_while() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "phone").await;
    scene.overtake(auction, 10_000).await;
    let first = scene.take_one(Channel::Push).await;
    assert!(scene.market().parcel_sent(&first).await.expect("sent"));
    scene.set(seconds(5));
    scene.overtake(auction, 12_000).await;
    assert!(scene.take(Channel::Push).await.is_empty());
    let (next, _) = scene.market().next_parcel(Channel::Push).await.expect("asked");
    assert_eq!(next, Some(seconds(30)));
    scene.set(seconds(30));
    assert_eq!(told(&scene.take_one(Channel::Push).await), (NoticeKind::Outbid, 2));
}

#[tokio::test]
async fn what_comes_while_a_letter_is_on_its_way_is_sent_after_it() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "phone").await;
    scene.overtake(auction, 10_000).await;
    let first = scene.take_one(Channel::Push).await;
    scene.overtake(auction, 12_000).await;
    assert!(scene.take(Channel::Push).await.is_empty(), "the first has it alone");
    assert!(scene.market().parcel_sent(&first).await.expect("sent"));
    scene.set(seconds(30));
    let second = scene.take_one(Channel::Push).await;
    assert_eq!((told(&second), second.attempts), ((NoticeKind::Outbid, 2), 1));
    assert!(second.version > first.version);
}

#[tokio::test]
async fn two_senders_never_have_the_same_and_a_lost_one_loses_his_lease() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "phone").await;
    scene.overtake(auction, 10_000).await;
    let other = scene.database.another_server(2).await;
    let (here, there) =
        tokio::join!(scene.market().take_parcels(Channel::Push, 9), other.take_parcels(Channel::Push, 9));
    let (here, there) = (here.expect("taken"), there.expect("taken"));
    assert_eq!(here.parcels.len() + there.parcels.len(), 1);
    let lost = here.parcels.into_iter().chain(there.parcels).next().expect("one");
    scene.set(seconds(121));
    let again = scene.take_one(Channel::Push).await;
    assert_eq!((again.id, again.attempts), (lost.id, 2));
    assert!(!scene.market().parcel_sent(&lost).await.expect("asked"), "it is not his any more");
    assert!(scene.market().parcel_sent(&again).await.expect("asked"));
    assert_eq!(scene.outcome(again.id).await, Some(("sent".to_owned(), None)));
}

#[tokio::test]
async fn k4_what_cannot_be_sent_is_tried_again_and_given_up_with_its_error() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.address(scene.junho, "junho@example.org").await;
    scene.bid(scene.junho, auction, plain(10_000)).await.expect("accepted");
    scene.end();
    scene.market().close(auction).await.expect("closed");
    let mut waited = Vec::new();
    let mut last = 0;
    for attempt in 1..=6 {
        let letter = scene.take_one(Channel::Mail).await;
        assert_eq!((told(&letter).0, letter.attempts), (NoticeKind::Won, attempt));
        let now = scene.market().now().await.expect("the time");
        let again = scene.market().parcel_failed(&letter, "421 later", false).await.expect("written");
        last = letter.id;
        let Some(again) = again else { break };
        waited.push((again - now).num_minutes());
        assert!(scene.take(Channel::Mail).await.is_empty(), "not before its time");
        scene.set(again);
    }
    assert_eq!(waited, [1, 5, 30, 120, 720]);
    assert_eq!(scene.outcome(last).await, Some(("given_up".to_owned(), Some("421 later".to_owned()))));
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn what_is_refused_for_good_is_given_up_at_once() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.device(scene.minji, "phone").await;
    scene.overtake(auction, 10_000).await;
    let push = scene.take_one(Channel::Push).await;
    let again = scene.market().parcel_failed(&push, "403", true).await.expect("written");
    assert_eq!(again, None);
    assert_eq!(scene.outcome(push.id).await, Some(("given_up".to_owned(), Some("403".to_owned()))));
}

#[tokio::test]
async fn what_waited_a_day_for_a_mail_server_is_of_yesterday() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.address(scene.junho, "junho@example.org").await;
    scene.bid(scene.junho, auction, plain(10_000)).await.expect("accepted");
    scene.end();
    scene.market().close(auction).await.expect("closed");
    scene.set(noon() + TimeDelta::hours(26));
    assert!(scene.take(Channel::Mail).await.is_empty());
    assert_eq!(scene.market().next_parcel(Channel::Mail).await.expect("asked").0, None);
}

#[tokio::test]
async fn a_letter_that_was_asked_for_goes_in_quiet_hours_and_its_text_is_not_kept() {
    let scene = Scene::new().await;
    scene.address(scene.minji, "minji@example.org").await;
    scene.choose(scene.minji, |settings| settings.quiet = Quiet::new(0, 23 * 60)).await;
    let write = |_: &market::store::resets::Forgotten| ("제목".to_owned(), "비밀".to_owned());
    scene.market().forgotten_password("minji@example.org", write).await.expect("a letter");
    let letter = scene.take_one(Channel::Mail).await;
    let Contents::Letter { address, subject, body } = &letter.contents else {
        panic!("a letter was expected: {letter:?}");
    };
    assert_eq!((address.as_str(), subject.as_str(), body.as_str()), ("minji@example.org", "제목", "비밀"));
    assert!(scene.market().parcel_sent(&letter).await.expect("sent"));
    let kept = scene.database.count("SELECT count(*) FROM outbox WHERE body <> '' AND id > $1", 0).await;
    assert_eq!(kept, 0);
}
