//! Every address of the pages and of their files, once: for the router, links, redirects and tests.

use market::{AuctionId, UserId, view::ListQuery};

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
/// What staff decide.
pub const ADMIN: &str = "/admin";
/// The folder of people's pictures; their names carry a hash of the content and never change.
pub const PICTURES: &str = "/pictures";
/// Where a picture is sent: a multipart form with the field `picture`.
pub const UPLOAD: &str = "/api/upload_picture";
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

/// An auction's page.
#[must_use]
pub fn auction(id: AuctionId) -> String {
    format!("/auctions/{id}")
}

/// What the seller and the winner of an auction say to each other.
#[must_use]
pub fn chat(id: AuctionId) -> String {
    format!("{CHATS}/{id}")
}

/// A person as others see him: his auctions and reviews.
#[must_use]
pub fn seller(id: UserId) -> String {
    format!("/sellers/{id}")
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

/// The statement's page behind a row.
#[must_use]
pub fn statement_after(row: i64) -> String {
    format!("{WALLET}?after={row}")
}

/// The list with these filters; empty ones are left out.
#[must_use]
pub fn list(query: &ListQuery) -> String {
    let fields = [
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
    ];
    let pairs: Vec<String> = fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if pairs.is_empty() { HOME.to_owned() } else { format!("{HOME}?{}", pairs.join("&")) }
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
