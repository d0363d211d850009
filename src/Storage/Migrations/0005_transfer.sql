-- Keys of the deployment that a pool came from; they open the refresh tokens issued there. The key "stand-in"
-- gives the pseudonyms of unknown names.
CREATE TABLE pool_key (
  pool_id $text NOT NULL,
  key_id $text NOT NULL,
  sealed $bytes NOT NULL,
  PRIMARY KEY (pool_id, key_id)
);

-- A pool that is being brought in. It has no row in user_pool, and so does not exist, until it is complete.
CREATE TABLE pool_import (
  pool_id $text NOT NULL PRIMARY KEY,
  -- The id of the file, or "clone of" a pool.
  source $text NOT NULL,
  -- How many parts of the source are in the tables; -1 while they are being taken out again.
  parts $bigint NOT NULL,
  started_ms $bigint NOT NULL,
  changed_ms $bigint NOT NULL
);
