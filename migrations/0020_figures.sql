-- The ledger audit with its figures, what its last run found, and what an operator's reports may read.
-- While an older server runs: indexes change no answer. Bids wait while they are built, a second per million rows.
-- While an older server runs: indexes change no answer. Bids wait while they are built, a second per million rows.

-- Every invariant that does not hold, of whom, and both sides of it (rules, Words: "Always true"). A subject is a
-- user or an auction; 0 is the market as a whole. The sides are won or rows: `audit_figures` says which.
CREATE VIEW audit_violations AS
SELECT 'ledger sums to wallet' AS invariant, 'user' AS subject_kind, w.user_id AS subject,
       coalesce(l.available + l.held, 0)::numeric AS one_side, (w.available + w.held)::numeric AS other_side
FROM wallets w
LEFT JOIN (SELECT user_id, sum(available) AS available, sum(held) AS held FROM ledger_rows GROUP BY user_id) l
       ON l.user_id = w.user_id
WHERE (w.available, w.held) IS DISTINCT FROM (coalesce(l.available, 0), coalesce(l.held, 0))
UNION ALL
SELECT 'held is the sum of holds', 'user', w.user_id, w.held, coalesce(a.held, 0)
FROM wallets w
LEFT JOIN (SELECT leader_id, sum(hold) AS held FROM auctions WHERE leader_id IS NOT NULL GROUP BY leader_id) a
       ON a.leader_id = w.user_id
WHERE w.held <> coalesce(a.held, 0)
UNION ALL
SELECT 'money is conserved', 'market', 0, s.there, s.came
FROM (SELECT (SELECT coalesce(sum(available + held), 0) FROM wallets)
             + (SELECT coalesce(sum(price_paid), 0) FROM auctions WHERE status IN ('sold', 'disputed')) AS there,
             (SELECT coalesce(sum(available), 0) FROM ledger_rows WHERE kind IN ('deposit', 'withdrawal')) AS came) s
WHERE s.there <> s.came
UNION ALL
-- Of a wallet the first row only: what follows it is wrong as well.
(SELECT DISTINCT ON (r.user_id) 'balances run', 'user', r.user_id, r.available_after + r.held_after,
        r.available_sum + r.held_sum
 FROM (SELECT id, user_id, available_after, held_after,
              sum(available) OVER w AS available_sum, sum(held) OVER w AS held_sum
       FROM ledger_rows WINDOW w AS (PARTITION BY user_id ORDER BY id)) r
 WHERE (r.available_after, r.held_after) <> (r.available_sum, r.held_sum)
 ORDER BY r.user_id, r.id)
UNION ALL
-- CHECKs forbid the next three; asked all the same, as a restored or repaired database is only rows.
SELECT 'nothing is below zero', 'user', w.user_id, least(w.available, w.held), 0
FROM wallets w WHERE w.available < 0 OR w.held < 0
UNION ALL
SELECT 'the price lies within the hold', 'auction', a.id, a.price, a.hold
FROM auctions a
WHERE a.leader_id IS NOT NULL
  AND (a.status <> 'live' OR a.price < a.start_price OR a.hold < a.price OR a.hold >= a.buy_now)
UNION ALL
SELECT 'nothing is held without a leader', 'auction', a.id, a.hold, 0
FROM auctions a WHERE a.leader_id IS NULL AND a.hold <> 0
UNION ALL
SELECT 'listed bids are counted', 'auction', a.id, a.bid_count, coalesce(b.listed, 0)
FROM auctions a
LEFT JOIN (SELECT auction_id, count(*) AS listed, max(number) AS newest
           FROM bids WHERE number IS NOT NULL GROUP BY auction_id) b ON b.auction_id = a.id
WHERE a.bid_count <> coalesce(b.listed, 0) OR a.bid_count <> coalesce(b.newest, 0)
UNION ALL
SELECT 'bidders are counted', 'auction', a.id, a.bidder_count, coalesce(x.bidders, 0)
FROM auctions a
LEFT JOIN (SELECT auction_id, count(*) AS bidders FROM bidders GROUP BY auction_id) x ON x.auction_id = a.id
LEFT JOIN (SELECT DISTINCT b.auction_id FROM (SELECT DISTINCT auction_id, user_id FROM bids) b
           WHERE NOT EXISTS (SELECT FROM bidders y WHERE y.auction_id = b.auction_id AND y.user_id = b.user_id)
          ) unknown ON unknown.auction_id = a.id
WHERE a.bidder_count <> coalesce(x.bidders, 0) OR unknown.auction_id IS NOT NULL;

-- What the tests and `audit` have always asked.
CREATE OR REPLACE VIEW audit AS SELECT invariant, subject FROM audit_violations;

-- The sums of each invariant over the whole market: both sides, in `unit`, and how many were examined. Two errors
-- can cancel each other here; they cannot in `audit_violations`.
CREATE VIEW audit_figures AS
WITH ledger AS MATERIALIZED (
    SELECT count(*) AS rows, coalesce(sum(available + held), 0) AS total,
           coalesce(sum(available) FILTER (WHERE kind IN ('deposit', 'withdrawal')), 0) AS came
    FROM ledger_rows),
wallet AS MATERIALIZED (
    SELECT count(*) AS rows, coalesce(sum(available + held), 0) AS total, coalesce(sum(held), 0) AS held,
           count(*) FILTER (WHERE available >= 0 AND held >= 0) AS sound
    FROM wallets),
auction AS MATERIALIZED (
    SELECT count(*) AS rows, count(leader_id) AS led, coalesce(sum(hold), 0) AS held,
           coalesce(sum(hold) FILTER (WHERE leader_id IS NULL), 0) AS held_by_none,
           count(*) FILTER (WHERE status = 'live' AND start_price <= price AND price <= hold
                                  AND (buy_now IS NULL OR hold < buy_now) AND leader_id IS NOT NULL) AS sound,
           count(*) FILTER (WHERE status IN ('sold', 'disputed')) AS waiting,
           coalesce(sum(price_paid) FILTER (WHERE status IN ('sold', 'disputed')), 0) AS escrow,
           coalesce(sum(bid_count), 0) AS bids, coalesce(sum(bidder_count), 0) AS bidders
    FROM auctions)
SELECT f.place, f.invariant, f.unit, f.subjects, f.one_side::numeric AS one_side, f.other_side::numeric AS other_side
FROM ledger l, wallet w, auction a, LATERAL (VALUES
    (1, 'ledger sums to wallet', 'won', w.rows, l.total, w.total),
    (2, 'held is the sum of holds', 'won', w.rows, w.held, a.held),
    (3, 'money is conserved', 'won', w.rows + a.waiting, w.total + a.escrow, l.came),
    (4, 'balances run', 'won', l.rows,
        (SELECT coalesce(sum(newest.total), 0) FROM wallets x, LATERAL (
            SELECT r.available_after + r.held_after AS total FROM ledger_rows r
            WHERE r.user_id = x.user_id ORDER BY r.id DESC LIMIT 1) newest), w.total),
    (5, 'nothing is below zero', 'rows', w.rows, w.sound, w.rows),
    (6, 'the price lies within the hold', 'rows', a.led, a.sound, a.led),
    (7, 'nothing is held without a leader', 'won', a.rows - a.led, a.held_by_none, 0),
    (8, 'listed bids are counted', 'rows', a.rows, a.bids,
        (SELECT count(*) FROM bids WHERE number IS NOT NULL)),
    (9, 'bidders are counted', 'rows', a.rows, a.bidders, (SELECT count(*) FROM bidders))
) AS f (place, invariant, unit, subjects, one_side, other_side);

-- What the last run of the audit found: one row, whichever server ran it, so that all of them say the same.
CREATE TABLE audit_runs (
    only_one    boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    at          timestamptz NOT NULL,
    took_ms     integer NOT NULL CHECK (took_ms >= 0),
    violations  bigint NOT NULL CHECK (violations >= 0),
    -- The first of them, when the run that raised the alarm was, and the reference of its line in the log.
    invariant   text,
    subject     bigint,
    since       timestamptz,
    reference   text,
    CONSTRAINT audit_runs_alarm_whole CHECK (num_nulls(invariant, subject, since, reference) IN (0, 4)
                                             AND (violations = 0) = (since IS NULL))
);

-- What charts ask: bids by day, and what was sold by day.
CREATE INDEX bids_at ON bids USING brin (at);
CREATE INDEX auctions_closed ON auctions (closed_at) WHERE closed_at IS NOT NULL;

-- For reports (Metabase): figures without people. No names, letters' addresses, words or places below a 시/군/구;
-- who is who is a number that says nothing outside these views (the first 16 digits of a hash with the
-- database's own salt).
CREATE SCHEMA reporting;
CREATE TABLE reporting_salt (
    only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    salt      text NOT NULL DEFAULT gen_random_uuid()::text || gen_random_uuid()::text
);
INSERT INTO reporting_salt DEFAULT VALUES;

-- Days are days in Seoul.
CREATE VIEW reporting.bids_by_day AS
SELECT (at AT TIME ZONE 'Asia/Seoul')::date AS day, count(*) AS bids,
       count(*) FILTER (WHERE automatic) AS automatic_bids, count(*) FILTER (WHERE reply = 'bought') AS purchases,
       count(DISTINCT user_id) AS bidders, count(DISTINCT auction_id) AS auctions
FROM bids GROUP BY 1;

CREATE VIEW reporting.turnover_by_day AS
SELECT (closed_at AT TIME ZONE 'Asia/Seoul')::date AS day, count(*) AS closed, count(winner_id) AS sold,
       coalesce(sum(price_paid), 0) AS turnover,
       coalesce(sum(price_paid) FILTER (WHERE status = 'refunded'), 0) AS refunded
FROM auctions WHERE closed_at IS NOT NULL GROUP BY 1;

CREATE VIEW reporting.auctions AS
SELECT a.id AS auction_id, c.slug AS category, left(a.region_code, 2) AS province_code,
       left(a.region_code, 5) AS district_code, a.condition, a.shipping, a.reach, a.settlement, a.status,
       a.start_price, a.buy_now, a.reserve IS NOT NULL AS has_reserve, a.soft_window IS NOT NULL AS has_soft_close,
       a.opened_at, a.starts_at, a.ends_at, a.closed_at, a.price, a.price_paid, a.bid_count, a.bidder_count
FROM auctions a JOIN categories c ON c.id = a.category_id;

CREATE VIEW reporting.sell_through AS
SELECT date_trunc('week', closed_at AT TIME ZONE 'Asia/Seoul')::date AS week, count(*) AS closed,
       count(*) FILTER (WHERE bid_count > 0) AS with_bids, count(winner_id) AS sold,
       round(count(winner_id)::numeric / count(*), 4) AS rate
FROM auctions WHERE closed_at IS NOT NULL AND status <> 'cancelled' GROUP BY 1;

CREATE VIEW reporting.categories AS
SELECT c.slug AS category, c.name_ko, c.name_en, count(a.id) AS auctions, count(a.winner_id) AS sold,
       coalesce(sum(a.price_paid), 0) AS turnover, coalesce(sum(a.bid_count), 0) AS listed_bids
FROM categories c LEFT JOIN auctions a ON a.category_id = c.id GROUP BY c.id;

CREATE VIEW reporting.regions AS
SELECT r.code AS province_code, r.name AS province, count(a.id) AS auctions, count(a.winner_id) AS sold,
       coalesce(sum(a.price_paid), 0) AS turnover
FROM regions r LEFT JOIN auctions a ON left(a.region_code, 2) = r.code WHERE r.depth = 1 GROUP BY r.code;

CREATE VIEW reporting.users AS
SELECT left(encode(sha256(convert_to(s.salt || ':' || u.id, 'UTF8')), 'hex'), 16) AS user_hash,
       left(u.region_code, 2) AS province_code, date_trunc('month', u.created_at AT TIME ZONE 'Asia/Seoul')::date
       AS joined_month, u.is_staff, u.closed_at IS NOT NULL AS has_left,
       (SELECT count(*) FROM bidders b WHERE b.user_id = u.id) AS auctions_bid_on,
       (SELECT count(*) FROM auctions a WHERE a.winner_id = u.id) AS auctions_won,
       (SELECT count(*) FROM auctions a WHERE a.seller_id = u.id) AS auctions_opened
FROM users u CROSS JOIN reporting_salt s;

-- The role that may read these views and nothing else. Nobody signs in as it: an operator makes an account that is
-- a member (`CREATE ROLE metabase LOGIN PASSWORD '…' IN ROLE neighborbid_reporting`). Roles belong to the whole
-- cluster, so another database may have made it, this very moment too. An owner who may not make roles (a managed
-- PostgreSQL) gets a notice: a superuser then runs the three statements below once in this database.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'neighborbid_reporting') THEN
        BEGIN
            CREATE ROLE neighborbid_reporting NOLOGIN;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'no role neighborbid_reporting: this owner may not make roles';
                RETURN;
        END;
    END IF;
    GRANT USAGE ON SCHEMA reporting TO neighborbid_reporting;
    GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO neighborbid_reporting;
END $$;
