-- Devices that users have signed in on. The name may hold any character, so it stands in a document; salt
-- and verifier are sealed, NULL until the device is confirmed.
CREATE TABLE device (
  pool_id $text NOT NULL,
  sub $text NOT NULL,
  device_key $text NOT NULL,
  group_key $text NOT NULL,
  document $text NOT NULL,
  last_ip $text NOT NULL,
  sealed $bytes,
  -- The sealed session of a sign-in that waits for the device, for clients that do not send it back.
  awaited $bytes,
  remembered $bigint NOT NULL,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  authenticated_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  PRIMARY KEY (pool_id, sub, device_key)
);
