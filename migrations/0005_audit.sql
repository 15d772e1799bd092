-- The invariants of the market as questions whose answers must be empty (rules, Words: "Always true").

CREATE VIEW audit AS
-- The rows of a wallet sum to its two balances (defect M10).
SELECT 'ledger sums to wallet' AS invariant, w.user_id AS subject
FROM wallets w
LEFT JOIN (SELECT user_id, sum(available) AS available, sum(held) AS held FROM ledger_rows GROUP BY user_id) l
       ON l.user_id = w.user_id
WHERE (w.available, w.held) IS DISTINCT FROM (coalesce(l.available, 0), coalesce(l.held, 0))
UNION ALL
-- What a user holds is the sum of the holds of the live auctions he leads.
SELECT 'held is the sum of holds', w.user_id
FROM wallets w
LEFT JOIN (SELECT leader_id, sum(hold) AS held FROM auctions WHERE leader_id IS NOT NULL GROUP BY leader_id) a
       ON a.leader_id = w.user_id
WHERE w.held <> coalesce(a.held, 0)
UNION ALL
-- Σ available + Σ held + Σ escrow = Σ deposits − Σ withdrawals
SELECT 'money is conserved', 0
WHERE (SELECT coalesce(sum(available + held), 0) FROM wallets)
    + (SELECT coalesce(sum(price_paid), 0) FROM auctions WHERE status IN ('sold', 'disputed'))
   <> (SELECT coalesce(sum(available), 0) FROM ledger_rows WHERE kind IN ('deposit', 'withdrawal'))
UNION ALL
-- Each row's balances follow from the row before it.
SELECT 'balances run', r.user_id
FROM (SELECT user_id, available_after, held_after,
             sum(available) OVER w AS available_sum, sum(held) OVER w AS held_sum
      FROM ledger_rows WINDOW w AS (PARTITION BY user_id ORDER BY id)) r
WHERE (r.available_after, r.held_after) <> (r.available_sum, r.held_sum)
UNION ALL
-- Listed bids are numbered without gaps and their count is kept.
SELECT 'listed bids are counted', a.id
FROM auctions a
LEFT JOIN (SELECT auction_id, count(*) AS listed, max(number) AS newest
           FROM bids WHERE number IS NOT NULL GROUP BY auction_id) b ON b.auction_id = a.id
WHERE a.bid_count <> coalesce(b.listed, 0) OR a.bid_count <> coalesce(b.newest, 0)
UNION ALL
-- Every bid has its bidder, and they are counted.
SELECT 'bidders are counted', a.id
FROM auctions a
WHERE a.bidder_count <> (SELECT count(*) FROM bidders x WHERE x.auction_id = a.id)
   OR EXISTS (SELECT FROM bids b WHERE b.auction_id = a.id
              AND NOT EXISTS (SELECT FROM bidders x WHERE x.auction_id = a.id AND x.user_id = b.user_id));
