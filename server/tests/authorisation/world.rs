//! One market in which everything exists that somebody may touch or not: auctions in every state, a sale with
//! its talk, a dispute, a question, a draft, a search that is kept, pictures, devices and notices.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::TimeDelta;
use clap::Parser;
use leptos::config::LeptosOptions;
use market::{
    AuctionId, Money, Settlement, UserId,
    access::Wanted,
    notice::Keys,
    opening::{Draft, Reach},
    people::NewPerson,
    store::{Clock, Market, accounts::SessionToken, resets::Forgotten},
    talk::{Report, Say},
    trade::{Complaint, Statement},
    view::{Filter, ListQuery, Picture, ReportSubject},
};
use pictures::{Pictures, store::Store};
use server::{Config, state::AppState, stop::Stop};
use tempfile::TempDir;

use crate::{
    db::{TestDatabase, automatic, noon, opening, plain},
    samples::{jpeg, red_and_blue},
};

/// Everybody's.
pub const PASSWORD: &str = "망원동 한강 자전거";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Visitor,
    Buyer,
    Seller,
    Other,
    Suspended,
    Staff,
}

use Role::{Buyer, Other, Seller, Staff, Suspended, Visitor};

/// In the order of the table's columns.
pub const ROLES: [Role; 6] = [Visitor, Buyer, Seller, Other, Suspended, Staff];

/// A form of selling that is sound.
const OPENING: &str = "title=의자&category=디지털&condition=A&shipping=seller&reach=national&\
                       start_price=10000&increment=1000&start=now&duration=1440&settlement=on_close";

/// A form that asks for a token.
const ACCESS: &str = "name=program&scopes[0]=read&days=30";

/// What only these may read, wherever it could turn up: the text, and whose it is.
const SECRETS: [(&str, &[Role]); 6] = [
    // A maximum.
    ("5550000", &[Buyer]),
    ("은밀한 초안", &[Seller]),
    ("사파이어", &[Buyer]),
    ("둘만의 이야기", &[Buyer, Seller]),
    ("금이 갔어요", &[Buyer, Seller, Staff]),
    ("buyer@example.org", &[Buyer]),
];

pub struct World {
    pub books: TestDatabase,
    pub state: AppState,
    /// A picture's bytes.
    pub file: Vec<u8>,
    people: BTreeMap<Role, (UserId, SessionToken)>,
    names: BTreeMap<&'static str, String>,
    key: AtomicU64,
    _folder: TempDir,
}

/// The secrets in an answer that are not for `role`.
pub fn told_too_much(role: Role, body: &[u8]) -> impl Iterator<Item = &'static str> {
    let text = String::from_utf8_lossy(body).into_owned();
    let secrets = SECRETS.into_iter().filter(move |(_, whose)| !whose.contains(&role));
    secrets.filter(move |(secret, _)| text.contains(secret)).map(|(secret, _)| secret)
}

impl World {
    pub async fn new() -> Self {
        let books = TestDatabase::new(Clock::set_to(noon()), 8).await;
        let mut people = BTreeMap::new();
        for role in ROLES.into_iter().skip(1) {
            people.insert(role, sign_up(&books.market, role).await);
        }
        let folder = tempfile::tempdir().expect("a folder");
        let state = state(&books, &folder);
        let file = jpeg(&red_and_blue(64, 48));
        let (names, key) = (BTreeMap::new(), AtomicU64::new(0));
        let mut world = Self { books, state, file, people, names, key, _folder: folder };
        world.fill().await;
        world
    }

    pub fn user(&self, role: Role) -> UserId {
        self.people[&role].0
    }

    pub fn token(&self, role: Role) -> Option<&SessionToken> {
        self.people.get(&role).map(|(_, token)| token)
    }

    pub fn session(&self, role: Role) -> Option<&str> {
        self.token(role).map(SessionToken::as_str)
    }

    /// What a name of the table stands for.
    pub fn named(&self, name: &str) -> &str {
        self.names.get(name).unwrap_or_else(|| panic!("{name} is not in the world"))
    }

    /// A row's fields: names between braces are filled in; `{key}` is another one each time.
    pub fn filled(&self, fields: &str, role: Role) -> String {
        // A form of selling, several fields long.
        let mut text = fields.replace("{opening}", OPENING).replace("{access_form}", ACCESS);
        for (name, value) in &self.names {
            text = text.replace(&format!("{{{name}}}"), &app::paths::encode(value));
        }
        let key = format!("k{}", self.key.fetch_add(1, Ordering::Relaxed));
        text = text.replace("{key}", &key).replace("{my_name}", &name(role));
        let text = text.replace(' ', "+");
        assert!(!text.contains('{'), "a name that is not in the world: {text}");
        text
    }

    fn name(&mut self, name: &'static str, value: impl ToString) {
        self.names.insert(name, value.to_string());
    }

    async fn fill(&mut self) {
        for role in ROLES.into_iter().skip(1) {
            let amount = Money::won(20_000_000);
            self.books.market.post_deposit(self.user(role), amount).await.expect("a deposit");
        }
        self.books.market.make_staff(self.user(Staff)).await.expect("staff");
        self.past().await;
        self.present().await;
        self.talk().await;
        self.belongings().await;
        self.staff().await;
    }

    /// Auctions that are over: sold and waiting, disputed, settled, unsold.
    async fn past(&mut self) {
        let (market, seller, buyer) = (self.books.market.clone(), self.user(Seller), self.user(Buyer));
        for (name, settlement) in [
            ("sold", Settlement::OnHandover),
            ("disputed", Settlement::OnHandover),
            ("settled", Settlement::OnClose),
            ("unsold", Settlement::OnClose),
        ] {
            let mut goods = opening(noon(), 60);
            goods.terms.settlement = settlement;
            let id = self.books.auction(seller, name, &goods).await;
            if name != "unsold" {
                market.bid(buyer, id, plain(30_000), None).await.expect("a bid");
            }
            self.name(name, id);
        }
        self.books.clock.set(noon() + TimeDelta::minutes(60));
        for name in ["sold", "disputed", "settled", "unsold"] {
            market.close(self.auction(name)).await.expect("closed");
        }
        let said = Statement { text: "금이 갔어요".to_owned(), picture: None };
        market
            .dispute(buyer, self.auction("disputed"), Complaint::Damaged, &said, "d")
            .await
            .expect("disputed");
    }

    /// Auctions that run: two that the buyer leads, so that what is held in all is not what one is worth to
    /// him, and one of the neighbourhood without bids.
    async fn present(&mut self) {
        let (market, seller) = (self.books.market.clone(), self.user(Seller));
        let mut goods = opening(market.now().await.expect("the time"), 120);
        goods.terms.buy_now = Some(Money::won(9_000_000));
        let live = self.books.auction(seller, "live", &goods).await;
        market.bid(self.user(Other), live, plain(10_000), None).await.expect("a bid");
        market.bid(self.user(Buyer), live, automatic(5_550_000), None).await.expect("a bid");
        self.name("live", live);
        let second = self.books.auction(seller, "second", &goods).await;
        market.bid(self.user(Buyer), second, plain(10_000), None).await.expect("a bid");
        goods.listing.reach = Reach::Neighbourhood;
        let fresh = self.books.auction(seller, "fresh", &goods).await;
        self.name("fresh", fresh);
        self.name("region", "11440");
    }

    /// A question, a conversation, a block.
    async fn talk(&mut self) {
        let market = self.books.market.clone();
        let (buyer, seller, other) = (self.user(Buyer), self.user(Seller), self.user(Other));
        let live = self.auction("live");
        let question = market.ask_question(other, live, "q", "상자가 있나요?").await.expect("asked");
        self.name("question", question);
        let say = Say::check("둘만의 이야기", None).expect("a message");
        market.send_message(buyer, self.auction("sold"), &say, "m").await.expect("sent");
        let message = "SELECT max(id) FROM messages WHERE $1 > 0";
        let message = self.books.count(message, 1).await;
        self.name("message", message);
        let enemy = self.books.person("enemy", 0).await;
        market.block(buyer, enemy).await.expect("blocked");
        self.name("enemy", enemy);
        for (name, user) in [("buyer", buyer), ("seller", seller), ("other", other)] {
            self.name(name, user);
        }
    }

    /// What is somebody's own: a picture, a draft, a search, sessions, notices, a letter.
    async fn belongings(&mut self) {
        let market = self.books.market.clone();
        let (buyer, seller) = (self.user(Buyer), self.user(Seller));
        for (name, user, digit) in [("buyers_picture", buyer, "b"), ("sellers_picture", seller, "c")] {
            let id: market::PictureId = digit.repeat(64).parse().expect("a name");
            let picture = Picture { id: id.clone(), width: 64, height: 48 };
            market.record_picture(user, &picture).await.expect("recorded");
            self.name(name, id);
        }
        let draft = Draft { title: "은밀한 초안".to_owned(), ..Draft::default() };
        market.save_draft(seller, "draft", &draft).await.expect("saved");
        let query = ListQuery { q: "사파이어".to_owned(), ..ListQuery::default() };
        let search = market.save_search(buyer, "s", &Filter::read(&query)).await.expect("saved");
        self.name("search", search);
        let id = |sql| self.books.count(sql, buyer.0);
        let session = id("SELECT id FROM sessions WHERE user_id = $1").await;
        let notice = id("SELECT max(id) FROM notices WHERE user_id = $1").await;
        let newest = self.books.count("SELECT max(seq) FROM notices WHERE $1 > 0", 1).await;
        self.name("session", session);
        self.name("notice", notice);
        self.name("newest", newest);
        market.save_email(buyer, PASSWORD, Some("buyer@example.org")).await.expect("saved");
        let secret = std::sync::Mutex::new(String::new());
        let write = |letter: &Forgotten| {
            letter.token.as_str().clone_into(&mut secret.lock().expect("unpoisoned"));
            ("제목".to_owned(), "본문".to_owned())
        };
        market.forgotten_password(&name(Buyer), write).await.expect("a letter");
        self.name("letter", secret.into_inner().expect("unpoisoned"));
        self.name("password", PASSWORD);
        self.name("strong", "조용한 골목의 고양이");
        self.device().await;
        let wanted = Wanted::check("mine", &["read".to_owned()], "30").expect("a token");
        market.create_access(buyer, PASSWORD, &wanted, "a").await.expect("made");
        let access = self.books.count("SELECT max(id) FROM access_tokens WHERE user_id = $1", buyer.0).await;
        self.name("access", access);
    }

    /// A browser of the buyer's that lets itself be woken.
    async fn device(&mut self) {
        let device = "https://push.example.org/buyer";
        let (public_key, secret) = (format!("B{}", "A".repeat(86)), "A".repeat(22));
        let keys = Keys::check(device, &public_key, &secret).expect("keys");
        let (buyer, token) = &self.people[&Buyer];
        self.books.market.add_device(*buyer, token, &keys).await.expect("a device");
        self.name("device", device);
        self.name("push", "https://push.example.org/another");
        self.name("public_key", public_key);
        self.name("secret", secret);
    }

    /// Staff have been here: somebody is suspended, a question is hidden, a report waits.
    async fn staff(&mut self) {
        let market = self.books.market.clone();
        let (staff, suspended, other) = (self.user(Staff), self.user(Suspended), self.user(Other));
        let fresh = self.auction("fresh");
        let hidden = market.ask_question(other, fresh, "h", "왜요?").await.expect("asked");
        market.hide_question(staff, hidden, "광고", "hide").await.expect("hidden");
        let report = Report::check(ReportSubject::Auction(fresh), "other", "이상해요").expect("a report");
        market.report(other, &report, "r").await.expect("reported");
        let report = self.books.count("SELECT max(id) FROM reports WHERE $1 > 0", 1).await;
        let category = self.books.count("SELECT min(id) FROM categories WHERE $1 > 0", 1).await;
        market.suspend(staff, suspended, "거짓 입찰", "suspend").await.expect("suspended");
        self.name("hidden", hidden);
        self.name("report", report);
        self.name("category", category);
        self.name("suspended", suspended);
    }

    pub fn auction(&self, name: &str) -> AuctionId {
        self.named(name).parse().expect("an auction's id")
    }
}

fn name(role: Role) -> String {
    format!("{role:?}").to_lowercase()
}

async fn sign_up(market: &Market, role: Role) -> (UserId, SessionToken) {
    let person = NewPerson {
        username: name(role),
        nickname: name(role),
        email: None,
        region: Some("11440".to_owned()),
        password: PASSWORD.to_owned(),
    };
    market.sign_up(&person, "a test").await.expect("a person")
}

fn state(books: &TestDatabase, folder: &TempDir) -> AppState {
    let stop = Stop::new();
    let pictures = Pictures::kept_in(Store::folder(folder.path()).expect("a store"));
    let mut state = AppState::new(&Config::parse_from(["server"]), books.market.clone(), pictures, stop);
    // No site was built: nobody knows the hashes of its scripts.
    state.leptos = LeptosOptions::builder().output_name("neighborbid").build();
    state.context.mail_configured = true;
    state
}
