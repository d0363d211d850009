-- When a message was counted against the limits. Until now the first attempt was the one that counted.
ALTER TABLE outbox ADD COLUMN counted_ms $bigint;
UPDATE outbox SET counted_ms = created_ms WHERE state = 'pending' AND attempts > 1;

-- From when on what it says is of no use, what it is about ("SignUp": a newer code of this kind voids it),
-- and since when something newer does.
ALTER TABLE outbox ADD COLUMN expires_ms $bigint;
ALTER TABLE outbox ADD COLUMN topic $text;
ALTER TABLE outbox ADD COLUMN replaced_ms $bigint;

-- Each medium is a queue of its own.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (medium, next_ms, id) WHERE state = 'pending';
