-- What SetUserPoolMfaConfig sets and the pool's settings do not show; NULL for nothing.
ALTER TABLE user_pool ADD COLUMN factors $text;

-- Authenticators. The secrets are sealed: the pending one waits for its first code.
CREATE TABLE software_token (
  pool_id $text NOT NULL,
  sub $text NOT NULL,
  pending_sealed $bytes,
  verified_sealed $bytes,
  -- Of the last code that was taken, so that none is taken twice.
  last_step $bigint NOT NULL,
  version $bigint NOT NULL,
  PRIMARY KEY (pool_id, sub)
);
