-- What is to happen when something risky is seen: in a pool, where "client_id" is empty, or for one client
-- instead; "region" is empty, or that of a replica, which has a sender of its own.
CREATE TABLE risk_configuration (
  pool_id $text NOT NULL,
  client_id $text NOT NULL,
  region $text NOT NULL,
  settings $text NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  PRIMARY KEY (pool_id, client_id, region)
);

-- What users did to get in. Ids begin with their instant, so their order is that of time.
CREATE TABLE auth_event (
  pool_id $text NOT NULL,
  sub $text NOT NULL,
  event_id $text NOT NULL,
  type $text NOT NULL,
  response $text NOT NULL,
  decision $text NOT NULL,
  level $text,
  compromised $bigint NOT NULL,
  challenges $text NOT NULL,
  ip_address $text NOT NULL,
  device_name $text NOT NULL,
  device_mark $text NOT NULL,
  device_key $text,
  city $text,
  country $text,
  feedback $text,
  feedback_provider $text,
  feedback_ms $bigint,
  created_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, sub, event_id)
);
CREATE INDEX auth_event_response ON auth_event (pool_id, sub, response, event_id);
CREATE INDEX auth_event_feedback ON auth_event (pool_id, sub, event_id) WHERE feedback IS NOT NULL;
CREATE INDEX auth_event_created ON auth_event (created_ms);
