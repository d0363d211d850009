-- How classic pages look: those of one app client, or where "client_id" is empty those of all clients that
-- have nothing of their own. Anybody may see the logo, by a tag that is a hash of it.
CREATE TABLE ui_customization (
  pool_id $text NOT NULL,
  client_id $text NOT NULL,
  css $text,
  logo $bytes,
  logo_type $text,
  logo_tag $text,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, client_id)
);
CREATE INDEX ui_customization_logo ON ui_customization (pool_id, logo_tag) WHERE logo_tag IS NOT NULL;
