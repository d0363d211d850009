-- Styles of managed login pages. The index is the rule that an app client has one; "settings" holds what was
-- customised, and nothing where all values are the service's.
CREATE TABLE managed_login_branding (
  pool_id $text NOT NULL,
  branding_id $text NOT NULL,
  client_id $text NOT NULL,
  settings $text,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  PRIMARY KEY (pool_id, branding_id)
);
CREATE UNIQUE INDEX managed_login_branding_client ON managed_login_branding (pool_id, client_id);

-- Their images, one in each place. Anybody may see them, by a tag that is a hash of what they are;
-- "resource_id" is empty for none.
CREATE TABLE managed_login_asset (
  pool_id $text NOT NULL,
  client_id $text NOT NULL,
  category $text NOT NULL,
  color_mode $text NOT NULL,
  resource_id $text NOT NULL,
  extension $text NOT NULL,
  tag $text NOT NULL,
  image $bytes NOT NULL,
  PRIMARY KEY (pool_id, client_id, category, color_mode, resource_id)
);
CREATE INDEX managed_login_asset_tag ON managed_login_asset (pool_id, tag);
