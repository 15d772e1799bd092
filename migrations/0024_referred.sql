-- What a bid and a ledger row refer to is looked up for all rows of a statement together. PostgreSQL's own foreign keys
-- look up row by row and reference by reference: that was a quarter of the time of a batch of bids
-- (docs/performance.md). Nothing is left unchecked: what is referred to must be there when the row comes, and it stays,
-- for users, wallets, auctions and bids are never removed or renumbered.

CREATE FUNCTION forbid_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows stay: others refer to them', TG_TABLE_NAME;
END $$;
-- While an older server runs: it removes none either.
CREATE TRIGGER users_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON users
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_removal();
-- While an older server runs: it removes none either.
CREATE TRIGGER wallets_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF user_id ON wallets
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_removal();
-- While an older server runs: it removes none either.
CREATE TRIGGER auctions_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON auctions
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_removal();
-- While an older server runs: it removes none either. (Deleting and changing them is forbidden already.)
CREATE TRIGGER bids_stay BEFORE TRUNCATE ON bids
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_removal();

-- Each look-up by its index (LIMIT, no sequential scan): while an auction is hot the planner knows nothing of its bids
-- yet, and its plan is kept.
CREATE FUNCTION bids_refer() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT auction_id FROM added) n
        LEFT JOIN LATERAL (SELECT true AS there FROM auctions a WHERE a.id = n.auction_id LIMIT 1) a ON true
        WHERE a.there IS NULL
    ) OR EXISTS (
        SELECT FROM (SELECT DISTINCT user_id FROM added) n
        LEFT JOIN LATERAL (SELECT true AS there FROM users u WHERE u.id = n.user_id LIMIT 1) u ON true
        WHERE u.there IS NULL
    ) THEN
        RAISE foreign_key_violation USING TABLE = TG_TABLE_NAME,
            MESSAGE = 'a bid refers to an auction or a user that is not there';
    END IF;
    RETURN NULL;
END $$;
-- While an older server runs: it is checked as before.
CREATE TRIGGER bids_refer AFTER INSERT ON bids REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION bids_refer();

CREATE FUNCTION ledger_rows_refer() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT user_id FROM added) n
        LEFT JOIN LATERAL (SELECT true AS there FROM wallets w WHERE w.user_id = n.user_id LIMIT 1) w ON true
        WHERE w.there IS NULL
    ) OR EXISTS (
        SELECT FROM (SELECT DISTINCT auction_id FROM added WHERE auction_id IS NOT NULL) n
        LEFT JOIN LATERAL (SELECT true AS there FROM auctions a WHERE a.id = n.auction_id LIMIT 1) a ON true
        WHERE a.there IS NULL
    ) OR EXISTS (
        SELECT FROM (SELECT DISTINCT bid_id FROM added WHERE bid_id IS NOT NULL) n
        LEFT JOIN LATERAL (SELECT true AS there FROM bids b WHERE b.id = n.bid_id LIMIT 1) b ON true
        WHERE b.there IS NULL
    ) THEN
        RAISE foreign_key_violation USING TABLE = TG_TABLE_NAME,
            MESSAGE = 'a ledger row refers to a wallet, an auction or a bid that is not there';
    END IF;
    RETURN NULL;
END $$;
-- While an older server runs: it is checked as before.
CREATE TRIGGER ledger_rows_refer AFTER INSERT ON ledger_rows REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_refer();

-- Neither bids nor ledger rows are ever updated (forbid_change), so a look-up when they come is enough.
ALTER TABLE bids DROP CONSTRAINT bids_auction_id_fkey, DROP CONSTRAINT bids_user_id_fkey;
ALTER TABLE ledger_rows DROP CONSTRAINT ledger_rows_user_id_fkey, DROP CONSTRAINT ledger_rows_auction_id_fkey,
    DROP CONSTRAINT ledger_rows_bid_id_fkey;
