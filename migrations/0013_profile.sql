-- Profiles: every account has its wallet, sessions that can be named, accounts that close, and forgotten passwords.

-- There is no account without a wallet (defect S13). Looked at when a transaction commits: the account comes first.
ALTER TABLE users ADD CONSTRAINT users_have_wallets
    FOREIGN KEY (id) REFERENCES wallets (user_id) DEFERRABLE INITIALLY DEFERRED;

-- The wallet of a closed account. Its row is what every movement of money locks, so a bid or a deposit that comes at
-- the same moment finds either an open wallet or a closed one, never one that is about to close.
ALTER TABLE wallets ADD COLUMN closed_at timestamptz;
ALTER TABLE wallets ADD CONSTRAINT wallets_closed_are_empty
    CHECK (closed_at IS NULL OR (available = 0 AND held = 0));

-- A closed account has no password and no address any more.
ALTER TABLE users ADD CONSTRAINT users_closed_know_nothing
    CHECK (closed_at IS NULL OR (password_hash IS NULL AND email IS NULL));
-- Who has forgotten his password names his account or his address.
CREATE INDEX users_email ON users (lower(email)) WHERE email IS NOT NULL;

-- A session's name for its owner, who may end it from another browser; its token is nobody's to see.
ALTER TABLE sessions ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE sessions ADD CONSTRAINT sessions_id_once UNIQUE (id);

-- A letter that lets its reader set a new password, once and for half an hour. Only the SHA-256 of what the letter
-- says is stored.
CREATE TABLE password_resets (
    token_sha256  bytea PRIMARY KEY CHECK (octet_length(token_sha256) = 32),
    user_id       bigint NOT NULL REFERENCES users,
    at            timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL CHECK (expires_at > at),
    used_at       timestamptz
);
CREATE INDEX password_resets_of_user ON password_resets (user_id, at);
