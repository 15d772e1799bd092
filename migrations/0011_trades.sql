-- After the end: the steps of a sale, disputes with what is said in them, and what staff decide (rules, Ending).

-- The steps of a sale whose money waits in escrow. When it was paid stands with the auction (closed_at); a sale that
-- is settled as it closes has no row here.
CREATE TABLE trades (
    auction_id      bigint PRIMARY KEY REFERENCES auctions,
    -- The seller says so; the parcel's number or whatever else the buyer needs to know.
    handed_over_at  timestamptz,
    handover_note   text CHECK (char_length(handover_note) BETWEEN 1 AND 100),
    -- The form's key: sent twice, it is answered the same.
    handover_key    text CHECK (char_length(handover_key) BETWEEN 1 AND 100),
    -- When the money left escrow, to the seller or back to the buyer, and by whom: the buyer's confirmation, the 7
    -- days, or a decision of staff.
    settled_at      timestamptz,
    settled_by      text CHECK (settled_by IN ('buyer', 'time', 'staff')),

    CONSTRAINT trades_say_something CHECK (num_nonnulls(handed_over_at, settled_at) > 0),
    CONSTRAINT trades_handover_whole
        CHECK ((handed_over_at IS NULL) = (handover_key IS NULL)
               AND (handed_over_at IS NOT NULL OR handover_note IS NULL)),
    CONSTRAINT trades_end_whole CHECK (num_nulls(settled_at, settled_by) IN (0, 2))
);

-- A dispute: the buyer finds something wrong and the escrow is frozen. It never comes twice: nothing leads back from
-- `disputed` to `sold`.
CREATE TABLE disputes (
    auction_id  bigint PRIMARY KEY REFERENCES auctions,
    complaint   text NOT NULL CHECK (complaint IN ('not_received', 'not_as_described', 'damaged', 'other')),
    opened_at   timestamptz NOT NULL
);
CREATE INDEX disputes_opened ON disputes (opened_at, auction_id);

-- What the buyer, the seller and staff write in a dispute; the first is the buyer's, with which he opened it.
CREATE TABLE dispute_messages (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    auction_id  bigint NOT NULL REFERENCES disputes,
    author_id   bigint NOT NULL REFERENCES users,
    -- Chosen by the client: a retry says it once.
    key         text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    text        text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
    picture_id  text COLLATE "C" REFERENCES pictures,
    at          timestamptz NOT NULL,
    CONSTRAINT dispute_messages_key_once UNIQUE (author_id, key)
);
CREATE INDEX dispute_messages_of_dispute ON dispute_messages (auction_id, id);

-- The log of what staff do. Immutable.
CREATE TABLE staff_acts (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id    bigint NOT NULL REFERENCES users,
    key         text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    -- settle: the seller is paid out of escrow. refund: the buyer has his money back.
    act         text NOT NULL CHECK (act IN ('settle', 'refund')),
    -- What and whom it concerns; whom: who gets the money.
    auction_id  bigint REFERENCES auctions,
    user_id     bigint REFERENCES users,
    reason      text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 1000),
    at          timestamptz NOT NULL,
    CONSTRAINT staff_acts_key_once UNIQUE (staff_id, key),
    CONSTRAINT staff_acts_name_the_sale CHECK (act NOT IN ('settle', 'refund') OR num_nulls(auction_id, user_id) = 0)
);
-- A sale is decided once.
CREATE UNIQUE INDEX staff_acts_decide_once ON staff_acts (auction_id) WHERE act IN ('settle', 'refund');

CREATE TRIGGER disputes_immutable BEFORE UPDATE OR DELETE ON disputes
    FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER dispute_messages_immutable BEFORE UPDATE OR DELETE ON dispute_messages
    FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER staff_acts_immutable BEFORE UPDATE OR DELETE ON staff_acts
    FOR EACH ROW EXECUTE FUNCTION forbid_change();

-- Of all rows of an auction's bidders, those that move a sale's money: what staff look at before they decide.
CREATE INDEX ledger_rows_of_sale ON ledger_rows (auction_id, id)
    WHERE kind IN ('payment', 'earning') OR (kind = 'bid_refund' AND held = 0);

-- Sales from before: what became of them stands in the ledger, and who ended them follows from when and how. An old
-- dispute has no text.
INSERT INTO trades (auction_id, settled_at, settled_by)
SELECT a.id, max(l.at),
       CASE WHEN a.status = 'refunded' THEN 'staff'
            WHEN max(l.at) >= a.closed_at + interval '7 days' THEN 'time'
            ELSE 'buyer' END
FROM auctions a JOIN ledger_rows l ON l.auction_id = a.id
WHERE a.settlement = 'on_handover'
  AND ((a.status = 'settled' AND l.kind = 'earning')
       OR (a.status = 'refunded' AND l.kind = 'bid_refund' AND l.held = 0))
GROUP BY a.id;
INSERT INTO disputes (auction_id, complaint, opened_at)
SELECT a.id, 'other', coalesce(min(n.at), a.closed_at)
FROM auctions a LEFT JOIN notices n ON n.auction_id = a.id AND n.kind = 'disputed'
WHERE a.status IN ('disputed', 'refunded')
GROUP BY a.id;
