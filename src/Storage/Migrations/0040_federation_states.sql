-- Who is at another identity provider. "state_key" and "browser" are hashes of what comes back from there and
-- from the cookie; the row goes with the first answer that has both.
CREATE TABLE federation_state (
  pool_id $text NOT NULL,
  state_key $text NOT NULL,
  browser $text NOT NULL,
  sealed $bytes NOT NULL,
  expires_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, state_key)
);
CREATE INDEX federation_state_expires ON federation_state (expires_ms);
