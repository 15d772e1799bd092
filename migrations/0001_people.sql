-- Who takes part: regions to live in, people, and the sessions of their browsers.

-- The administrative regions of Korea. The code of a parent is a prefix of its children's, so a subtree is a range
-- of codes; the "C" collation makes that range the plain order of bytes.
CREATE TABLE regions (
    code       text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9]{2,10}$'),
    parent     text COLLATE "C" REFERENCES regions,
    -- 1 시/도, 2 시/군/구, 3 읍/면/동
    depth      smallint NOT NULL CHECK (depth BETWEEN 1 AND 3),
    name       text NOT NULL,
    -- With the names above it: 서울특별시 마포구 망원동.
    full_name  text NOT NULL,
    latitude   numeric(8, 5) NOT NULL,
    longitude  numeric(8, 5) NOT NULL,
    -- What the search box compares with: folded pairs of letters, and leading consonants.
    grams      text[] NOT NULL,
    leads      text NOT NULL
);
CREATE INDEX regions_grams ON regions USING gin (grams);

-- What things are filed under. The slug stands in URLs and may be Korean.
CREATE TABLE categories (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug      text NOT NULL UNIQUE,
    name_ko   text NOT NULL,
    name_en   text NOT NULL,
    -- The illustration that stands for it (public/art), and the line icon (public/icons).
    art       text NOT NULL,
    glyph     text NOT NULL,
    position  smallint NOT NULL
);

-- A person with an account. Accounts are closed, never deleted: rows that reference them are restricted.
CREATE TABLE users (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username       text NOT NULL CHECK (char_length(username) BETWEEN 3 AND 30),
    nickname       text NOT NULL CHECK (char_length(nickname) BETWEEN 1 AND 50),
    email          text CHECK (char_length(email) <= 254),
    region_code    text COLLATE "C" NOT NULL REFERENCES regions,
    -- argon2id, in its own text form; NULL for accounts nobody can sign in to (robots).
    password_hash  text,
    is_staff       boolean NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL,
    closed_at      timestamptz
);
-- A name is taken whatever the case it is typed in.
CREATE UNIQUE INDEX users_username_taken ON users (lower(username));

-- A signed-in browser. The cookie carries the token; only its SHA-256 is stored.
CREATE TABLE sessions (
    token_sha256  bytea PRIMARY KEY CHECK (octet_length(token_sha256) = 32),
    user_id       bigint NOT NULL REFERENCES users,
    created_at    timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    user_agent    text NOT NULL DEFAULT '',
    revoked_at    timestamptz
);
CREATE INDEX sessions_of_user ON sessions (user_id);
