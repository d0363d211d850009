import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { atATime, listed, mustBeRecent, password, secretHash } from './fixtures.mjs';
import { place } from './places.mjs';
import { atOnce } from './pools.mjs';

const described = async (walk, { UserPoolId, ClientId }) =>
  (await walk.call('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient;

/** Breaks one rule at a time; both operations that take a client's settings know the same rules. */
const rules = operation => async walk => {
  const { UserPoolId, ClientId } = await place(walk);
  const whose = operation === 'CreateUserPoolClient' ? { ClientName: 'no' } : { ClientId };
  const refused = (error, more) => walk.refused(operation, error, { UserPoolId, ...whose, ...more });
  await refused('InvalidParameterException', {
    AccessTokenValidity: 100, TokenValidityUnits: { AccessToken: 'days' },
  });
  await refused('InvalidParameterException', {
    ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'USER_PASSWORD_AUTH'],
  });
  await refused('InvalidParameterException', { SupportedIdentityProviders: ['Nowhere'] });
  const oauth = { AllowedOAuthFlowsUserPoolClient: true, CallbackURLs: ['https://example.com/back'] };
  await refused('InvalidOAuthFlowException', {
    ...oauth, AllowedOAuthFlows: ['client_credentials', 'code'], AllowedOAuthScopes: ['openid'],
  });
  await refused('ScopeDoesNotExistException', {
    ...oauth, AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid', 'there/is-none'],
  });
  const small = await place(walk, { UserPoolTier: 'LITE' });
  await walk.refused(operation, 'FeatureUnavailableInTierException', {
    UserPoolId: small.UserPoolId, ...whose, ...(whose.ClientId && { ClientId: small.ClientId }),
    ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
  });
};

const settings = [
  step('CreateUserPoolClient keeps what it was given, and DescribeUserPoolClient shows it', async walk => {
    const { UserPoolId } = await place(walk);
    const given = {
      UserPoolId, ClientName: 'kept as given', RefreshTokenValidity: 10, AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'hours', RefreshToken: 'days' },
      IdTokenValidity: 2,
      ReadAttributes: ['email', 'name'], WriteAttributes: ['name'],
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: ['https://example.com/back'], LogoutURLs: ['https://example.com/out'],
      DefaultRedirectURI: 'https://example.com/back', PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: false, AuthSessionValidity: 5, SupportedIdentityProviders: ['COGNITO'],
    };
    const { UserPoolClient: created } = await walk.call(
      'CreateUserPoolClient', { ...given, GenerateSecret: true });
    assert.match(created.ClientId, /^[0-9a-z]{26}$/);
    assert.match(created.ClientSecret, /^\w{24,64}$/);
    mustBeRecent(created.CreationDate);
    const client = await described(walk, created);
    for (const [member, value] of Object.entries(given)) {
      const sorted = of => (Array.isArray(of) ? [...of].sort() : of);
      assert.deepEqual(sorted(client[member]), sorted(value), member);
    }
    assert.equal(client.ClientSecret, created.ClientSecret);
  }),

  step('CreateUserPoolClient refuses what does not go together', rules('CreateUserPoolClient')),

  step('UpdateUserPoolClient replaces what it names and resets the rest', async walk => {
    const { UserPoolId } = await place(walk);
    const { UserPoolClient: created } = await walk.call('CreateUserPoolClient', {
      UserPoolId, ClientName: 'before', GenerateSecret: true, ReadAttributes: ['email'],
      AccessTokenValidity: 2,
    });
    await walk.call('UpdateUserPoolClient', {
      UserPoolId, ClientId: created.ClientId, ClientName: 'after', IdTokenValidity: 3,
    });
    const client = await described(walk, created);
    assert.equal(client.ClientName, 'after');
    assert.equal(client.IdTokenValidity, 3);
    assert.equal(client.AccessTokenValidity, undefined);
    assert.equal(client.ReadAttributes, undefined);
    assert.equal(client.ClientSecret, created.ClientSecret);
  }),

  step('UpdateUserPoolClient refuses what does not go together', rules('UpdateUserPoolClient')),

  step('UpdateUserPoolClient tells one of two who change a client at once', async walk => {
    const { UserPoolId, ClientId } = await place(walk);
    await atOnce(walk, 'UpdateUserPoolClient', number => (
      { UserPoolId, ClientId, ClientName: `name ${number}` }));
    assert.match((await described(walk, { UserPoolId, ClientId })).ClientName, /^name \d$/);
  }),

  step('ListUserPoolClients leads through all clients in pages', async walk => {
    const { UserPoolId, ClientId } = await place(walk);
    for (const ClientName of ['one', 'two']) {
      await walk.call('CreateUserPoolClient', { UserPoolId, ClientName });
    }
    const found = await walk.pages('ListUserPoolClients', 'UserPoolClients', { UserPoolId }, 2);
    assert.deepEqual(found.map(client => client.ClientName).sort(), ['one', 'two', 'walk']);
    assert.ok(found.some(client => client.ClientId === ClientId));
    await walk.refused('ListUserPoolClients', 'InvalidParameterException', {
      UserPoolId, NextToken: 'made-up',
    });
  }),

  step('DeleteUserPoolClient ends the client', async walk => {
    const { UserPoolId, ClientId } = await place(walk);
    await walk.call('DeleteUserPoolClient', { UserPoolId, ClientId });
    await walk.refused('DescribeUserPoolClient', 'ResourceNotFoundException', { UserPoolId, ClientId });
    assert.deepEqual(await walk.pages('ListUserPoolClients', 'UserPoolClients', { UserPoolId }, 60), []);
  }),

  step('CreateUserPoolClient makes no more than a thousand', async walk => {
    // A pool of its own: nobody should have to empty it.
    const { UserPool: { Id: UserPoolId } } = await walk.call('CreateUserPool', { PoolName: 'full' });
    const client = { UserPoolId, ClientName: 'one of many' };
    await atATime(16, 1000, () => walk.aside('CreateUserPoolClient', client));
    await walk.refused('CreateUserPoolClient', 'LimitExceededException', client);
  }),

  ['DescribeUserPoolClient', 'UpdateUserPoolClient', 'DeleteUserPoolClient'].map(operation =>
    step(`${operation} finds no client of another pool`, async walk => {
      const [{ UserPoolId }, { ClientId }] = [await place(walk), await place(walk)];
      await walk.refused(operation, 'ResourceNotFoundException', { UserPoolId, ClientId });
    })),
];

/** Whether somebody who knows this secret gets in. */
async function opens(walk, { ClientId }, secret, Username) {
  const { error } = await walk.attempt('SignUp', {
    ClientId, Username, Password: password, SecretHash: secretHash(Username, ClientId, secret),
    UserAttributes: listed({ email: `${Username}@example.com` }),
  });
  if (error) assert.equal(error.name, 'NotAuthorizedException', `${error}`);
  return !error;
}

const confidential = walk => place(walk, {}, { GenerateSecret: true });

const secrets = [
  step('AddUserPoolClientSecret adds a second secret, which opens beside the first', async walk => {
    const { UserPoolId, ClientId, ClientSecret } = await confidential(walk);
    const { ClientSecretDescriptor: added } = await walk.call(
      'AddUserPoolClientSecret', { UserPoolId, ClientId });
    assert.match(added.ClientSecretValue, /^\w{24,64}$/);
    assert.match(added.ClientSecretId, new RegExp(`^${ClientId}--\\d+$`));
    mustBeRecent(added.ClientSecretCreateDate);
    assert.ok(await opens(walk, { ClientId }, ClientSecret, 'first'));
    assert.ok(await opens(walk, { ClientId }, added.ClientSecretValue, 'second'));
    assert.ok(!await opens(walk, { ClientId }, 'neither-of-the-two-secrets', 'third'));

    const { ClientSecrets: found } = await walk.call('ListUserPoolClientSecrets', { UserPoolId, ClientId });
    assert.equal(found.length, 2);
    assert.ok(found.every(secret => secret.ClientSecretValue === undefined));
    assert.ok(found.some(secret => secret.ClientSecretId === added.ClientSecretId));
  }),

  step('AddUserPoolClientSecret takes a secret of the own, and no third', async walk => {
    const { UserPoolId, ClientId } = await confidential(walk);
    const own = 'a_secret_of_the_own_that_is_long';
    const { ClientSecretDescriptor } = await walk.call('AddUserPoolClientSecret', {
      UserPoolId, ClientId, ClientSecret: own,
    });
    assert.equal(ClientSecretDescriptor.ClientSecretValue, undefined);
    assert.ok(await opens(walk, { ClientId }, own, 'own'));
    await walk.refused('AddUserPoolClientSecret', 'LimitExceededException', { UserPoolId, ClientId });
  }),

  step('AddUserPoolClientSecret refuses public clients and short secrets', async walk => {
    const open = await place(walk);
    const closed = await confidential(walk);
    await walk.refused('AddUserPoolClientSecret', 'InvalidParameterException', {
      UserPoolId: open.UserPoolId, ClientId: open.ClientId,
    });
    await walk.refused('AddUserPoolClientSecret', 'InvalidParameterException', {
      UserPoolId: closed.UserPoolId, ClientId: closed.ClientId, ClientSecret: 'short',
    });
  }),

  step('DeleteUserPoolClientSecret ends one secret and never the last', async walk => {
    const { UserPoolId, ClientId, ClientSecret } = await confidential(walk);
    const { ClientSecrets: [first] } = await walk.call('ListUserPoolClientSecrets', { UserPoolId, ClientId });
    const whose = { UserPoolId, ClientId };
    const last = { ...whose, ClientSecretId: first.ClientSecretId };
    await walk.refused('DeleteUserPoolClientSecret', 'InvalidParameterException', last);
    const { ClientSecretDescriptor: second } = await walk.call('AddUserPoolClientSecret', whose);
    await walk.call('DeleteUserPoolClientSecret', last);
    assert.ok(!await opens(walk, whose, ClientSecret, 'old'));
    assert.ok(await opens(walk, whose, second.ClientSecretValue, 'new'));
    const { ClientSecrets: left } = await walk.call('ListUserPoolClientSecrets', whose);
    assert.deepEqual(left.map(secret => secret.ClientSecretId), [second.ClientSecretId]);
    assert.equal((await described(walk, whose)).ClientSecret, second.ClientSecretValue);
  }),

  step('DeleteUserPoolClientSecret knows no secret of that id', async walk => {
    const { UserPoolId, ClientId } = await confidential(walk);
    await walk.call('AddUserPoolClientSecret', { UserPoolId, ClientId });
    await walk.refused('DeleteUserPoolClientSecret', 'ResourceNotFoundException', {
      UserPoolId, ClientId, ClientSecretId: `${ClientId}--1`,
    });
  }),

  ['AddUserPoolClientSecret', 'ListUserPoolClientSecrets', 'DeleteUserPoolClientSecret'].map(operation =>
    step(`${operation} finds no client of another pool`, async walk => {
      const [{ UserPoolId }, { ClientId }] = [await confidential(walk), await confidential(walk)];
      const id = operation.startsWith('Delete') ? { ClientSecretId: `${ClientId}--1` } : {};
      await walk.refused(operation, 'ResourceNotFoundException', { UserPoolId, ClientId, ...id });
    })),
];

export default area('clients', [settings, secrets]);
