-- Where the logs of a replica go, in the form of log_delivery.configurations; NULL for nowhere.
ALTER TABLE user_pool_replica ADD COLUMN log_delivery $text;
