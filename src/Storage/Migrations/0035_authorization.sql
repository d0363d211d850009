-- Codes by which apps fetch the tokens of a sign-in on the pages. Kept for a while after their use, so that a
-- second use is noticed: "family" is what is revoked then, NULL before the first use.
CREATE TABLE authorization_code (
  pool_id $text NOT NULL,
  code_hash $text NOT NULL,
  client_id $text NOT NULL,
  sub $text NOT NULL,
  content $bytes NOT NULL,
  expires_ms $bigint NOT NULL,
  family $text,
  PRIMARY KEY (pool_id, code_hash)
);
CREATE INDEX authorization_code_user ON authorization_code (pool_id, sub);
CREATE INDEX authorization_code_expires ON authorization_code (expires_ms);

-- Who is signed in in which browser, on the pages of a pool's domain. "provider" is NULL for the pool's own
-- users. "methods" is a list in one text; "content" is sealed.
CREATE TABLE browser_session (
  pool_id $text NOT NULL,
  session_hash $text NOT NULL,
  sub $text NOT NULL,
  provider $text,
  event_id $text NOT NULL,
  methods $text NOT NULL,
  login_version $bigint NOT NULL,
  content $bytes,
  signed_in_ms $bigint NOT NULL,
  expires_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, session_hash)
);
CREATE INDEX browser_session_user ON browser_session (pool_id, sub);
CREATE INDEX browser_session_expires ON browser_session (expires_ms);
