-- What staff do, all of it in one log; people who are suspended; categories that take no new auctions.

-- Suspended: no new bids and purchases, no new auctions. What stands, stands: holds, maxima, running auctions, trades.
ALTER TABLE users ADD COLUMN suspended_at timestamptz;
-- While an older server runs: it suspends nobody.
ALTER TABLE users ADD CONSTRAINT users_staff_are_not_suspended CHECK (NOT is_staff OR suspended_at IS NULL);
-- With the wallet too, as a closed account: its row is what every bid and every opening locks, so one that comes at the
-- same moment finds it either before or after, whatever it waited for.
ALTER TABLE wallets ADD COLUMN suspended_at timestamptz;
-- The staff's questions: who is of them, who is suspended.
CREATE INDEX users_staff ON users (id) WHERE is_staff;
CREATE INDEX users_suspended ON users (id) WHERE suspended_at IS NOT NULL;

-- No new auctions are filed under it; those that are, stay. Categories are never removed: auctions refer to them.
ALTER TABLE categories ADD COLUMN retired_at timestamptz;
-- While an older server runs: it names none but those that ship with it, which are so.
ALTER TABLE categories ADD CONSTRAINT categories_are_named
    CHECK (char_length(slug) BETWEEN 1 AND 30 AND char_length(name_ko) BETWEEN 1 AND 30
           AND char_length(name_en) BETWEEN 1 AND 30);

-- Every act is a row, in the transaction that does it.
ALTER TABLE staff_acts ADD COLUMN category_id bigint REFERENCES categories;
ALTER TABLE staff_acts ADD COLUMN question_id bigint REFERENCES questions;
ALTER TABLE staff_acts ADD COLUMN report_id bigint REFERENCES reports;
-- What it was set to, where the act alone does not say it.
ALTER TABLE staff_acts ADD COLUMN detail text NOT NULL DEFAULT '' CHECK (char_length(detail) <= 200);
ALTER TABLE staff_acts DROP CONSTRAINT staff_acts_act_check;
-- While an older server runs: its acts are among them.
ALTER TABLE staff_acts ADD CONSTRAINT staff_acts_act_check
    CHECK (act IN ('settle', 'refund', 'cancel_auction', 'suspend', 'unsuspend', 'reset_devices', 'hide_question',
                   'show_question', 'uphold_report', 'dismiss_report', 'add_category', 'rename_category',
                   'move_category', 'retire_category', 'restore_category'));
-- Each act names what it is about. Whom it concerns stands beside it: the buyer or the seller, the asker, the reported.
-- While an older server runs: its acts name theirs, or are of the rest.
ALTER TABLE staff_acts ADD CONSTRAINT staff_acts_name_their_subject CHECK (CASE
    WHEN act = 'cancel_auction' THEN auction_id IS NOT NULL
    WHEN act IN ('suspend', 'unsuspend', 'reset_devices') THEN user_id IS NOT NULL
    WHEN act IN ('hide_question', 'show_question') THEN num_nulls(question_id, auction_id) = 0
    WHEN act IN ('uphold_report', 'dismiss_report') THEN report_id IS NOT NULL
    WHEN act LIKE '%\_category' THEN category_id IS NOT NULL
    ELSE true END);
-- Nobody of the staff acts on himself.
-- While an older server runs: it does not suspend.
ALTER TABLE staff_acts ADD CONSTRAINT staff_acts_are_on_others CHECK (act <> 'suspend' OR user_id <> staff_id);
-- The log of one sort of act, and what was done about somebody or something.
CREATE INDEX staff_acts_by_act ON staff_acts (act, id DESC);
CREATE INDEX staff_acts_about_user ON staff_acts (user_id, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX staff_acts_about_auction ON staff_acts (auction_id, id DESC) WHERE auction_id IS NOT NULL;
-- Reports about somebody; their number is on his page.
CREATE INDEX reports_about ON reports (about_id, id DESC);
-- What people have asked, newest first, for staff: those that are hidden are few.
CREATE INDEX questions_hidden ON questions (id DESC) WHERE hidden_at IS NOT NULL;
