//! What no program may ask with a token, and why. A test finds a server function that stands neither here nor
//! in the table.

/// Who signs in, and with what: a token must not make another one, nor outlive the password.
const SIGN_IN: &str = "signing in, passwords, tokens and the account";
/// A token moves no money in or out, and lets none out of escrow.
const MONEY: &str = "money";
/// What people say to each other they say themselves.
const TALK: &str = "what people say to each other";
/// How this browser looks, and what it is told.
const BROWSER: &str = "one browser's choices";
/// Staff act in person.
const STAFF: &str = "staff";

/// Their names, each with the reason.
pub const PAGE_ONLY: &[(&str, &str)] = &[
    ("sign_up", SIGN_IN),
    ("sign_in", SIGN_IN),
    ("sign_out", SIGN_IN),
    ("sign_out_everywhere", SIGN_IN),
    ("end_session", SIGN_IN),
    ("account", SIGN_IN),
    ("save_profile", SIGN_IN),
    ("save_email", SIGN_IN),
    ("change_password", SIGN_IN),
    ("close_account", SIGN_IN),
    ("reset_state", SIGN_IN),
    ("forgot_password", SIGN_IN),
    ("reset_password", SIGN_IN),
    ("create_access", SIGN_IN),
    ("revoke_access", SIGN_IN),
    ("deposit", MONEY),
    ("withdraw", MONEY),
    ("confirm_handover", MONEY),
    ("dispute", MONEY),
    ("write_in_dispute", TALK),
    ("ask", TALK),
    ("chats", TALK),
    ("chat", TALK),
    ("send_message", TALK),
    ("read_chat", TALK),
    ("review", TALK),
    ("report_form", TALK),
    ("send_report", TALK),
    ("block_person", TALK),
    ("unblock_person", TALK),
    ("blocked_people", TALK),
    ("read_notices", BROWSER),
    ("see_notices", BROWSER),
    ("notice_settings", BROWSER),
    ("save_notice_settings", BROWSER),
    ("add_device", BROWSER),
    ("remove_device", BROWSER),
    ("has_device", BROWSER),
    ("set_theme", BROWSER),
    ("set_language", BROWSER),
    ("save_draft", BROWSER),
    ("drop_draft", BROWSER),
    ("disputes", STAFF),
    ("staff_dispute", STAFF),
    ("decide_sale", STAFF),
    ("staff_index", STAFF),
    ("staff_people", STAFF),
    ("staff_person", STAFF),
    ("staff_auctions", STAFF),
    ("staff_auction", STAFF),
    ("staff_questions", STAFF),
    ("staff_reports", STAFF),
    ("staff_categories", STAFF),
    ("staff_log", STAFF),
    ("staff_ledger", STAFF),
    ("staff_charts", STAFF),
    ("suspend_user", STAFF),
    ("unsuspend_user", STAFF),
    ("reset_devices", STAFF),
    ("staff_cancel", STAFF),
    ("hide_question", STAFF),
    ("show_question", STAFF),
    ("resolve_report", STAFF),
    ("add_category", STAFF),
    ("rename_category", STAFF),
    ("change_category", STAFF),
];
