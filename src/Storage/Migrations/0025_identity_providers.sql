-- "document" holds what anybody may read of a provider, "sealed" the details, secrets among them. A deleted
-- provider stays while identities are linked through it: one of the same name that speaks for the same party
-- ("issuer") takes them up again, any other does not.
CREATE TABLE identity_provider (
  pool_id $text NOT NULL,
  provider_id $text NOT NULL,
  name $text NOT NULL,
  type $text NOT NULL,
  issuer $text NOT NULL,
  document $text NOT NULL,
  certificates $text NOT NULL,
  sealed $bytes,
  created_ms $bigint NOT NULL,
  modified_ms $bigint NOT NULL,
  version $bigint NOT NULL,
  deleted_ms $bigint,
  PRIMARY KEY (pool_id, provider_id)
);
CREATE UNIQUE INDEX identity_provider_name ON identity_provider (pool_id, name) WHERE deleted_ms IS NULL;

CREATE TABLE idp_identifier (
  pool_id $text NOT NULL,
  identifier $text NOT NULL,
  provider_id $text NOT NULL,
  PRIMARY KEY (pool_id, identifier)
);

-- Whose account an identity at a provider opens. "attribute" is Cognito_Subject, or what a mapping fills.
CREATE TABLE user_identity (
  pool_id $text NOT NULL,
  provider_id $text NOT NULL,
  attribute $text NOT NULL,
  value $text NOT NULL,
  sub $text NOT NULL,
  is_primary $bigint NOT NULL,
  PRIMARY KEY (pool_id, provider_id, attribute, value)
);
CREATE INDEX user_identity_sub ON user_identity (pool_id, sub);

-- Certificates of the pool for SAML, of one purpose counted from 1; older ones stay good.
CREATE TABLE saml_certificate (
  pool_id $text NOT NULL,
  purpose $text NOT NULL,
  issue $bigint NOT NULL,
  certificate $text NOT NULL,
  sealed $bytes NOT NULL,
  created_ms $bigint NOT NULL,
  PRIMARY KEY (pool_id, purpose, issue)
);
