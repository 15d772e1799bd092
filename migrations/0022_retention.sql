-- What is kept no longer than it is of use (market/src/store/retention.rs) is found by these, hour by hour.
-- While an older server runs: indexes change no answer. Bids wait while they are built, a second per million rows.

CREATE INDEX notices_read ON notices (read_at) WHERE read_at IS NOT NULL;
CREATE INDEX outbox_closed ON outbox (closed_at) WHERE closed_at IS NOT NULL;
-- Sessions, forgotten passwords and reminders have none: their tables are small, and a session is used each minute.
