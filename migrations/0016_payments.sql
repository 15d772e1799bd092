-- Payments have a life: asked of the gateway, then done or declined. The gateway is asked outside of any transaction,
-- and a crash in between leaves `pending`, which the same key or the next start takes up again.

-- A payment of before was done when it was written; so is one of an older server that still runs.
ALTER TABLE payments ADD COLUMN state text NOT NULL DEFAULT 'done' CHECK (state IN ('pending', 'done', 'declined'));
-- Known once the gateway has moved the money.
ALTER TABLE payments ALTER COLUMN reference DROP NOT NULL;
ALTER TABLE payments ADD CONSTRAINT payments_done_has_reference CHECK ((state = 'done') = (reference IS NOT NULL));
CREATE INDEX payments_pending ON payments (at, id) WHERE state = 'pending';
