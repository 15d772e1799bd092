-- Talk between the two parties of a sale, and what protects people from each other: blocks and reports.

-- What the seller and the winner of an auction say to each other. It exists from the moment the auction has a
-- winner, and its id is the auction's. Its row's lock orders everything that happens in it.
CREATE TABLE conversations (
    auction_id     bigint PRIMARY KEY REFERENCES auctions,
    seller_id      bigint NOT NULL REFERENCES users,
    winner_id      bigint NOT NULL REFERENCES users,
    -- When something was said last; before the first message, when it was opened. Lists go by it.
    at             timestamptz NOT NULL,
    -- The newest message's number; 0 before the first.
    last_number    integer NOT NULL DEFAULT 0,
    -- A new number for each message and each read mark; live messages carry it, and the newest wins.
    seq            bigint NOT NULL DEFAULT 1,
    -- Up to which number each of the two has read, and how many of the other's messages lie beyond it.
    seller_read    integer NOT NULL DEFAULT 0,
    winner_read    integer NOT NULL DEFAULT 0,
    seller_unread  integer NOT NULL DEFAULT 0 CHECK (seller_unread >= 0),
    winner_unread  integer NOT NULL DEFAULT 0 CHECK (winner_unread >= 0),

    CONSTRAINT conversations_have_two_parties CHECK (seller_id <> winner_id),
    CONSTRAINT conversations_read_what_is_there
        CHECK (seller_read BETWEEN 0 AND last_number AND winner_read BETWEEN 0 AND last_number)
);
CREATE INDEX conversations_of_seller ON conversations (seller_id, at DESC, auction_id DESC);
CREATE INDEX conversations_of_winner ON conversations (winner_id, at DESC, auction_id DESC);
-- The header's question: what have I not read?
CREATE INDEX conversations_seller_unread ON conversations (seller_id) WHERE seller_unread > 0;
CREATE INDEX conversations_winner_unread ON conversations (winner_id) WHERE winner_unread > 0;

-- Whatever way an auction comes to its winner, the two can talk from then on.
CREATE FUNCTION open_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversations (auction_id, seller_id, winner_id, at)
    VALUES (NEW.id, NEW.seller_id, NEW.winner_id, NEW.closed_at);
    RETURN NULL;
END $$;
CREATE TRIGGER auctions_open_conversation AFTER UPDATE OF winner_id ON auctions
    FOR EACH ROW WHEN (OLD.winner_id IS NULL AND NEW.winner_id IS NOT NULL) EXECUTE FUNCTION open_conversation();
INSERT INTO conversations (auction_id, seller_id, winner_id, at)
SELECT id, seller_id, winner_id, closed_at FROM auctions WHERE winner_id IS NOT NULL;

-- What was said: a text, a picture, or both. Immutable.
CREATE TABLE messages (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    auction_id  bigint NOT NULL REFERENCES conversations,
    -- From 1 without gaps within the conversation.
    number      integer NOT NULL CHECK (number > 0),
    sender_id   bigint NOT NULL REFERENCES users,
    -- Chosen by the client: a retry says it once.
    key         text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    -- Empty beside a picture that says enough.
    text        text NOT NULL CHECK (char_length(text) <= 1000),
    picture_id  text COLLATE "C" REFERENCES pictures,
    at          timestamptz NOT NULL,

    CONSTRAINT messages_key_once UNIQUE (sender_id, key),
    CONSTRAINT messages_numbered UNIQUE (auction_id, number),
    CONSTRAINT messages_say_something CHECK (text <> '' OR picture_id IS NOT NULL)
);
CREATE TRIGGER messages_immutable BEFORE UPDATE OR DELETE ON messages
    FOR EACH ROW EXECUTE FUNCTION forbid_change();

-- Who wants to hear no more from whom: neither of the two can write to the other then.
CREATE TABLE blocks (
    blocker_id  bigint NOT NULL REFERENCES users,
    blocked_id  bigint NOT NULL REFERENCES users,
    at          timestamptz NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id),
    CONSTRAINT blocks_are_of_others CHECK (blocker_id <> blocked_id)
);

-- What somebody finds against the rules; staff decide. Once per person and subject.
CREATE TABLE reports (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reporter_id  bigint NOT NULL REFERENCES users,
    -- Chosen by the client: a retry reports once.
    key          text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    -- Of different kinds, so the id refers to different tables.
    subject      text NOT NULL CHECK (subject IN ('auction', 'question', 'message', 'user', 'review')),
    subject_id   bigint NOT NULL,
    -- Whose doing it is.
    about_id     bigint NOT NULL REFERENCES users,
    -- Where it happened; NULL for a person as such.
    auction_id   bigint REFERENCES auctions,
    reason       text NOT NULL
                 CHECK (reason IN ('fraud', 'forbidden_goods', 'counterfeit', 'abuse', 'personal_data', 'spam',
                                   'other')),
    text         text NOT NULL CHECK (char_length(text) <= 500),
    at           timestamptz NOT NULL,
    -- When, by whom and how it was decided.
    resolved_at  timestamptz,
    resolved_by  bigint REFERENCES users,
    outcome      text CHECK (outcome IN ('upheld', 'dismissed')),

    CONSTRAINT reports_key_once UNIQUE (reporter_id, key),
    CONSTRAINT reports_once UNIQUE (reporter_id, subject, subject_id),
    CONSTRAINT reports_are_of_others CHECK (reporter_id <> about_id),
    CONSTRAINT reports_resolved_whole CHECK (num_nulls(resolved_at, resolved_by, outcome) IN (0, 3))
);
CREATE INDEX reports_open ON reports (id) WHERE resolved_at IS NULL;
-- Staff may read a conversation when one of its two has reported it.
CREATE INDEX reports_of_auction ON reports (auction_id) WHERE auction_id IS NOT NULL;
