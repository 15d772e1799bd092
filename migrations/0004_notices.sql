-- Notices: rows of the same transaction as their cause, so none is lost and none is announced early (defect K4).

-- The inbox's number; the header shows the newest.
CREATE SEQUENCE notice_seq;

-- One row per person, kind and auction until it is read: an outbid war is one row with a count.
CREATE TABLE notices (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id     bigint NOT NULL REFERENCES users,
    kind        text NOT NULL
                CHECK (kind IN ('outbid', 'new_bid', 'won', 'lost', 'sold', 'unsold', 'refunded', 'paid',
                                'disputed', 'cancelled')),
    auction_id  bigint NOT NULL REFERENCES auctions,
    -- The amount it is about, if any.
    amount      numeric(14, 0),
    times       integer NOT NULL DEFAULT 1 CHECK (times > 0),
    at          timestamptz NOT NULL,
    seq         bigint NOT NULL DEFAULT nextval('notice_seq'),
    read_at     timestamptz
);
CREATE UNIQUE INDEX notices_grouped ON notices (user_id, auction_id, kind) WHERE read_at IS NULL;
CREATE INDEX notices_inbox ON notices (user_id, seq DESC);
