-- Finding: what auctions are found by, words that are spelled almost alike, distances, and an index for each order
-- of the list among those that run and among those that are over.

-- The grams hold leading consonants too now; which rules made them, so that a new build can make them again.
ALTER TABLE auctions DROP COLUMN leads;
ALTER TABLE auctions ADD COLUMN grams_version smallint NOT NULL DEFAULT 0;
CREATE INDEX auctions_grams_old ON auctions (grams_version);

-- The words of titles, for who mistypes one. A word stays when its auction is over.
CREATE TABLE words (
    word       text COLLATE "C" PRIMARY KEY CHECK (char_length(word) BETWEEN 1 AND 100),
    -- What it is found by when it is typed in part.
    grams      text[] NOT NULL,
    -- Its letters, and what is left without each of them (market::search::spelling).
    deletions  text[] NOT NULL
);
CREATE INDEX words_grams ON words USING gin (grams);
CREATE INDEX words_deletions ON words USING gin (deletions);

-- One index for those that run and one for those that are over: a word's auctions are all listed then.
DROP INDEX auctions_grams;
CREATE INDEX auctions_live_grams ON auctions USING gin (grams) WHERE status = 'live';
CREATE INDEX auctions_over_grams ON auctions USING gin (grams) WHERE status NOT IN ('live', 'cancelled');

-- Where the thing is: the point of its region, in degrees, the longitude shortened as it is on the ground in the
-- middle of Korea (cos 36.5° = 0.804). So plain distances order neighbours right, and an index finds the nearest.
-- The id moves it by micrometres: no two are equally far, and a page can begin behind any of them.
ALTER TABLE auctions ADD COLUMN place point;
CREATE FUNCTION place_auction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT point(longitude * 0.804 + NEW.id * 1e-12::float8, latitude) INTO NEW.place
    FROM regions WHERE code = NEW.region_code;
    RETURN NEW;
END $$;
CREATE TRIGGER auctions_place BEFORE INSERT OR UPDATE OF region_code ON auctions
    FOR EACH ROW EXECUTE FUNCTION place_auction();
UPDATE auctions a SET place = point(r.longitude * 0.804 + a.id * 1e-12::float8, r.latitude)
FROM regions r WHERE r.code = a.region_code;
CREATE INDEX auctions_place ON auctions USING gist (place) WHERE status = 'live';

-- The orders of the list. "Over" is what is listed as ended: a cancelled auction is not.
DROP INDEX auctions_new;
CREATE INDEX auctions_live_new ON auctions (opened_at, id) WHERE status = 'live';
CREATE INDEX auctions_live_starts ON auctions (starts_at, id) WHERE status = 'live';
CREATE INDEX auctions_over_new ON auctions (opened_at, id) WHERE status NOT IN ('live', 'cancelled');
CREATE INDEX auctions_over_price ON auctions (shown_price, id) WHERE status NOT IN ('live', 'cancelled');
CREATE INDEX auctions_over_bids ON auctions (bid_count, id) WHERE status NOT IN ('live', 'cancelled');
DROP INDEX auctions_ended;
CREATE INDEX auctions_over_ended ON auctions (ends_at, id) WHERE status NOT IN ('live', 'cancelled');
