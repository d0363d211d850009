-- Each medium is a queue of its own.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (medium, next_ms, id) WHERE state = 'pending';
