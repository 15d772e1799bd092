//! Every address of the pages and of their files, once: for the router, links, redirects and tests.

use market::{
    AuctionId, QuestionId, UserId,
    notice::Group,
    staff::ActKind,
    view::{ListQuery, ReportSubject, SellerShelf, StaffAuctionQuery, StatementQuery},
};

/// The market: the list of auctions.
pub const HOME: &str = "/";
/// Opening an auction.
pub const SELL: &str = "/sell";
/// My auctions.
pub const ME: &str = "/me";
/// My money.
pub const WALLET: &str = "/wallet";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// Signing up.
pub const SIGN_UP: &str = "/sign-up";
/// My conversations.
pub const CHATS: &str = "/chat";
/// My notices.
pub const NOTIFICATIONS: &str = "/notifications";
/// My profile, devices, notices' settings, and the end of the account.
pub const SETTINGS: &str = "/settings";
/// What I am told of, how and when.
pub const NOTICE_SETTINGS: &str = "/settings/notices";
/// Setting a new password with a letter.
pub const RESET_PASSWORD: &str = "/reset-password";
/// Everything the books hold about me, as a file.
pub const MY_DATA: &str = "/api/my_data";
/// What staff decide.
pub const ADMIN: &str = "/admin";
/// The disputes that staff decide.
pub const DISPUTES: &str = "/admin/disputes";
/// People, for staff.
pub const ADMIN_USERS: &str = "/admin/users";
/// All auctions, for staff.
pub const ADMIN_AUCTIONS: &str = "/admin/auctions";
/// What people have reported.
pub const ADMIN_REPORTS: &str = "/admin/reports";
/// Questions and answers of all auctions.
pub const ADMIN_QUESTIONS: &str = "/admin/questions";
/// What things are filed under.
pub const ADMIN_CATEGORIES: &str = "/admin/categories";
/// Everything that staff have done.
pub const ADMIN_LOG: &str = "/admin/log";
/// The invariants of the books, with their figures.
pub const ADMIN_LEDGER: &str = "/admin/ledger";
/// How the business goes.
pub const ADMIN_CHARTS: &str = "/admin/charts";
/// Where something is reported to staff.
pub const REPORT: &str = "/report";
/// What the browser runs to be woken; it must lie at the root to serve the whole site.
pub const SERVICE_WORKER: &str = "/sw.js";
/// The folder of people's pictures; their names carry a hash of the content and never change.
pub const PICTURES: &str = "/pictures";
/// Where a picture is sent: a multipart form with the field `picture`.
pub const UPLOAD: &str = "/api/upload_picture";
/// Where a seller's form without scripts sends pictures: multipart, `auction_id` and any number of `picture`.
pub const ADD_PICTURE: &str = "/api/add_picture";
/// What programs may ask, described for people.
pub const DEVELOPERS: &str = "/developers";
/// The same for programs: OpenAPI.
pub const DESCRIPTION: &str = "/api/openapi.json";
/// All components on one page, for developers.
pub const COMPONENTS: &str = "/dev/components";
/// The socket.
pub const SOCKET: &str = "/ws";

/// The script's and the style's folder. Names in it carry a hash of their content and never change.
pub const PKG: &str = "/pkg";

/// The typeface's folder, made by `scripts/fonts.sh`. It carries the package's version and never changes.
pub const FONTS: &str = "/fonts";

/// The illustrations' folder.
pub const ART: &str = "/art";

/// The icons' folder: single ones, and the sprite.
pub const ICONS: &str = "/icons";

/// The typeface, cut into about 90 files of which a page loads those that its letters need.
pub const FONT_CSS: &str = "/fonts/pretendard-1.3.9/pretendardvariable-dynamic-subset.css";

/// The market with its filters opened.
pub const FILTER: &str = "/?filter=open#filter";
/// Where the filters stand on the page.
pub const FILTER_ID: &str = "filter";

/// An auction's page.
#[must_use]
pub fn auction(id: AuctionId) -> String {
    format!("/auctions/{id}")
}

/// Changing an auction, for its seller.
#[must_use]
pub fn edit(id: AuctionId) -> String {
    format!("/auctions/{id}/edit")
}

/// Listing an auction of mine again, with changes.
#[must_use]
pub fn sell_again(id: AuctionId) -> String {
    format!("{SELL}?from={id}")
}

/// Going on with what was typed before.
pub const SELL_ON: &str = "/sell?go=on";

/// A page of my notices: of one group or of all, behind a number.
#[must_use]
pub fn notifications(group: Option<Group>, after: Option<i64>) -> String {
    let group = group.map(|group| group.as_str().to_owned()).unwrap_or_default();
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    format!("{NOTIFICATIONS}{}", filled([("group", &group), ("after", &after)]))
}

/// What the seller and the winner of an auction say to each other.
#[must_use]
pub fn chat(id: AuctionId) -> String {
    format!("{CHATS}/{id}")
}

/// A conversation's messages before the one of that number.
#[must_use]
pub fn chat_before(id: AuctionId, number: i32) -> String {
    format!("{CHATS}/{id}?before={number}")
}

/// My conversations behind a cursor.
#[must_use]
pub fn chats_after(cursor: &str) -> String {
    format!("{CHATS}?after={}", encode(cursor))
}

/// The form that reports something to staff.
#[must_use]
pub fn report(subject: ReportSubject) -> String {
    format!("{REPORT}?subject={}&id={}", subject.kind(), subject.id())
}

/// Where a dispute stands on its auction's page.
pub const DISPUTE: &str = "dispute";

/// What is said in a dispute, for the two of the sale.
#[must_use]
pub fn dispute(id: AuctionId) -> String {
    format!("{}#{DISPUTE}", auction(id))
}

/// A dispute as staff see it.
#[must_use]
pub fn staff_dispute(id: AuctionId) -> String {
    format!("{DISPUTES}/{id}")
}

/// People as staff look for them.
#[must_use]
pub fn staff_people(q: &str, suspended: bool, after: Option<i64>) -> String {
    let (q, suspended) = (q.to_owned(), if suspended { "true" } else { "" }.to_owned());
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    format!("{ADMIN_USERS}{}", filled([("q", &q), ("suspended", &suspended), ("after", &after)]))
}

/// A person as staff see him.
#[must_use]
pub fn staff_person(id: UserId) -> String {
    format!("{ADMIN_USERS}/{id}")
}

/// Auctions as staff look for them.
#[must_use]
pub fn staff_auctions(query: &StaffAuctionQuery) -> String {
    let StaffAuctionQuery { q, status, after } = query;
    format!("{ADMIN_AUCTIONS}{}", filled([("q", q), ("status", status), ("after", after)]))
}

/// An auction as staff see it.
#[must_use]
pub fn staff_auction(id: AuctionId) -> String {
    format!("{ADMIN_AUCTIONS}/{id}")
}

/// The reports that wait, behind one of them.
#[must_use]
pub fn staff_reports(after: i64) -> String {
    format!("{ADMIN_REPORTS}?after={after}")
}

/// Questions of all auctions: those that are hidden, or all.
#[must_use]
pub fn staff_questions(hidden: bool, after: Option<i64>) -> String {
    let hidden = if hidden { "true" } else { "" }.to_owned();
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    format!("{ADMIN_QUESTIONS}{}", filled([("hidden", &hidden), ("after", &after)]))
}

/// A question as staff see it: the first of its page.
#[must_use]
pub fn staff_question(id: QuestionId) -> String {
    staff_questions(false, Some(id.0.saturating_add(1)))
}

/// The log of one sort of acts, or of all.
#[must_use]
pub fn staff_log(act: Option<ActKind>, after: Option<i64>) -> String {
    let act = act.map(|act| act.as_str().to_owned()).unwrap_or_default();
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    format!("{ADMIN_LOG}{}", filled([("act", &act), ("after", &after)]))
}

/// A person as others see him: his auctions and reviews.
#[must_use]
pub fn seller(id: UserId) -> String {
    format!("/sellers/{id}")
}

/// One shelf of a person's page.
#[must_use]
pub fn seller_shelf(id: UserId, shelf: SellerShelf) -> String {
    match shelf {
        SellerShelf::All => seller(id),
        shelf => format!("{}?shelf={}", seller(id), shelf.as_str()),
    }
}

/// The page of a person's shelf behind a row.
#[must_use]
pub fn seller_shelf_after(id: UserId, shelf: SellerShelf, after: i64) -> String {
    format!("{}&after={after}", seller_shelf(id, shelf))
}

/// Where the trade's two parties review each other, on its page.
pub const REVIEW: &str = "review";

/// The reviews of a trade.
#[must_use]
pub fn review(id: AuctionId) -> String {
    format!("{}#{REVIEW}", auction(id))
}

/// The parts of the settings.
pub const PROFILE: &str = "profile";
/// Where letters go.
pub const EMAIL: &str = "email-address";
/// What programs sign in with.
pub const TOKENS: &str = "tokens";
/// Theme and language.
pub const DISPLAY: &str = "display";
/// Changing the password.
pub const PASSWORD: &str = "change-password";
/// Where I am signed in.
pub const DEVICES: &str = "devices";
/// What I am told of.
pub const TOLD: &str = "told";
/// Whom I have blocked.
pub const BLOCKED: &str = "blocked";
/// My data as a file.
pub const DATA: &str = "my-data";
/// The end of the account.
pub const CLOSE: &str = "close-account";

/// A part of the settings.
#[must_use]
pub fn settings(part: &str) -> String {
    format!("{SETTINGS}#{part}")
}

/// Setting a new password with the secret of a letter.
#[must_use]
pub fn reset_password(token: &str) -> String {
    format!("{RESET_PASSWORD}?token={}", encode(token))
}

/// A picture in one of its widths: 320, 800 or 1600 pixels.
#[must_use]
pub fn picture(id: &str, width: u32) -> String {
    format!("{PICTURES}/{id}-{width}.jpg")
}

/// An illustration.
#[must_use]
pub fn art(name: &str) -> String {
    format!("{ART}/{name}.svg")
}

/// An icon of the sprite.
#[must_use]
pub fn icon(name: &str) -> String {
    format!("{ICONS}/sprite.svg#{name}")
}

/// Signing in, and back to `next`.
#[must_use]
pub fn sign_in_then(next: &str) -> String {
    format!("{SIGN_IN}?next={}", encode(next))
}

/// Signing up, and back to `next`.
#[must_use]
pub fn sign_up_then(next: &str) -> String {
    format!("{SIGN_UP}?next={}", encode(next))
}

/// A shelf of my page.
#[must_use]
pub fn shelf(shelf: market::view::Shelf) -> String {
    format!("{ME}?shelf={}", shelf.as_str())
}

/// The page of a shelf behind an auction.
#[must_use]
pub fn shelf_after(shelf: market::view::Shelf, after: &str) -> String {
    format!("{}&after={}", self::shelf(shelf), encode(after))
}

/// Where the statement stands on the wallet's page.
pub const STATEMENT: &str = "statement";

/// The statement as a file.
pub const STATEMENT_FILE: &str = "/wallet/statement.csv";

/// The statement with these filters; empty ones are left out.
#[must_use]
pub fn statement(query: &StatementQuery) -> String {
    format!("{WALLET}{}#{STATEMENT}", statement_query(query))
}

/// The same rows as a file, whatever page of them is shown.
#[must_use]
pub fn statement_file(query: &StatementQuery) -> String {
    let whole = StatementQuery { after: String::new(), ..query.clone() };
    format!("{STATEMENT_FILE}{}", statement_query(&whole))
}

fn statement_query(query: &StatementQuery) -> String {
    filled([
        ("kind", &query.kind),
        ("from", &query.from),
        ("to", &query.to),
        ("auction", &query.auction),
        ("after", &query.after),
    ])
}

/// `?name=value&…` of what is filled in, or nothing.
fn filled<const N: usize>(fields: [(&str, &String); N]) -> String {
    let pairs: Vec<String> = fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// The list with these filters; empty ones are left out.
#[must_use]
pub fn list(query: &ListQuery) -> String {
    let filters = filled([
        ("q", &query.q),
        ("region", &query.region),
        ("category", &query.category),
        ("min_price", &query.min_price),
        ("max_price", &query.max_price),
        ("condition", &query.condition),
        ("reach", &query.reach),
        ("status", &query.status),
        ("sort", &query.sort),
        ("after", &query.after),
    ]);
    format!("{HOME}{filters}")
}

/// Only a path of this site leads anywhere; everything else leads home (no open redirects).
#[must_use]
pub fn local(next: &str) -> &str {
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if inside { next } else { HOME }
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
#[must_use]
pub fn encode(text: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_stay_on_this_site() {
        assert_eq!(local("/wallet?after=3"), "/wallet?after=3");
        for foreign in ["https://example.org", "//example.org", "/\\example.org", "", "javascript:1"] {
            assert_eq!(local(foreign), HOME, "{foreign}");
        }
    }

    #[test]
    fn filters_stand_in_the_address_and_empty_ones_do_not() {
        let query = ListQuery { q: "의자 A".into(), sort: "new".into(), ..ListQuery::default() };
        assert_eq!(list(&query), "/?q=%EC%9D%98%EC%9E%90%20A&sort=new");
        assert_eq!(list(&ListQuery::default()), "/");
    }
}
