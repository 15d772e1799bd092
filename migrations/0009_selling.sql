-- What a seller does besides opening: a form that waits, additions to what is fixed, the same thing once more.

-- The form of opening as it was last typed, one per person: what was typed survives leaving the page and signing
-- in. It goes when an auction is opened from it. Its fields are those of market::opening::Draft, cut to what they
-- can hold.
CREATE TABLE drafts (
    user_id  bigint PRIMARY KEY REFERENCES users,
    draft    jsonb NOT NULL CHECK (octet_length(draft::text) <= 40000),
    at       timestamptz NOT NULL
);

-- Listed again from this one: the same thing under the same terms, in one tap.
ALTER TABLE auctions
    ADD COLUMN relisted_from bigint REFERENCES auctions,
    ADD CONSTRAINT auctions_relisted_from_another CHECK (relisted_from <> id);

-- What the seller added to the description once somebody had bid: dated, numbered from 1, never changed. Together
-- with the description it is no longer than a description may be.
CREATE TABLE additions (
    auction_id  bigint NOT NULL REFERENCES auctions,
    number      integer NOT NULL CHECK (number BETWEEN 1 AND 20),
    -- The form's key: sent twice, it adds once.
    key         text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    text        text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 1000),
    at          timestamptz NOT NULL,
    PRIMARY KEY (auction_id, number),
    CONSTRAINT additions_key_once UNIQUE (auction_id, key)
);
