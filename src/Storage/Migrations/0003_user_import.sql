-- Jobs that add the users of a CSV file to a pool. "place" says who keeps the file and "source" which version
-- of it the job is about; "position" and "line" say how far it has come, the columns after them up to where
-- the logs are known to have been handed over.
CREATE TABLE user_import_job (
  pool_id $text NOT NULL,
  job_id $text NOT NULL,
  name $text NOT NULL,
  role_arn $text NOT NULL,
  algorithm $text,
  status $text NOT NULL,
  message $text,
  place $text NOT NULL,
  source $text,
  uploading $text,
  size $bigint NOT NULL,
  position $bigint NOT NULL,
  line $bigint NOT NULL,
  logged_position $bigint NOT NULL,
  logged_line $bigint NOT NULL,
  imported $bigint NOT NULL,
  skipped $bigint NOT NULL,
  failed $bigint NOT NULL,
  created_ms $bigint NOT NULL,
  started_ms $bigint,
  ended_ms $bigint,
  active $bigint,
  owner $text,
  lease_ms $bigint NOT NULL,
  tidy_ms $bigint,
  PRIMARY KEY (pool_id, job_id)
);
-- One job at a time in the whole deployment.
CREATE UNIQUE INDEX user_import_job_active ON user_import_job (active) WHERE active IS NOT NULL;
CREATE INDEX user_import_job_created ON user_import_job (pool_id, created_ms, job_id);
CREATE INDEX user_import_job_tidy ON user_import_job (tidy_ms) WHERE tidy_ms IS NOT NULL;

-- Rows that did not become users.
CREATE TABLE user_import_row (
  pool_id $text NOT NULL,
  job_id $text NOT NULL,
  line $bigint NOT NULL,
  outcome $text NOT NULL,
  reason $text NOT NULL,
  PRIMARY KEY (pool_id, job_id, line)
);

-- Uploaded files in pieces of one length, the last one excepted.
CREATE TABLE user_import_chunk (
  pool_id $text NOT NULL,
  job_id $text NOT NULL,
  upload $text NOT NULL,
  number $bigint NOT NULL,
  sealed $bytes NOT NULL,
  PRIMARY KEY (pool_id, job_id, upload, number)
);
