//! The table: who may call what, and what he is answered.

/// One call, and its answer to each role.
#[derive(Debug)]
pub struct Row {
    /// The method and the path.
    pub call: &'static str,
    /// The query or the form; what stands between braces is the world's.
    pub fields: &'static str,
    /// Visitor, buyer, seller, other, suspended, staff: see `Answer::outcome`.
    pub expected: &'static str,
}

const fn row(call: &'static str, fields: &'static str, expected: &'static str) -> Row {
    Row { call, fields, expected }
}

/// Operations that are no server functions.
pub const OTHER_OPERATIONS: [&str; 5] = [
    "GET /wallet/statement.csv",
    "GET /api/my_data",
    "GET /api/openapi.json",
    "POST /api/upload_picture",
    "POST /api/add_picture",
];

/// Every route by hand, and where it is held to its rules.
pub const ROUTES_BY_HAND: [(&str, &str); 10] = [
    ("\"/livez\"", "for everybody: says one word"),
    ("\"/readyz\"", "for everybody: says one word"),
    ("\"/metrics\"", "on an address of its own: server/src/watching.rs"),
    ("paths::DESCRIPTION", "in the table"),
    ("paths::STATEMENT_FILE", "in the table"),
    ("paths::MY_DATA", "in the table"),
    ("paths::UPLOAD", "in the table"),
    ("paths::ADD_PICTURE", "in the table"),
    ("&format!(\"{}/{{*name}}\"", "for everybody: pictures, server/tests/pictures"),
    ("PATH", "the socket, sockets.rs"),
];

/// Whoever asks.
const EVERYBODY: &str = "ok ok ok ok ok ok";
/// There is no such thing, for anybody.
const NOBODY_FINDS: &str = "not_found not_found not_found not_found not_found not_found";
/// Whoever is signed in, for himself.
const SIGNED_IN: &str = "no_session ok ok ok ok ok";
/// The seller's alone.
const SELLERS: &str = "no_session not_yours ok not_yours not_yours not_yours";
/// The buyer's alone.
const BUYERS: &str = "no_session ok not_yours not_yours not_yours not_yours";
/// For the two of a sale.
const BOTH: &str = "no_session ok ok not_yours not_yours not_yours";
/// For staff.
const STAFFS: &str = "no_session not_yours not_yours not_yours not_yours ok";
/// A file of one's own; a visitor is sent to sign in.
const FILES: &str = "sign_in ok ok ok ok ok";
/// Whoever bids, but the seller.
const BIDDERS: &str = "no_session ok seller_cannot_bid ok suspended ok";
/// Whoever is not suspended.
const NOT_SUSPENDED: &str = "no_session ok ok ok suspended ok";
/// Asked for the password again, and it is wrong.
const WRONG: &str = "no_session wrong_credentials wrong_credentials \
                     wrong_credentials wrong_credentials wrong_credentials";
/// A cookie, and nothing in the books.
const UNCHANGED: &str = "nothing nothing nothing nothing nothing nothing";
/// A thing of the buyer's that others do not even find.
const BUYERS_OWN: &str = "no_session ok not_found not_found not_found not_found";
/// The buyer's own; the others have none like it.
const BUYERS_SIDE: &str = "no_session ok nothing nothing nothing nothing";

/// Reading is for everybody, what is one's own needs a session, and what belongs to others is refused.
/// `live` is led by the buyer, `fresh` has no bids, `sold` waits for the handover, `disputed` for staff;
/// `settled` and `unsold` are over.
pub const TABLE: &[Row] = &[
    // Reading what is public.
    row("GET /api/list", "", EVERYBODY),
    row("GET /api/openapi.json", "", EVERYBODY),
    row("GET /api/featured", "", EVERYBODY),
    row("GET /api/categories", "", EVERYBODY),
    row("GET /api/auction", "id={live}", EVERYBODY),
    row("GET /api/auction", "id={fresh}", EVERYBODY),
    row("GET /api/auction", "id={sold}", EVERYBODY),
    row("GET /api/auction", "id={disputed}", EVERYBODY),
    row("GET /api/auction", "id=999999", NOBODY_FINDS),
    row("GET /api/bids_before", "auction_id={live}&number=9", EVERYBODY),
    row("GET /api/questions_before", "auction_id={live}&question_id={question}", EVERYBODY),
    row("GET /api/additions", "auction_id={live}", EVERYBODY),
    row("GET /api/find_regions", "typed=망원", EVERYBODY),
    row("GET /api/shelves", "", EVERYBODY),
    row("GET /api/seller", "id={seller}", EVERYBODY),
    row("GET /api/seller", "id={buyer}", EVERYBODY),
    row("GET /api/reset_state", "token={letter}", EVERYBODY),
    // Reading what is one's own.
    row("GET /api/me", "", "null ok ok ok ok ok"),
    row("GET /api/mine", "", SIGNED_IN),
    row("GET /api/wallet", "", SIGNED_IN),
    row("GET /api/account", "", SIGNED_IN),
    row("GET /api/inbox", "", SIGNED_IN),
    row("GET /api/notice_settings", "", SIGNED_IN),
    row("GET /api/saved_searches", "", EVERYBODY),
    row("GET /api/blocked_people", "", SIGNED_IN),
    row("GET /api/chats", "", SIGNED_IN),
    row("GET /api/sell_form", "", SIGNED_IN),
    row("GET /wallet/statement.csv", "", FILES),
    row("GET /api/my_data", "", FILES),
    // Reading what belongs to some.
    row("GET /api/chat", "id={sold}", BOTH),
    row("GET /api/trade_reviews", "auction_id={settled}", "null ok ok null null null"),
    row("GET /api/sell_form", "from={unsold}", SELLERS),
    row("GET /api/edit_form", "auction_id={fresh}", SELLERS),
    row("GET /api/report_form", "subject=auction&id={live}", "no_session ok malformed ok ok ok"),
    row(
        "GET /api/report_form",
        "subject=message&id={message}",
        "no_session malformed ok not_found not_found not_found",
    ),
    row("GET /api/disputes", "", STAFFS),
    row("GET /api/staff_dispute", "id={disputed}", STAFFS),
    // Signing up, in and out.
    row("POST /api/sign_up", "username=newcomer&region={region}&password={strong}", EVERYBODY),
    row("POST /api/sign_in", "username=buyer&password={password}", EVERYBODY),
    row(
        "POST /api/sign_in",
        "username=buyer&password=wrong",
        "wrong_credentials wrong_credentials wrong_credentials \
                                 wrong_credentials wrong_credentials wrong_credentials",
    ),
    row("POST /api/sign_out", "", "nothing ok ok ok ok ok"),
    row("POST /api/sign_out_everywhere", "", SIGNED_IN),
    row("POST /api/end_session", "session_id={session}", BUYERS_OWN),
    row("POST /api/forgot_password", "who=buyer", EVERYBODY),
    row("POST /api/reset_password", "token={letter}&new_password={strong}", EVERYBODY),
    row("POST /api/reset_password", "token=0&new_password={strong}", NOBODY_FINDS),
    // My account.
    row("POST /api/set_theme", "theme=dark", UNCHANGED),
    row("POST /api/set_language", "language=en", "nothing ok ok ok ok ok"),
    row("POST /api/save_profile", "nickname=새이름&region={region}", SIGNED_IN),
    row("POST /api/save_email", "email=new@example.org&password={password}", SIGNED_IN),
    row("POST /api/save_email", "email=new@example.org&password=wrong", WRONG),
    row("POST /api/change_password", "password={password}&new_password={strong}", SIGNED_IN),
    row("POST /api/change_password", "password=wrong&new_password={strong}", WRONG),
    row("POST /api/close_account", "password=wrong", WRONG),
    row(
        "POST /api/close_account",
        "password={password}",
        "no_session account_in_use account_in_use account_in_use account_in_use account_in_use",
    ),
    row("POST /api/save_notice_settings", "on[0]=mail:won", SIGNED_IN),
    row("POST /api/read_notices", "up_to={newest}", "no_session ok ok ok nothing ok"),
    row("POST /api/see_notices", "numbers={notice}", BUYERS_SIDE),
    row("POST /api/add_device", "endpoint={push}&public_key={public_key}&secret={secret}", SIGNED_IN),
    row("POST /api/has_device", "endpoint={device}", "no_session nothing nothing nothing nothing nothing"),
    row("POST /api/remove_device", "endpoint={device}", BUYERS_SIDE),
    row("POST /api/save_search", "q=라이카&key={key}", SIGNED_IN),
    row("POST /api/drop_search", "search_id={search}", BUYERS),
    row("POST /api/toggle_watch", "auction_id={live}&watching=true", SIGNED_IN),
    row("POST /api/block_person", "person_id={seller}", "no_session ok malformed ok ok ok"),
    row("POST /api/unblock_person", "person_id={enemy}", BUYERS_SIDE),
    // Money.
    row("POST /api/deposit", "amount=10000&key={key}", SIGNED_IN),
    row("POST /api/withdraw", "amount=10000&key={key}", SIGNED_IN),
    // Bidding.
    row("POST /api/place_bid", "auction_id={live}&amount=6000000&key={key}", BIDDERS),
    row("POST /api/place_bid", "auction_id={fresh}&amount=10000&key={key}", BIDDERS),
    row("POST /api/buy_now", "auction_id={live}&price=9000000&key={key}", BIDDERS),
    // Selling.
    row("POST /api/open_auction", "{opening}&key={key}", NOT_SUSPENDED),
    row(
        "POST /api/open_auction",
        "{opening}&pictures={sellers_picture}&key={key}",
        "no_session not_yours ok not_yours suspended not_yours",
    ),
    row("POST /api/save_draft", "title=초안&key={key}", SIGNED_IN),
    row("POST /api/drop_draft", "", "no_session nothing ok nothing nothing nothing"),
    row("POST /api/edit_auction", "auction_id={fresh}&{opening}", SELLERS),
    row(
        "POST /api/edit_auction",
        "auction_id={live}&{opening}",
        "no_session not_yours has_bids not_yours not_yours not_yours",
    ),
    row("POST /api/add_to_auction", "auction_id={live}&addition=덧붙여요&key={key}", SELLERS),
    row("POST /api/relist", "auction_id={unsold}&key={key}", SELLERS),
    row("POST /api/call_last_bids", "auction_id={live}", SELLERS),
    row("POST /api/cancel_auction", "auction_id={fresh}", SELLERS),
    row(
        "POST /api/cancel_auction",
        "auction_id={live}",
        "no_session not_yours has_bids not_yours not_yours not_yours",
    ),
    row("POST /api/make_national", "auction_id={fresh}", SELLERS),
    row("POST /api/upload_picture", "picture=@", SIGNED_IN),
    row("POST /api/add_picture", "auction_id={fresh}&picture=@", SELLERS),
    // Asking and answering.
    row(
        "POST /api/ask",
        "auction_id={live}&question=언제+샀나요?&key={key}",
        "no_session ok not_yours ok ok ok",
    ),
    row("POST /api/answer", "question_id={question}&answer=네", SELLERS),
    // After the sale.
    row("POST /api/send_message", "auction_id={sold}&text=안녕하세요&key={key}", BOTH),
    row("POST /api/send_message", "auction_id={sold}&picture={buyers_picture}&key={key}", BUYERS),
    row("POST /api/read_chat", "auction_id={sold}&up_to=1", BOTH),
    row("POST /api/hand_over", "auction_id={sold}&key={key}", SELLERS),
    row("POST /api/confirm_handover", "auction_id={sold}", BUYERS),
    row("POST /api/dispute", "auction_id={sold}&complaint=damaged&text=깨졌어요&key={key}", BUYERS),
    row(
        "POST /api/write_in_dispute",
        "auction_id={disputed}&text=보세요&key={key}",
        "no_session ok ok not_yours not_yours ok",
    ),
    row("POST /api/decide_sale", "auction_id={disputed}&decision=settle&reason=확인&key={key}", STAFFS),
    row("POST /api/decide_sale", "auction_id={sold}&decision=refund&reason=확인&key={key}", STAFFS),
    row("POST /api/review", "auction_id={settled}&stars=5&text=좋아요&key={key}", BOTH),
    row(
        "POST /api/send_report",
        "subject=auction&id={live}&reason=other&text=이상해요&key={key}",
        "no_session ok malformed ok ok ok",
    ),
    row(
        "POST /api/send_report",
        "subject=message&id={message}&reason=other&text=이상해요&key={key}",
        "no_session malformed ok not_found not_found not_found",
    ),
    // Programs of one's own; a token takes the password again.
    row("POST /api/create_access", "{access_form}&password={password}&key={key}", SIGNED_IN),
    row("POST /api/create_access", "{access_form}&password=wrong&key={key}", WRONG),
    row("POST /api/revoke_access", "token_id={access}", BUYERS_OWN),
    // What staff see.
    row("GET /api/staff_index", "", STAFFS),
    row("GET /api/staff_ledger", "", STAFFS),
    row("GET /api/staff_charts", "", STAFFS),
    row("GET /api/staff_people", "", STAFFS),
    row("GET /api/staff_person", "id={buyer}", STAFFS),
    row("GET /api/staff_auctions", "", STAFFS),
    row("GET /api/staff_auction", "id={live}", STAFFS),
    row("GET /api/staff_questions", "", STAFFS),
    row("GET /api/staff_reports", "", STAFFS),
    row("GET /api/staff_categories", "", STAFFS),
    row("GET /api/staff_log", "", STAFFS),
    // What staff do.
    row("POST /api/suspend_user", "user_id={other}&reason=확인&key={key}", STAFFS),
    row("POST /api/unsuspend_user", "user_id={suspended}&reason=확인&key={key}", STAFFS),
    row("POST /api/reset_devices", "user_id={buyer}&reason=확인&key={key}", STAFFS),
    row("POST /api/staff_cancel", "auction_id={live}&reason=확인&key={key}", STAFFS),
    row("POST /api/hide_question", "question_id={question}&reason=확인&key={key}", STAFFS),
    row("POST /api/show_question", "question_id={hidden}&reason=확인&key={key}", STAFFS),
    row("POST /api/resolve_report", "report_id={report}&outcome=upheld&reason=확인&key={key}", STAFFS),
    row("POST /api/add_category", "name_ko=새것&name_en=New&art=digital&reason=확인&key={key}", STAFFS),
    row(
        "POST /api/rename_category",
        "category_id={category}&name_ko=다른것&name_en=Other&reason=확인&key={key}",
        STAFFS,
    ),
    row("POST /api/change_category", "category_id={category}&change=retire&reason=확인&key={key}", STAFFS),
];
