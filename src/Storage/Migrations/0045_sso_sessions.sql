-- What users and administrators are told of a browser's session, in pools that track sessions. NULL in all
-- others, and in sessions from before the tracking.
ALTER TABLE browser_session ADD COLUMN session_id $text;
ALTER TABLE browser_session ADD COLUMN client_id $text;
ALTER TABLE browser_session ADD COLUMN device $text;
ALTER TABLE browser_session ADD COLUMN address $text;
ALTER TABLE browser_session ADD COLUMN active_ms $bigint;

-- The browser's session that the tokens came through; NULL where they came through the API.
ALTER TABLE user_session ADD COLUMN origin_id $text;
