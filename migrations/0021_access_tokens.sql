-- What programs sign in with: less than their owner may, until a day that he chose, and only as long as he wants.

-- The program shows the token; only its SHA-256 is stored, so a stolen table opens nothing.
CREATE TABLE access_tokens (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       bigint NOT NULL REFERENCES users,
    token_sha256  bytea NOT NULL UNIQUE CHECK (octet_length(token_sha256) = 32),
    name          text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 50),
    scopes        text[] NOT NULL CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'bid', 'sell']),
    -- The form that made it: sent again, it makes no second one.
    key           text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 100),
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL CHECK (expires_at > created_at),
    -- By the day: a program's request is not a write.
    used_on       date,
    revoked_at    timestamptz,
    UNIQUE (user_id, key)
);
