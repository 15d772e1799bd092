-- Wallets, the ledger, and money that comes in and goes out (rules, Words and Money in and out).

-- One per user. Held money backs the bids the user leads with. Neither part is ever below zero.
CREATE TABLE wallets (
    user_id    bigint PRIMARY KEY REFERENCES users,
    available  numeric(14, 0) NOT NULL DEFAULT 0 CONSTRAINT wallets_available_not_negative CHECK (available >= 0),
    held       numeric(14, 0) NOT NULL DEFAULT 0 CONSTRAINT wallets_held_not_negative CHECK (held >= 0),
    -- A new number for each change; the header shows the newest.
    seq        bigint NOT NULL DEFAULT 1
);

-- Every change of a wallet. Immutable: corrections are new rows.
CREATE TABLE ledger_rows (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id          bigint NOT NULL REFERENCES wallets,
    kind             text NOT NULL
                     CHECK (kind IN ('deposit', 'bid_lock', 'bid_refund', 'payment', 'earning', 'withdrawal')),
    available        numeric(14, 0) NOT NULL,
    held             numeric(14, 0) NOT NULL,
    available_after  numeric(14, 0) NOT NULL CHECK (available_after >= 0),
    held_after       numeric(14, 0) NOT NULL CHECK (held_after >= 0),
    auction_id       bigint REFERENCES auctions,
    bid_id           bigint REFERENCES bids,
    at               timestamptz NOT NULL,
    CONSTRAINT ledger_rows_change_something CHECK (available <> 0 OR held <> 0),
    -- The shape of each kind (rules, Words).
    CONSTRAINT ledger_rows_shape CHECK (CASE kind
        WHEN 'deposit'    THEN available > 0 AND held = 0
        WHEN 'withdrawal' THEN available < 0 AND held = 0
        WHEN 'bid_lock'   THEN held > 0 AND available = -held
        WHEN 'bid_refund' THEN available > 0 AND held IN (0, -available)
        WHEN 'payment'    THEN (available < 0 AND held = 0) OR (available = 0 AND held < 0)
        WHEN 'earning'    THEN available > 0 AND held = 0
    END)
);
CREATE INDEX ledger_rows_statement ON ledger_rows (user_id, id DESC);

CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are immutable', TG_TABLE_NAME;
END $$;
CREATE TRIGGER ledger_rows_immutable BEFORE UPDATE OR DELETE ON ledger_rows
    FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER bids_immutable BEFORE UPDATE OR DELETE ON bids
    FOR EACH ROW EXECUTE FUNCTION forbid_change();

-- A deposit or a withdrawal, under the client's key: a retry never acts twice.
CREATE TABLE payments (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES wallets,
    key        text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    direction  text NOT NULL CHECK (direction IN ('deposit', 'withdrawal')),
    amount     numeric(14, 0) NOT NULL CHECK (amount > 0),
    -- What the payment gateway calls it.
    reference  text NOT NULL,
    at         timestamptz NOT NULL,
    CONSTRAINT payments_key_once UNIQUE (user_id, key),
    CONSTRAINT payments_deposit_limit CHECK (direction <> 'deposit' OR amount <= 10000000)
);
