/**
 * Tokens as those see them who verify them: signatures by the served keys, rotation, revocation, sessions.
 *
 *   node token-journey.mjs <endpoint of `lifeguard dev`>
 *
 * Exit code 0 when everything was as it should be.
 */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { JwtRsaVerifier } from 'aws-jwt-verify';
import { assertStringEquals } from 'aws-jwt-verify/assert';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const api = new sdk.CognitoIdentityProviderClient({
  endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const password = 'First-Passw0rd!';

const call = (operation, input) => api.send(new sdk[`${operation}Command`](input));

async function refused(errorClass, operation, input) {
  const error = await call(operation, input).then(() => null, failure => failure);
  assert.ok(error instanceof errorClass, `${operation}: ${error}`);
  return error.message;
}

/** Its own fetcher takes https alone. */
const plainHttp = { fetch: async uri => (await fetch(uri)).arrayBuffer() };

/** The library, with the checks that it makes for tokens of the service. */
function verifierOf(issuer, ClientId) {
  const verifier = JwtRsaVerifier.create(
    { issuer, jwksUri: `${issuer}/.well-known/jwks.json`, audience: null },
    { jwksCache: new SimpleJwksCache({ fetcher: plainHttp }) });
  return {
    async id(token) {
      const claims = await verifier.verify(token);
      assertStringEquals('Token use', claims.token_use, 'id');
      assertStringEquals('Audience', claims.aud, ClientId);
      return claims;
    },
    async access(token) {
      const claims = await verifier.verify(token);
      assertStringEquals('Token use', claims.token_use, 'access');
      assertStringEquals('Client', claims.client_id, ClientId);
      return claims;
    },
  };
}

async function signIn(ClientId) {
  const { AuthenticationResult: tokens } = await call('InitiateAuth', {
    ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ana', PASSWORD: password },
  });
  return tokens;
}

const { UserPool: { Id: UserPoolId } } = await call('CreateUserPool', { PoolName: 'tokens' });
const { UserPoolClient: { ClientId } } = await call('CreateUserPoolClient', {
  UserPoolId, ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
});
await call('AdminCreateUser', { UserPoolId, Username: 'ana', MessageAction: 'SUPPRESS' });
await call('AdminSetUserPassword', { UserPoolId, Username: 'ana', Password: password, Permanent: true });
await call('SetUserPoolSessionConfiguration', {
  UserPoolId, UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 20 },
});

// Verification, as resource servers do it.
const first = await signIn(ClientId);
const verifier = verifierOf(`${endpoint}/${UserPoolId}`, ClientId);
const id = await verifier.id(first.IdToken);
const access = await verifier.access(first.AccessToken);
assert.equal(id.sub, access.sub);
assert.equal(id.origin_jti, access.origin_jti);
assert.equal(access.scope, 'aws.cognito.signin.user.admin');
await assert.rejects(verifier.access(first.IdToken), /Token use not allowed/);
await assert.rejects(verifier.id(`${first.IdToken.slice(0, -8)}AAAAAAAA`), /Invalid signature/);

// Rotation.
const { AuthenticationResult: second } = await call('GetTokensFromRefreshToken', {
  ClientId, RefreshToken: first.RefreshToken,
});
assert.notEqual(second.RefreshToken, first.RefreshToken);
assert.equal((await verifier.access(second.AccessToken)).origin_jti, access.origin_jti);
await refused(sdk.RefreshTokenReuseException, 'GetTokensFromRefreshToken', {
  ClientId, RefreshToken: first.RefreshToken,
});

// Sessions.
const elsewhere = await signIn(ClientId);
const { Sessions: sessions } = await call('ListUserSessions', { AccessToken: second.AccessToken });
assert.equal(sessions.length, 2);
assert.ok(sessions.every(session => session.CreateDate instanceof Date && session.SessionType === 'TOKEN'));
const other = sessions.find(session => !session.IsCurrentSession);
await call('RevokeUserSession', { AccessToken: second.AccessToken, SessionId: other.SessionId });
const revoked = await refused(sdk.NotAuthorizedException, 'GetUser', { AccessToken: elsewhere.AccessToken });
assert.equal(revoked, 'Access Token has been revoked');

// Revocation. Whoever only verifies signatures goes on believing the token.
const third = await signIn(ClientId);
await call('RevokeToken', { ClientId, Token: third.RefreshToken });
await refused(sdk.NotAuthorizedException, 'GetUser', { AccessToken: third.AccessToken });
await verifier.access(third.AccessToken);
await refused(sdk.UnsupportedTokenTypeException, 'RevokeToken', { ClientId, Token: third.AccessToken });

// Signing out everywhere, and in again.
await call('GetUser', { AccessToken: second.AccessToken });
await call('GlobalSignOut', { AccessToken: second.AccessToken });
await refused(sdk.NotAuthorizedException, 'GetUser', { AccessToken: second.AccessToken });
await refused(sdk.NotAuthorizedException, 'GetTokensFromRefreshToken', {
  ClientId, RefreshToken: second.RefreshToken,
});
await call('GetUser', { AccessToken: (await signIn(ClientId)).AccessToken });

// A client's own token.
await call('CreateResourceServer', {
  UserPoolId, Identifier: 'https://planets.example', Name: 'Planets',
  Scopes: [{ ScopeName: 'read', ScopeDescription: 'May read' }],
});
const { UserPoolClient: machine } = await call('CreateUserPoolClient', {
  UserPoolId, ClientName: 'machine', GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
  AllowedOAuthScopes: ['https://planets.example/read'],
});
const { ClientAuthenticationResult: own } = await call('GetClientToken', {
  ClientId: machine.ClientId, Secret: machine.ClientSecret,
});
const claims = await verifierOf(`${endpoint}/${UserPoolId}`, machine.ClientId).access(own.AccessToken);
assert.equal(claims.scope, 'https://planets.example/read');
