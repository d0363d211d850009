/**
 * An OAuth library at the endpoints of a pool's domain, which it finds by discovery.
 *
 *   node oauth-journey.mjs <endpoint of `lifeguard dev` with a function `opens` that adds the scopes openid
 *     and email to access tokens>
 *
 * Exit code 0 when everything was as it should be.
 */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import * as oauth from 'openid-client';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const api = new sdk.CognitoIdentityProvider({
  endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const Password = 'First-Passw0rd!';
const opens = 'arn:aws:lambda:us-east-1:000000000000:function:opens';
const plainHttp = { execute: [oauth.allowInsecureRequests] };

const { UserPool: { Id: UserPoolId } } = await api.createUserPool({
  PoolName: 'planets',
  LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: opens } },
});
const issuer = new URL(`${endpoint}/${UserPoolId}`);
await api.createUserPoolDomain({ UserPoolId, Domain: 'planets' });
await api.createResourceServer({
  UserPoolId, Identifier: 'moons', Name: 'Moons',
  Scopes: ['read', 'write'].map(ScopeName => ({ ScopeName, ScopeDescription: `May ${ScopeName}` })),
});

const discovered = ({ ClientId, ClientSecret }, by = oauth.ClientSecretBasic) =>
  oauth.discovery(issuer, ClientId, ClientSecret, by(ClientSecret), plainHttp);

async function refused(call, error) {
  const failure = await call.then(() => null, one => one);
  assert.equal(failure?.error, error, `${failure}`);
  assert.equal(failure.status, 400);
}

// A machine. The library encodes the header as the RFC has it, and knows both ways to send a secret.
const { UserPoolClient: machine } = await api.createUserPoolClient({
  UserPoolId, ClientName: 'machine', GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['moons/read', 'moons/write'],
});
for (const by of [oauth.ClientSecretBasic, oauth.ClientSecretPost]) {
  const config = await discovered(machine, by);
  assert.equal(config.serverMetadata().token_endpoint, `${endpoint}/_domain/planets/oauth2/token`);
  const all = await oauth.clientCredentialsGrant(config);
  assert.equal(all.token_type, 'bearer');
  assert.equal(all.expires_in, 3600);
  await oauth.clientCredentialsGrant(config, { scope: 'moons/read' });
  await refused(oauth.clientCredentialsGrant(config, { scope: 'stars/read' }), 'invalid_scope');
}
await refused(
  oauth.clientCredentialsGrant(await discovered({ ...machine, ClientSecret: 'wrong' })), 'invalid_client');

// A user, whose tokens come from the API.
const { UserPoolClient: app } = await api.createUserPoolClient({
  UserPoolId, ClientName: 'app', GenerateSecret: true,
  ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
});
const { User: user } = await api.adminCreateUser({
  UserPoolId, Username: 'ana', MessageAction: 'SUPPRESS',
  UserAttributes: Object.entries({ email: 'ana@example.com', email_verified: 'true', name: 'Ana' })
    .map(([Name, Value]) => ({ Name, Value })),
});
const sub = user.Attributes.find(({ Name }) => Name === 'sub').Value;
await api.adminSetUserPassword({ UserPoolId, Username: 'ana', Password, Permanent: true });
const SECRET_HASH = createHmac('sha256', app.ClientSecret).update(`ana${app.ClientId}`).digest('base64');
const { AuthenticationResult: first } = await api.adminInitiateAuth({
  UserPoolId, ClientId: app.ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: 'ana', PASSWORD: Password, SECRET_HASH },
});

const config = await discovered(app);
const second = await oauth.refreshTokenGrant(config, first.RefreshToken);
assert.equal(second.claims().sub, sub);
assert.notEqual(second.refresh_token, first.RefreshToken);
await refused(oauth.refreshTokenGrant(config, first.RefreshToken), 'invalid_grant');

assert.deepEqual(await oauth.fetchUserInfo(config, second.access_token, sub), {
  sub, email: 'ana@example.com', email_verified: 'true', username: 'ana',
});
await assert.rejects(oauth.fetchUserInfo(config, second.id_token, sub));

await oauth.tokenRevocation(config, second.refresh_token);
await oauth.tokenRevocation(config, second.refresh_token);
await assert.rejects(oauth.fetchUserInfo(config, second.access_token, sub));
await refused(oauth.refreshTokenGrant(config, second.refresh_token), 'invalid_grant');
await assert.rejects(api.getUser({ AccessToken: second.access_token }), sdk.NotAuthorizedException);
await refused(oauth.tokenRevocation(config, first.AccessToken), 'unsupported_token_type');

// Where the header is refused the answer says by which header to try (RFC 6749 §5.2).
const wrong = await discovered({ ...app, ClientSecret: 'wrong' });
await assert.rejects(oauth.tokenRevocation(wrong, 'any'), { status: 401 });
