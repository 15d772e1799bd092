-- What leaves the house: letters and pushes. Their rows are written in the transaction of their cause and sent after
-- it by whoever comes first, so a mail server that is down delays a letter and never harms a bid (defect K4).

-- The language of letters; pages follow the browser's cookie.
ALTER TABLE users ADD COLUMN language text NOT NULL DEFAULT 'ko' CHECK (language IN ('ko', 'en'));

-- Who wants to be told of what, and how. Nobody has a row until he changes something; then it holds the kinds that he
-- wants on each channel, whole. Notices themselves are always kept.
CREATE TABLE notice_settings (
    user_id     bigint PRIMARY KEY REFERENCES users,
    toast       text[] NOT NULL,
    mail        text[] NOT NULL,
    push        text[] NOT NULL,
    -- Minutes of the day in Seoul; both, or none for a person who may always be told.
    quiet_from  smallint CHECK (quiet_from BETWEEN 0 AND 1439),
    quiet_to    smallint CHECK (quiet_to BETWEEN 0 AND 1439),
    CONSTRAINT notice_settings_quiet_whole CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)),
    CONSTRAINT notice_settings_quiet_some CHECK (quiet_from <> quiet_to)
);

-- A browser that lets itself be woken (RFC 8030). It belongs to a session: who has signed out there hears nothing.
CREATE TABLE devices (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id         bigint NOT NULL REFERENCES users,
    session_sha256  bytea NOT NULL REFERENCES sessions ON DELETE CASCADE,
    endpoint        text NOT NULL CHECK (char_length(endpoint) BETWEEN 1 AND 1000),
    -- The browser's public key, an uncompressed point, and its secret of 16 bytes (RFC 8291); URL-safe base64, as it
    -- came.
    public_key      text NOT NULL CHECK (public_key ~ '^B[A-Za-z0-9_-]{86}$'),
    secret          text NOT NULL CHECK (secret ~ '^[A-Za-z0-9_-]{22}$'),
    at              timestamptz NOT NULL,
    CONSTRAINT devices_endpoint_once UNIQUE (endpoint)
);
CREATE INDEX devices_of_user ON devices (user_id, at);

-- What waits to be sent, and what became of it. Either a notice, told in the words of the moment it is sent, to a
-- device or else by letter; or a letter that was written in full.
CREATE TABLE outbox (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id     bigint NOT NULL REFERENCES users,

    kind        text,
    auction_id  bigint REFERENCES auctions,
    notice_id   bigint REFERENCES notices ON DELETE CASCADE,
    -- No foreign key: a device that goes at this very moment must not fail the bid that would have told it.
    device_id   bigint,

    address     text CHECK (char_length(address) <= 254),
    subject     text CHECK (char_length(subject) BETWEEN 1 AND 200),
    body        text CHECK (char_length(body) <= 10000),

    -- When it is to be tried; of one that is being sent, until when its sender has it alone.
    due_at      timestamptz NOT NULL,
    attempts    smallint NOT NULL DEFAULT 0,
    -- Counts what was added while it waited or was on its way.
    version     integer NOT NULL DEFAULT 1,
    closed_at   timestamptz,
    outcome     text CHECK (outcome IN ('sent', 'dropped', 'given_up')),
    -- Why it was last not sent.
    error       text CHECK (char_length(error) <= 300),

    CONSTRAINT outbox_notice_whole CHECK (num_nulls(kind, auction_id, notice_id) IN (0, 3)),
    CONSTRAINT outbox_letter_whole CHECK (num_nulls(address, subject, body) IN (0, 3)),
    CONSTRAINT outbox_notice_or_letter CHECK ((kind IS NULL) = (address IS NOT NULL)),
    CONSTRAINT outbox_letters_have_no_device CHECK (device_id IS NULL OR kind IS NOT NULL),
    CONSTRAINT outbox_outcome_when_closed CHECK ((closed_at IS NULL) = (outcome IS NULL))
);
-- One row per person, kind, auction and way, opened anew when there is more to tell: never spam.
CREATE UNIQUE INDEX outbox_grouped ON outbox (user_id, auction_id, kind, device_id) NULLS NOT DISTINCT
    WHERE kind IS NOT NULL;
-- The worker's question: what goes next?
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE closed_at IS NULL;
-- Notices that are deleted some day take theirs along.
CREATE INDEX outbox_of_notice ON outbox (notice_id);

-- Auctions whose watchers were reminded: once, however often the end moves.
CREATE TABLE reminders (
    auction_id  bigint PRIMARY KEY REFERENCES auctions,
    at          timestamptz NOT NULL
);
