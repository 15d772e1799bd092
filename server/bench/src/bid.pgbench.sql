-- One plain bid that takes the lead, by the statements of the desk, and one commit for it.
-- auction: its id; first, bidders: the ids of who bids are first … first + bidders - 1.
\set bidder random(:first, :first + :bidders - 1)
BEGIN;
SELECT coalesce(leader_id, 0) AS leader, hold, price + 1000 AS amount, bid_count + 1 AS number, seq, seller_id AS seller
FROM auctions WHERE id = :auction::bigint FOR NO KEY UPDATE \gset
\set bidder CASE WHEN :bidder = :leader THEN :first + (:bidder - :first + 1) % :bidders ELSE :bidder END
SELECT user_id, number FROM bidders WHERE auction_id = :auction::bigint AND user_id IN (:bidder::bigint, :leader::bigint);
SELECT b.user_id, b.key, b.amount, b.automatic, b.accept_buy_now, b.reply
FROM bids b WHERE b.auction_id = :auction::bigint AND b.user_id = :bidder::bigint AND b.key = 'bid ' || :number::integer;
SELECT user_id, available, held FROM wallets
WHERE user_id IN (:bidder::bigint, :leader::bigint) AND closed_at IS NULL ORDER BY user_id FOR NO KEY UPDATE;
SELECT clock_timestamp();
INSERT INTO bidders (auction_id, user_id, number)
SELECT :auction::bigint, :bidder::bigint, 1 + (SELECT count(*) FROM bidders WHERE auction_id = :auction::bigint)
WHERE NOT EXISTS (SELECT FROM bidders WHERE auction_id = :auction::bigint AND user_id = :bidder::bigint);
INSERT INTO bids (auction_id, at, user_id, key, amount, automatic, accept_buy_now, reply, number, shown_amount,
                  price_after)
VALUES (:auction::bigint, clock_timestamp(), :bidder::bigint, 'bid ' || :number::integer, :amount::numeric, false, false, 'leading', :number::integer, :amount::numeric,
        :amount::numeric)
RETURNING id AS bid \gset
INSERT INTO ledger_rows (user_id, kind, available, held, available_after, held_after, bid_id, auction_id, at)
SELECT user_id, CASE user_id WHEN :bidder::bigint THEN 'bid_lock' ELSE 'bid_refund' END, change, -change, available + change,
       held - change, :bid::bigint, :auction::bigint, clock_timestamp()
FROM (SELECT user_id, available, held, CASE user_id WHEN :bidder::bigint THEN -:amount::numeric ELSE :hold::numeric END AS change
      FROM wallets WHERE user_id IN (:bidder::bigint, :leader::bigint)) w;
UPDATE wallets SET seq = seq + 1,
    available = available + CASE user_id WHEN :bidder::bigint THEN -:amount::numeric ELSE :hold::numeric END,
    held = held - CASE user_id WHEN :bidder::bigint THEN -:amount::numeric ELSE :hold::numeric END
WHERE user_id IN (:bidder::bigint, :leader::bigint);
UPDATE auctions SET price = :amount::numeric, leader_id = :bidder::bigint, hold = :amount::numeric, seq = :seq::bigint + 1, bid_count = :number::integer,
    bidder_count = (SELECT count(*) FROM bidders WHERE auction_id = :auction::bigint)
WHERE id = :auction::bigint;
INSERT INTO notices (user_id, kind, auction_id, amount, times, at)
SELECT u, CASE u WHEN :seller::bigint THEN 'new_bid' ELSE 'outbid' END, :auction::bigint, :amount::numeric, 1, clock_timestamp()
FROM unnest(ARRAY[:seller::bigint, :leader::bigint]::bigint[]) u WHERE u <> 0
ON CONFLICT (user_id, auction_id, kind) WHERE read_at IS NULL
DO UPDATE SET times = notices.times + 1, amount = excluded.amount, at = excluded.at, seq = nextval('notice_seq');
SELECT b.number, x.number, b.shown_amount, b.price_after, b.at
FROM bids b JOIN bidders x ON x.auction_id = b.auction_id AND x.user_id = b.user_id
WHERE b.auction_id = :auction::bigint AND b.number IS NOT NULL ORDER BY b.number DESC LIMIT 20;
COMMIT;
