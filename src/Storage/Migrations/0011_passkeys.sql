-- Passkeys. The public key stands in the document: who reads it can sign in nowhere.
CREATE TABLE web_authn_credential (
  pool_id $text NOT NULL,
  credential_id $text NOT NULL,
  sub $text NOT NULL,
  document $text NOT NULL,
  -- Of the last use; authenticators that do not count leave it at 0.
  sign_count $bigint NOT NULL,
  created_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, credential_id)
);
CREATE INDEX web_authn_credential_user ON web_authn_credential (pool_id, sub, created_ms);
