-- Searches that people keep: who saves one is told of each auction opened later that fits it.

CREATE TABLE saved_searches (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint NOT NULL REFERENCES users,
    -- The form's key: sent twice, it saves once.
    key          text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    -- The words as typed, and the grams that must all be among those of an auction; none: every auction fits.
    q            text CHECK (char_length(q) BETWEEN 1 AND 100),
    grams        text[] NOT NULL,
    -- Its subtree and everything national; NULL: the whole country.
    region_code  text COLLATE "C" REFERENCES regions,
    category_id  bigint REFERENCES categories,
    -- Compared with the price that the auction shows when it is looked at.
    min_price    numeric(14, 0) CHECK (min_price >= 0),
    max_price    numeric(14, 0) CHECK (max_price >= 0),
    condition    text CHECK (condition IN ('new', 'S', 'A', 'B', 'C')),
    reach        text CHECK (reach IN ('national', 'neighbourhood')),
    created_at   timestamptz NOT NULL,

    CONSTRAINT saved_searches_key_once UNIQUE (user_id, key),
    CONSTRAINT saved_searches_words_have_grams CHECK ((q IS NULL) = (grams = '{}')),
    CONSTRAINT saved_searches_narrow
        CHECK (num_nonnulls(q, region_code, category_id, min_price, max_price, condition, reach) > 0),
    -- The same search twice is one.
    CONSTRAINT saved_searches_once UNIQUE NULLS NOT DISTINCT
        (user_id, q, region_code, category_id, min_price, max_price, condition, reach)
);
-- Which searches can an auction fit? Those that have one of its grams, or none of their own.
CREATE INDEX saved_searches_grams ON saved_searches USING gin (grams);

-- Auctions that wait to be compared with the saved searches. Whoever takes a row away writes the notices in the
-- same transaction, so each auction is looked at once, by one server. Rows of their own instead of a mark on the
-- auction: that row is locked by its bids and stands in many indexes. Auctions from before this file never wait.
CREATE TABLE unmatched_auctions (
    auction_id  bigint PRIMARY KEY REFERENCES auctions
);
CREATE FUNCTION await_match() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO unmatched_auctions (auction_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER auctions_await_match AFTER INSERT ON auctions FOR EACH ROW EXECUTE FUNCTION await_match();

-- The shelves of the first page: what is watched lately, and what ends next for everybody.
CREATE INDEX watches_recent ON watches (at DESC, auction_id);
CREATE INDEX auctions_national_due ON auctions (ends_at, id) WHERE status = 'live' AND reach = 'national';
