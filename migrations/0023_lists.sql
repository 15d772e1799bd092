-- The orders of the list carry what the list is filtered by and sorted by, so that going through one of them, to fill
-- a page or to count, reads the index alone. A bid changes price and count, which two of these indexes begin with: it
-- writes to each of them as before, a little more.
-- While an older server runs: indexes change no answer. Bids wait while they are built, a second per million rows.
DROP INDEX auctions_due;
CREATE INDEX auctions_due ON auctions (ends_at, id)
    INCLUDE (starts_at, category_id, reach, region_code, condition, shown_price, opened_at, bid_count)
    WHERE status = 'live';
DROP INDEX auctions_live_new;
CREATE INDEX auctions_live_new ON auctions (opened_at, id)
    INCLUDE (starts_at, ends_at, category_id, reach, region_code, condition, shown_price) WHERE status = 'live';
DROP INDEX auctions_live_starts;
CREATE INDEX auctions_live_starts ON auctions (starts_at, id)
    INCLUDE (ends_at, category_id, reach, region_code, condition, shown_price, opened_at, bid_count, place)
    WHERE status = 'live';
DROP INDEX auctions_price;
CREATE INDEX auctions_live_price ON auctions (shown_price, id)
    INCLUDE (starts_at, ends_at, category_id, reach, region_code, condition, opened_at, bid_count)
    WHERE status = 'live';
DROP INDEX auctions_bids;
CREATE INDEX auctions_live_bids ON auctions (bid_count, id)
    INCLUDE (starts_at, ends_at, category_id, reach, region_code, condition, shown_price) WHERE status = 'live';
DROP INDEX auctions_place;
CREATE INDEX auctions_place ON auctions USING gist (place)
    INCLUDE (id, starts_at, ends_at, category_id, reach, condition, shown_price) WHERE status = 'live';

-- A category's auctions among those that run, and among those that are over.
DROP INDEX auctions_category;
CREATE INDEX auctions_live_category ON auctions (category_id, ends_at, id)
    INCLUDE (starts_at, reach, region_code, condition, shown_price, opened_at, bid_count, place)
    WHERE status = 'live';
CREATE INDEX auctions_over_category ON auctions (category_id, ends_at, id)
    INCLUDE (reach, region_code, condition, shown_price, opened_at, bid_count)
    WHERE status NOT IN ('live', 'cancelled');

-- The nearest among those that are over.
CREATE INDEX auctions_over_place ON auctions USING gist (place)
    INCLUDE (id, ends_at, category_id, reach, condition, shown_price) WHERE status NOT IN ('live', 'cancelled');
