-- What users of an app client agree to. The index is the rule that a client has one document of each name;
-- "document" holds the addresses by language.
CREATE TABLE terms (
  pool_id $text NOT NULL,
  terms_id $text NOT NULL,
  client_id $text NOT NULL,
  name $text NOT NULL,
  document $text NOT NULL,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  PRIMARY KEY (pool_id, terms_id)
);
CREATE UNIQUE INDEX terms_client ON terms (pool_id, client_id, name);
