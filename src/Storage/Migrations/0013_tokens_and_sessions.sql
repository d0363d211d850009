-- Since when a refresh token is replaced by another one; NULL for what works once in any case.
ALTER TABLE spent ADD COLUMN spent_ms $bigint;

-- What the operations of sessions set and the settings do not show; NULL where nothing was set.
ALTER TABLE user_pool ADD COLUMN session_tracking $bigint;
ALTER TABLE user_pool ADD COLUMN sessions_per_user $bigint;
ALTER TABLE app_client ADD COLUMN silent_sign_in_ms $bigint;

-- Who is signed in where, in pools that track it. "family" is what is revoked to end it.
CREATE TABLE user_session (
  pool_id $text NOT NULL,
  sub $text NOT NULL,
  session_id $text NOT NULL,
  client_id $text NOT NULL,
  family $text NOT NULL,
  device $text NOT NULL,
  address $text NOT NULL,
  created_ms $bigint NOT NULL,
  active_ms $bigint NOT NULL,
  expires_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, sub, session_id)
);
CREATE INDEX user_session_expires ON user_session (expires_ms);

-- "scopes" is a document. The identifier is at most 256 characters of ASCII.
CREATE TABLE resource_server (
  pool_id $text NOT NULL,
  identifier $text NOT NULL,
  name $text NOT NULL,
  scopes $text NOT NULL,
  PRIMARY KEY (pool_id, identifier)
);

CREATE INDEX signing_key_retired ON signing_key (retired_ms) WHERE retired_ms IS NOT NULL;
