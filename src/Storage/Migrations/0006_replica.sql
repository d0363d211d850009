-- Other regions in which a pool is seen. "settings" holds what the region has of its own.
CREATE TABLE user_pool_replica (
  pool_id $text NOT NULL,
  region $text NOT NULL,
  status $text NOT NULL,
  settings $text NOT NULL,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  PRIMARY KEY (pool_id, region)
);
CREATE INDEX user_pool_replica_region ON user_pool_replica (region, pool_id);
