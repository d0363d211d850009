-- Where a pool's logs go; a pool without a row has none delivered.
CREATE TABLE log_delivery (
  pool_id $text NOT NULL PRIMARY KEY,
  configurations $text NOT NULL,
  modified_ms $bigint NOT NULL
);

-- Request rates of the deployment above the ones in its settings.
CREATE TABLE provisioned_limit (
  category $text NOT NULL PRIMARY KEY,
  per_second $bigint NOT NULL,
  modified_ms $bigint NOT NULL
);
