-- Pictures of things. The files lie in the object store under their content's hash; here stands what they are,
-- who may use them, and which auction shows them in which order.

-- The SHA-256 of the largest rendition is the picture's name, so the same picture sent twice is one (defect S9).
CREATE TABLE pictures (
    id        text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
    -- Who sent it first.
    owner_id  bigint NOT NULL REFERENCES users,
    -- Of the largest rendition, in pixels: pages reserve its room.
    width     integer NOT NULL CHECK (width BETWEEN 1 AND 1600),
    height    integer NOT NULL CHECK (height > 0),
    at        timestamptz NOT NULL
);

-- Everybody who has sent it, the first one too: one shows only what one has sent oneself.
CREATE TABLE picture_owners (
    picture_id  text COLLATE "C" NOT NULL REFERENCES pictures,
    user_id     bigint NOT NULL REFERENCES users,
    at          timestamptz NOT NULL,
    PRIMARY KEY (picture_id, user_id)
);

-- What an auction shows, without gaps from 0; the first is its cover. Not fixed by bids (rules, Opening).
CREATE TABLE auction_pictures (
    auction_id  bigint NOT NULL REFERENCES auctions,
    position    smallint NOT NULL CHECK (position BETWEEN 0 AND 9),
    picture_id  text COLLATE "C" NOT NULL REFERENCES pictures,
    PRIMARY KEY (auction_id, position),
    CONSTRAINT auction_pictures_once UNIQUE (auction_id, picture_id)
);
