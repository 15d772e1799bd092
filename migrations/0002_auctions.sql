-- Auctions, the bids they accepted, and who takes part in them (rules, Status, Opening, Bidding).

CREATE TABLE auctions (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    seller_id      bigint NOT NULL REFERENCES users,
    -- The form's key: sent twice, it opens one auction.
    key            text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    title          text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 100),
    description    text NOT NULL CHECK (char_length(description) <= 5000),
    category_id    bigint NOT NULL REFERENCES categories,
    condition      text NOT NULL CHECK (condition IN ('new', 'S', 'A', 'B', 'C')),
    shipping       text NOT NULL CHECK (shipping IN ('seller', 'buyer')),
    -- The illustration that stands in for a picture (public/art).
    art            text NOT NULL,
    reach          text NOT NULL CHECK (reach IN ('national', 'neighbourhood')),
    region_code    text COLLATE "C" NOT NULL REFERENCES regions,

    -- Fixed once a bid exists. Amounts are whole won.
    start_price    numeric(14, 0) NOT NULL CHECK (start_price BETWEEN 1 AND 1000000000000),
    -- {"kind":"fixed","unit":1000} or {"kind":"ladder","bands":[[10000,500],[null,1000]]}
    increment      jsonb NOT NULL,
    buy_now        numeric(14, 0) CHECK (buy_now > start_price AND buy_now <= 1000000000000),
    -- Hidden: never leaves the books but as "met" or "not met".
    reserve        numeric(14, 0) CHECK (reserve > start_price AND reserve <= 1000000000000),
    -- Soft close in seconds; all three, or none for an exact ending.
    soft_window    integer CHECK (soft_window BETWEEN 10 AND 600),
    soft_extension integer CHECK (soft_extension BETWEEN 10 AND 600),
    soft_hard_stop integer CHECK (soft_hard_stop BETWEEN soft_extension AND 3600),
    settlement     text NOT NULL CHECK (settlement IN ('on_close', 'on_handover')),
    opened_at      timestamptz NOT NULL,
    starts_at      timestamptz NOT NULL,
    -- A bid at this instant is late.
    ends_at        timestamptz NOT NULL,
    -- The end set at opening or by calling last bids: what the hard stop counts from.
    first_end      timestamptz NOT NULL,

    -- What moves.
    status         text NOT NULL DEFAULT 'live'
                   CHECK (status IN ('live', 'unsold', 'cancelled', 'sold', 'disputed', 'settled', 'refunded')),
    price          numeric(14, 0) NOT NULL DEFAULT 0,
    leader_id      bigint REFERENCES users,
    -- The leader's maximum, and the money he holds behind it.
    hold           numeric(14, 0) NOT NULL DEFAULT 0,
    last_call      boolean NOT NULL DEFAULT false,
    winner_id      bigint REFERENCES users,
    price_paid     numeric(14, 0),
    -- When it left `live`; the 7 days of a handover count from here.
    closed_at      timestamptz,
    -- A new number for each change; live messages carry it, and the newest wins.
    seq            bigint NOT NULL DEFAULT 1,
    -- Listed bids and people who have bid; kept here so that lists need not count.
    bid_count      integer NOT NULL DEFAULT 0,
    bidder_count   integer NOT NULL DEFAULT 0,
    -- What lists sort and filter by: before the first bid an auction is worth its start price (defect V9).
    shown_price    numeric(14, 0) GENERATED ALWAYS AS (GREATEST(price, start_price)) STORED,

    -- What the search box compares with (market::search).
    grams          text[] NOT NULL,
    leads          text NOT NULL,

    CONSTRAINT auctions_key_once UNIQUE (seller_id, key),
    CONSTRAINT auctions_ends_after_start CHECK (ends_at > starts_at AND first_end > starts_at),
    CONSTRAINT auctions_soft_close_whole CHECK (num_nulls(soft_window, soft_extension, soft_hard_stop) IN (0, 3)),
    -- A leader exists only while live; without one nothing is held.
    CONSTRAINT auctions_leader_while_live CHECK (status = 'live' OR leader_id IS NULL),
    CONSTRAINT auctions_hold_has_leader CHECK ((leader_id IS NULL) = (hold = 0)),
    -- start price ≤ price ≤ hold < buy-now
    CONSTRAINT auctions_price_within_hold
        CHECK (leader_id IS NULL OR (start_price <= price AND price <= hold)),
    CONSTRAINT auctions_hold_below_buy_now CHECK (leader_id IS NULL OR buy_now IS NULL OR hold < buy_now),
    CONSTRAINT auctions_seller_never_leads CHECK (leader_id <> seller_id AND winner_id <> seller_id),
    CONSTRAINT auctions_sale_is_whole
        CHECK ((status IN ('sold', 'disputed', 'settled', 'refunded')) = (winner_id IS NOT NULL)
               AND (winner_id IS NULL) = (price_paid IS NULL)),
    CONSTRAINT auctions_closed_when_not_live CHECK ((status = 'live') = (closed_at IS NULL))
);
-- The closer's question: what ends next?
CREATE INDEX auctions_due ON auctions (ends_at, id) WHERE status = 'live';
-- The handover timer's question.
CREATE INDEX auctions_handover ON auctions (closed_at) WHERE status = 'sold';
-- The lists' orders, each with its keyset.
CREATE INDEX auctions_new ON auctions (opened_at, id);
CREATE INDEX auctions_price ON auctions (shown_price, id) WHERE status = 'live';
CREATE INDEX auctions_bids ON auctions (bid_count, id) WHERE status = 'live';
CREATE INDEX auctions_region ON auctions (region_code, ends_at) WHERE status = 'live';
CREATE INDEX auctions_category ON auctions (category_id, ends_at, id);
CREATE INDEX auctions_ended ON auctions (ends_at, id) WHERE status <> 'live';
CREATE INDEX auctions_grams ON auctions USING gin (grams);
-- Whose holds, whose purchases, whose sales.
CREATE INDEX auctions_leader ON auctions (leader_id) WHERE leader_id IS NOT NULL;
CREATE INDEX auctions_winner ON auctions (winner_id) WHERE winner_id IS NOT NULL;
CREATE INDEX auctions_seller ON auctions (seller_id, id);

-- An accepted request; a refusal writes nothing. Immutable.
CREATE TABLE bids (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    auction_id      bigint NOT NULL REFERENCES auctions,
    user_id         bigint NOT NULL REFERENCES users,
    -- Chosen by the client; NULL when it sent none.
    key             text CHECK (char_length(key) BETWEEN 1 AND 100),
    -- The request as it was made, to recognise a repetition: NULL amount for "buy now".
    amount          numeric(14, 0),
    automatic       boolean NOT NULL,
    accept_buy_now  boolean NOT NULL,
    reply           text NOT NULL CHECK (reply IN ('leading', 'outbid_at_once', 'maximum_changed', 'bought')),
    at              timestamptz NOT NULL,
    -- The public list: its number from 1 without gaps, the amount as made public and the price it caused. NULL
    -- when the request moved no price.
    number          integer,
    shown_amount    numeric(14, 0),
    price_after     numeric(14, 0),

    CONSTRAINT bids_key_once UNIQUE (auction_id, user_id, key),
    CONSTRAINT bids_listed_whole CHECK (num_nulls(number, shown_amount, price_after) IN (0, 3))
);
CREATE UNIQUE INDEX bids_listed ON bids (auction_id, number) WHERE number IS NOT NULL;

-- Who has bid where, numbered in the order of their first bid: the alias that others see comes from the number
-- (defect S11), and "my auctions" are found here.
CREATE TABLE bidders (
    auction_id  bigint NOT NULL REFERENCES auctions,
    user_id     bigint NOT NULL REFERENCES users,
    number      integer NOT NULL CHECK (number > 0),
    PRIMARY KEY (auction_id, user_id),
    CONSTRAINT bidders_number_once UNIQUE (auction_id, number)
);
CREATE INDEX bidders_of_user ON bidders (user_id, auction_id);

-- Who keeps an eye on what.
CREATE TABLE watches (
    auction_id  bigint NOT NULL REFERENCES auctions,
    user_id     bigint NOT NULL REFERENCES users,
    at          timestamptz NOT NULL,
    PRIMARY KEY (auction_id, user_id)
);
CREATE INDEX watches_of_user ON watches (user_id, at);
