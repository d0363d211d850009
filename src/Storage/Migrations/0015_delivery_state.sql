-- Where a message goes, masked as clients see it, for administrators. Messages from before have none.
ALTER TABLE outbox ADD COLUMN masked_to $text;
CREATE INDEX outbox_pool ON outbox (pool_id, id);
