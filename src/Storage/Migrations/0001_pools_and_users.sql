-- Instants are Unix milliseconds, flags 0 or 1, documents JSON text. Columns named "sealed" hold sealed
-- values.

CREATE TABLE user_pool (
  pool_id $text NOT NULL PRIMARY KEY,
  name $text NOT NULL,
  settings $text NOT NULL,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  -- Set when the pool is deleted; its rows are then purged in the background.
  deleted_ms $bigint
);
CREATE INDEX user_pool_deleted ON user_pool (deleted_ms) WHERE deleted_ms IS NOT NULL;

CREATE TABLE signing_key (
  pool_id $text NOT NULL,
  key_id $text NOT NULL,
  token_use $text NOT NULL,
  sealed $bytes NOT NULL,
  created_ms $bigint NOT NULL,
  retired_ms $bigint,
  PRIMARY KEY (pool_id, key_id)
);

CREATE TABLE app_client (
  pool_id $text NOT NULL,
  client_id $text NOT NULL,
  settings $text NOT NULL,
  sealed $bytes,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  PRIMARY KEY (pool_id, client_id)
);
CREATE UNIQUE INDEX app_client_id ON app_client (client_id);

CREATE TABLE users (
  pool_id $text NOT NULL,
  sub $text NOT NULL,
  username $text NOT NULL,
  username_key $text NOT NULL,
  status $text NOT NULL,
  enabled $bigint NOT NULL,
  attributes $text NOT NULL,
  pending $text NOT NULL,
  mfa $text NOT NULL,
  sealed $bytes,
  signed_out_ms $bigint,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  PRIMARY KEY (pool_id, sub)
);
CREATE UNIQUE INDEX users_username ON users (pool_id, username_key);
CREATE INDEX users_status ON users (pool_id, status, sub);
CREATE INDEX users_enabled ON users (pool_id, enabled, sub);

-- The primary key is the rule that an alias belongs to one user.
CREATE TABLE user_alias (
  pool_id $text NOT NULL,
  kind $text NOT NULL,
  value $text NOT NULL,
  sub $text NOT NULL,
  PRIMARY KEY (pool_id, kind, value)
);
CREATE INDEX user_alias_sub ON user_alias (pool_id, sub);

CREATE TABLE user_search (
  pool_id $text NOT NULL,
  attribute $text NOT NULL,
  value $text NOT NULL,
  sub $text NOT NULL,
  PRIMARY KEY (pool_id, attribute, value, sub)
);
-- With all columns in it: SQLite prefers an index that covers a question, even one by which it walks a whole
-- pool.
CREATE INDEX user_search_sub ON user_search (pool_id, sub, attribute, value);

CREATE TABLE confirmation_code (
  pool_id $text NOT NULL,
  sub $text NOT NULL,
  kind $text NOT NULL,
  hash $bytes NOT NULL,
  attribute $text NOT NULL,
  value $text NOT NULL,
  issued_ms $bigint NOT NULL,
  expires_ms $bigint NOT NULL,
  tries $bigint NOT NULL,
  PRIMARY KEY (pool_id, sub, kind)
);
CREATE INDEX confirmation_code_expires ON confirmation_code (expires_ms);

CREATE TABLE attempt (
  pool_id $text NOT NULL,
  sub $text NOT NULL,
  kind $text NOT NULL,
  count $bigint NOT NULL,
  expires_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, sub, kind)
);
CREATE INDEX attempt_expires ON attempt (expires_ms);

CREATE TABLE sign_in_failure (
  pool_id $text NOT NULL,
  sub $text NOT NULL,
  failures $bigint NOT NULL,
  last_ms $bigint NOT NULL,
  locked_until_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, sub)
);
CREATE INDEX sign_in_failure_last ON sign_in_failure (last_ms);

CREATE TABLE spent (
  pool_id $text NOT NULL,
  id $text NOT NULL,
  expires_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, id)
);
CREATE INDEX spent_expires ON spent (expires_ms);

CREATE TABLE revocation (
  pool_id $text NOT NULL,
  origin_jti $text NOT NULL,
  expires_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, origin_jti)
);
CREATE INDEX revocation_expires ON revocation (expires_ms);

-- "sealed" is emptied once the message has left or will never leave.
CREATE TABLE outbox (
  id $text NOT NULL PRIMARY KEY,
  pool_id $text NOT NULL,
  sub $text NOT NULL,
  medium $text NOT NULL,
  purpose $text NOT NULL,
  sealed $bytes,
  state $text NOT NULL,
  attempts $bigint NOT NULL,
  next_ms $bigint NOT NULL,
  error $text,
  created_ms $bigint NOT NULL,
  sent_ms $bigint
);
CREATE INDEX outbox_due ON outbox (next_ms, id) WHERE state = 'pending';
CREATE INDEX outbox_sub ON outbox (pool_id, sub, created_ms, id);
CREATE INDEX outbox_done ON outbox (created_ms) WHERE state <> 'pending';

CREATE TABLE data_key (
  id $text NOT NULL PRIMARY KEY,
  wrapped $bytes NOT NULL,
  created_ms $bigint NOT NULL
);

CREATE TABLE access_key (
  id $text NOT NULL PRIMARY KEY,
  sealed $bytes NOT NULL,
  user_name $text NOT NULL,
  policy $text NOT NULL,
  created_ms $bigint NOT NULL,
  expires_ms $bigint
);
