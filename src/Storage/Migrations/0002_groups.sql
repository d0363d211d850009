-- "group_id" belongs to one group for ever, while its name may be given again once the group is deleted: no
-- later group inherits members. "document" holds what the name does not say.
CREATE TABLE user_group (
  pool_id $text NOT NULL,
  group_id $text NOT NULL,
  name $text NOT NULL,
  document $text NOT NULL,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  -- Set when the group is deleted; its members are then purged in the background.
  deleted_ms $bigint,
  PRIMARY KEY (pool_id, group_id)
);
CREATE UNIQUE INDEX user_group_name ON user_group (pool_id, name) WHERE deleted_ms IS NULL;
CREATE INDEX user_group_deleted ON user_group (deleted_ms) WHERE deleted_ms IS NOT NULL;

CREATE TABLE group_member (
  pool_id $text NOT NULL,
  group_id $text NOT NULL,
  sub $text NOT NULL,
  PRIMARY KEY (pool_id, group_id, sub)
);
CREATE INDEX group_member_sub ON group_member (pool_id, sub, group_id);
