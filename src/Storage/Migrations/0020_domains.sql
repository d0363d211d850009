-- The primary key is the rule that a pool has one domain of each kind, "prefix" and "custom"; the index, that
-- a domain leads to one pool. "settings" is a document.
CREATE TABLE user_pool_domain (
  pool_id $text NOT NULL,
  kind $text NOT NULL,
  domain $text NOT NULL,
  settings $text NOT NULL,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  PRIMARY KEY (pool_id, kind)
);
CREATE UNIQUE INDEX user_pool_domain_domain ON user_pool_domain (domain);
