import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { arnOf, brokenTriggers, person, tokensOf } from './fixtures.mjs';
import { place } from './places.mjs';

/** A client whose refresh tokens are replaced by each use. */
const rotating = {
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
};

/** Somebody who is signed in. */
async function signedIn(walk, client = {}) {
  const there = await place(walk, {}, client);
  const ana = await person(walk, there, 'ana');
  return { there, ana, ...await tokensOf(walk, there, 'ana') };
}

const admitted = (walk, AccessToken) => walk.call('GetUser', { AccessToken });
const notAdmitted = (walk, AccessToken) => walk.refused('GetUser', 'NotAuthorizedException', { AccessToken });

/** A client that gets tokens for itself. */
async function machine(walk) {
  const { UserPoolId, ...there } = await place(walk);
  await walk.call('CreateResourceServer', {
    UserPoolId, Identifier: 'moons', Name: 'Moons',
    Scopes: [{ ScopeName: 'read', ScopeDescription: 'May read' }],
  });
  const { UserPoolClient: { ClientId, ClientSecret: Secret } } = await walk.call('CreateUserPoolClient', {
    UserPoolId, ClientName: 'machine', GenerateSecret: true, AllowedOAuthScopes: ['moons/read'],
    ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
  });
  return { there, ClientId, Secret };
}

const refreshing = [
  step('GetTokensFromRefreshToken replaces the refresh token', async walk => {
    const { there: { ClientId }, RefreshToken } = await signedIn(walk, rotating);
    const first = { ClientId, RefreshToken };
    const { AuthenticationResult: fresh } = await walk.call('GetTokensFromRefreshToken', first);
    await admitted(walk, fresh.AccessToken);
    await walk.refused('GetTokensFromRefreshToken', 'RefreshTokenReuseException', first);
    await walk.call('GetTokensFromRefreshToken', { ClientId, RefreshToken: fresh.RefreshToken });
  }),

  step('GetTokensFromRefreshToken refuses tokens of others and flows that are not allowed', async walk => {
    const { there, RefreshToken } = await signedIn(walk, { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    const refused = (error, more) => walk.refused('GetTokensFromRefreshToken', error, {
      ClientId: there.ClientId, RefreshToken, ...more,
    });
    await refused('InvalidParameterException');
    await refused('NotAuthorizedException', { ClientId: (await place(walk)).ClientId });
  }),

  step('GetTokensFromRefreshToken tells how its trigger failed, and leaves the token good', async walk => {
    const { there: { UserPoolId, ClientId }, RefreshToken } = await signedIn(walk, rotating);
    const given = { ClientId, RefreshToken };
    for (const [name, error] of Object.entries(brokenTriggers)) {
      await walk.call('UpdateUserPool', { UserPoolId, LambdaConfig: { PreTokenGeneration: arnOf(name) } });
      const message = await walk.refused('GetTokensFromRefreshToken', error, given);
      assert.match(message, name === 'rubbish' ? /lambda/i : /^PreTokenGeneration /);
    }
    await walk.call('UpdateUserPool', { UserPoolId });
    await walk.call('GetTokensFromRefreshToken', given);
  }),
];

const ending = [
  step('RevokeToken ends one sign-in', async walk => {
    const { there, AccessToken, RefreshToken: Token } = await signedIn(walk);
    const other = await tokensOf(walk, there, 'ana');
    for (let twice = 0; twice < 2; twice++) {
      await walk.call('RevokeToken', { ClientId: there.ClientId, Token });
    }
    await notAdmitted(walk, AccessToken);
    await admitted(walk, other.AccessToken);
  }),

  step('RevokeToken refuses other tokens, other clients, and clients that do not revoke', async walk => {
    const { there, AccessToken, RefreshToken } = await signedIn(walk);
    const refused = (error, Token, more) => walk.refused('RevokeToken', error, {
      ClientId: there.ClientId, Token, ...more,
    });
    await refused('UnsupportedTokenTypeException', AccessToken);
    await refused('InvalidParameterException', 'garbage');
    await refused('UnauthorizedException', RefreshToken, { ClientId: 'nosuchclient' });
    const keeping = await signedIn(walk, { EnableTokenRevocation: false });
    const { ClientId } = keeping.there;
    await refused('UnsupportedOperationException', keeping.RefreshToken, { ClientId });
  }),

  step('GlobalSignOut and AdminUserGlobalSignOut end every sign-in', async walk => {
    const { there, ana, AccessToken } = await signedIn(walk);
    const other = await tokensOf(walk, there, 'ana');
    await walk.call('GlobalSignOut', { AccessToken });
    await walk.refused('GlobalSignOut', 'NotAuthorizedException', { AccessToken });
    await notAdmitted(walk, other.AccessToken);
    const again = await tokensOf(walk, there, 'ana');
    await admitted(walk, again.AccessToken);
    await walk.call('AdminUserGlobalSignOut', ana);
    await notAdmitted(walk, again.AccessToken);
    await walk.refused('AdminUserGlobalSignOut', 'UserNotFoundException', { ...ana, Username: 'nobody' });
  }),

  step('GlobalSignOut is not for who has to reset the password', async walk => {
    const { ana, AccessToken } = await signedIn(walk);
    await walk.call('AdminResetUserPassword', ana);
    await walk.refused('GlobalSignOut', 'PasswordResetRequiredException', { AccessToken });
  }),
];

const ofClients = [
  step('GetClientToken gives a client a token that is no user\'s', async walk => {
    const { ClientId, Secret } = await machine(walk);
    const { ClientAuthenticationResult: own } = await walk.call('GetClientToken', { ClientId, Secret });
    assert.equal(own.TokenType, 'Bearer');
    await notAdmitted(walk, own.AccessToken);
  }),

  step('GetClientToken refuses wrong secrets and scopes', async walk => {
    const { ClientId, Secret } = await machine(walk);
    const refused = (error, more) => walk.refused('GetClientToken', error, { ClientId, Secret, ...more });
    await refused('NotAuthorizedException', { Secret: 'x'.repeat(51) });
    await refused('InvalidParameterException', { Scopes: ['moons/write'] });
    await refused('ResourceNotFoundException', { ClientId: 'nosuchclient' });
  }),
];

export default area('tokens', [refreshing, ending, ofClients]);
