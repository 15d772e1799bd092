-- What people ask about an auction, in public, and what its seller answers (product, Pages).

-- A question and its one answer. Rows are written under the lock of their auction, so the limit of open questions and
-- the counting of notices hold however many ask at once.
CREATE TABLE questions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    auction_id   bigint NOT NULL REFERENCES auctions,
    asker_id     bigint NOT NULL REFERENCES users,
    -- The form's key: sent twice, it asks once.
    key          text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    text         text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 500),
    asked_at     timestamptz NOT NULL,
    -- The seller's; written once.
    answer       text CHECK (char_length(answer) BETWEEN 1 AND 1000),
    answered_at  timestamptz,
    -- Taken off the page by staff (defect S13). The row stays, with who did it.
    hidden_at    timestamptz,
    hidden_by    bigint REFERENCES users,

    CONSTRAINT questions_key_once UNIQUE (asker_id, key),
    CONSTRAINT questions_answer_whole CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CONSTRAINT questions_hidden_whole CHECK ((hidden_at IS NULL) = (hidden_by IS NULL))
);
-- The page's question: the newest that are shown.
CREATE INDEX questions_shown ON questions (auction_id, id) WHERE hidden_at IS NULL;
-- The limit's question: how many of one person wait for an answer.
CREATE INDEX questions_open ON questions (auction_id, asker_id) WHERE answered_at IS NULL;

-- The seller's other auctions that run: a few of them, however many he has had.
CREATE INDEX auctions_of_seller ON auctions (seller_id, ends_at, id) WHERE status = 'live';
