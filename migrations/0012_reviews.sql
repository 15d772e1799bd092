-- Reviews: what the two parties of a trade say of each other once it is over.

-- One per trade and author. Neither is seen before the other is written, so nobody answers a bad word with a bad
-- word; after 14 days each is seen whatever the other party does.
CREATE TABLE reviews (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    auction_id  bigint NOT NULL REFERENCES auctions,
    author_id   bigint NOT NULL REFERENCES users,
    -- The other party.
    subject_id  bigint NOT NULL REFERENCES users,
    -- Whether the other party sold; a score is of reviews of sellers.
    of_seller   boolean NOT NULL,
    stars       smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
    body        text NOT NULL CHECK (char_length(body) <= 1000),
    -- The form's key: sent twice, it writes one review.
    key         text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    at          timestamptz NOT NULL,
    -- From when everybody sees it; brought forward when the other party writes (market::review::shown_at).
    shown_at    timestamptz NOT NULL CHECK (shown_at >= at),

    CONSTRAINT reviews_once UNIQUE (auction_id, author_id),
    CONSTRAINT reviews_key_once UNIQUE (author_id, key),
    -- Nobody reviews himself (defect V3).
    CONSTRAINT reviews_not_of_oneself CHECK (author_id <> subject_id)
);
-- What somebody received, newest first; also what his score is counted from.
CREATE INDEX reviews_received ON reviews (subject_id, of_seller, id DESC) INCLUDE (stars, shown_at);
