/**
 * From an empty server to a user who signs in, through the SDK that most applications use.
 *
 *   node sdk-journey.mjs <endpoint of `lifeguard dev`>
 *
 * Exit code 0 when everything was as the SDK's types say.
 */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { codeTo, newest } from './dev-controls.mjs';
import { secondFactors } from './second-factors.mjs';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const client = new sdk.CognitoIdentityProviderClient({
  endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const password = 'First-Passw0rd!';
const later = 'Later-Passw0rd!';

async function call(operation, input) {
  return client.send(new sdk[`${operation}Command`](input));
}

async function refused(errorClass, operation, input) {
  const error = await call(operation, input).then(() => null, failure => failure);
  assert.ok(error instanceof errorClass, `${operation}: ${error}`);
  assert.ok(error instanceof sdk.CognitoIdentityProviderServiceException);
  assert.equal(error.$metadata.httpStatusCode, 400);
  assert.ok(error.$metadata.requestId);
  assert.ok(error.message.length > 0);
}

function mustBeInstant(date) {
  assert.ok(date instanceof Date);
  assert.ok(Math.abs(date - Date.now()) < 300_000, `${date}`);
}

async function pools() {
  const { UserPool: pool } = await call('CreateUserPool', {
    PoolName: 'sdk', AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'],
    Policies: { PasswordPolicy: { MinimumLength: 10 } },
    Schema: [{ Name: 'team', AttributeDataType: 'String', Mutable: true }],
    UserPoolTags: { purpose: 'journey' },
  });
  mustBeInstant(pool.CreationDate);
  assert.equal(pool.Policies.PasswordPolicy.MinimumLength, 10);
  await call('UpdateUserPool', {
    UserPoolId: pool.Id, AutoVerifiedAttributes: ['email'], EmailVerificationSubject: 'Changed',
  });
  const { UserPool: described } = await call('DescribeUserPool', { UserPoolId: pool.Id });
  assert.equal(described.EmailVerificationSubject, 'Changed');
  assert.ok(described.LastModifiedDate >= described.CreationDate);
  assert.ok(described.SchemaAttributes.some(attribute => attribute.Name === 'custom:team'));
  await refused(sdk.ResourceNotFoundException, 'DescribeUserPool', { UserPoolId: 'us-east-1_Nothing99' });
  await refused(sdk.InvalidParameterException, 'DescribeUserPool', { UserPoolId: 'no pool' });
  return pool.Id;
}

async function clients(UserPoolId) {
  const { UserPoolClient: app } = await call('CreateUserPoolClient', {
    UserPoolId, ClientName: 'app', PreventUserExistenceErrors: 'LEGACY', ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH',
    ],
  });
  mustBeInstant(app.CreationDate);
  const { UserPoolClient: changed } = await call('UpdateUserPoolClient', {
    UserPoolId, ClientId: app.ClientId, ClientName: 'renamed', PreventUserExistenceErrors: 'LEGACY',
    ExplicitAuthFlows: app.ExplicitAuthFlows, AccessTokenValidity: 2,
  });
  assert.equal(changed.ClientName, 'renamed');
  const { UserPoolClient: described } = await call(
    'DescribeUserPoolClient', { UserPoolId, ClientId: app.ClientId });
  assert.equal(described.AccessTokenValidity, 2);
  assert.equal(described.ClientSecret, undefined);
  return app.ClientId;
}

async function paginators(UserPoolId) {
  const extra = [];
  for (const PoolName of ['second', 'third']) {
    extra.push((await call('CreateUserPool', { PoolName })).UserPool.Id);
  }
  for (const ClientName of ['second', 'third']) {
    await call('CreateUserPoolClient', { UserPoolId, ClientName });
  }
  for (const Username of ['u1', 'u2', 'u3', 'u4', 'u5']) {
    await call('AdminCreateUser', {
      UserPoolId, Username, MessageAction: 'SUPPRESS',
      UserAttributes: [{ Name: 'email', Value: `${Username}@pages.example.com` }],
    });
  }
  const page = { client, pageSize: 2 };
  const collect = async (pages, list, key) => {
    const seen = [];
    for await (const answer of pages) seen.push(answer[list].map(item => item[key]));
    assert.ok(seen.every(keys => keys.length <= 2));
    assert.equal(new Set(seen.flat()).size, seen.flat().length, 'something came twice');
    return seen.flat();
  };
  const poolIds = await collect(sdk.paginateListUserPools(page, {}), 'UserPools', 'Id');
  assert.ok([UserPoolId, ...extra].every(id => poolIds.includes(id)));
  const names = await collect(
    sdk.paginateListUserPoolClients(page, { UserPoolId }), 'UserPoolClients', 'ClientName');
  assert.deepEqual(names.sort(), ['renamed', 'second', 'third']);
  const users = await collect(sdk.paginateListUsers(page, { UserPoolId }), 'Users', 'Username');
  assert.deepEqual(users.sort(), ['u1', 'u2', 'u3', 'u4', 'u5']);
  const { Users: [u3] } = await call('ListUsers', { UserPoolId, Filter: 'email = "u3@pages.example.com"' });
  assert.equal(u3.Username, 'u3');
  mustBeInstant(u3.UserCreateDate);
  await refused(sdk.InvalidParameterException, 'ListUsers', { UserPoolId, Filter: 'email is u3' });
  for (const id of extra) await call('DeleteUserPool', { UserPoolId: id });
}

async function administration(UserPoolId, ClientId) {
  const user = { UserPoolId, Username: 'ana' };
  const credentials = PASSWORD => ({
    UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ana', PASSWORD },
  });
  const signIn = Password => call('AdminInitiateAuth', credentials(Password));
  await call('AdminCreateUser', {
    ...user, TemporaryPassword: password, UserAttributes: [
      { Name: 'email', Value: 'ana@example.com' }, { Name: 'email_verified', Value: 'true' },
      { Name: 'custom:team', Value: 'one' },
    ],
  });
  await refused(sdk.UsernameExistsException, 'AdminCreateUser', user);
  const challenge = await signIn(password);
  assert.equal(challenge.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  const { AuthenticationResult: tokens } = await call('AdminRespondToAuthChallenge', {
    UserPoolId, ClientId, ChallengeName: challenge.ChallengeName, Session: challenge.Session,
    ChallengeResponses: { USERNAME: 'ana', NEW_PASSWORD: later },
  });
  assert.equal(tokens.TokenType, 'Bearer');
  assert.equal(tokens.ExpiresIn, 7200);
  await call('AdminUpdateUserAttributes', {
    ...user, UserAttributes: [{ Name: 'custom:team', Value: 'two' }],
  });
  const seen = await call('AdminGetUser', user);
  assert.equal(seen.UserStatus, 'CONFIRMED');
  assert.equal(seen.UserAttributes.find(attribute => attribute.Name === 'custom:team').Value, 'two');
  mustBeInstant(seen.UserLastModifiedDate);
  await call('AdminDisableUser', user);
  await refused(sdk.NotAuthorizedException, 'AdminInitiateAuth', credentials(later));
  await call('AdminEnableUser', user);
  await call('AdminResetUserPassword', user);
  await refused(sdk.PasswordResetRequiredException, 'AdminInitiateAuth', credentials(later));
  await call('AdminSetUserPassword', { ...user, Password: password, Permanent: true });
  await refused(sdk.InvalidPasswordException, 'AdminSetUserPassword', { ...user, Password: 'short' });
  await signIn(password);
}

async function account(UserPoolId, ClientId) {
  const signIn = PASSWORD => call('InitiateAuth', {
    ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ana@example.com', PASSWORD },
  });
  const { AuthenticationResult: { AccessToken } } = await signIn(password);
  assert.equal((await call('GetUser', { AccessToken })).Username, 'ana');
  await call('ChangePassword', { AccessToken, PreviousPassword: password, ProposedPassword: later });
  await refused(sdk.NotAuthorizedException, 'GetUser', { AccessToken: `${AccessToken.slice(0, -4)}AAAA` });
  const before = await newest(endpoint);
  const { CodeDeliveryDetails: details } = await call('ForgotPassword', { ClientId, Username: 'ana' });
  assert.equal(details.DeliveryMedium, 'EMAIL');
  assert.equal(details.Destination, 'a***@e***');
  const code = await codeTo(endpoint, 'ana@example.com', before);
  await refused(sdk.CodeMismatchException, 'ConfirmForgotPassword', {
    ClientId, Username: 'ana', Password: password, ConfirmationCode: code === '111111' ? '222222' : '111111',
  });
  await call('ConfirmForgotPassword', {
    ClientId, Username: 'ana', Password: password, ConfirmationCode: code,
  });
  await signIn(password);
  await refused(sdk.UserNotFoundException, 'ForgotPassword', { ClientId, Username: 'nobody' });
}

async function registration(UserPoolId, ClientId) {
  const UserAttributes = [{ Name: 'email', Value: 'bob@example.com' }];
  const answer = await call('SignUp', { ClientId, Username: 'bob', Password: password, UserAttributes });
  assert.equal(answer.UserConfirmed, false);
  await refused(sdk.UsernameExistsException, 'SignUp', {
    ClientId, Username: 'bob', Password: password, UserAttributes,
  });
  await refused(sdk.UserNotConfirmedException, 'InitiateAuth', {
    ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'bob', PASSWORD: password },
  });
  const before = await newest(endpoint);
  await call('ResendConfirmationCode', { ClientId, Username: 'bob' });
  const ConfirmationCode = await codeTo(endpoint, 'bob@example.com', before);
  await call('ConfirmSignUp', { ClientId, Username: 'bob', ConfirmationCode });
  await call('SignUp', { ClientId, Username: 'cleo', Password: password });
  await call('AdminConfirmSignUp', { UserPoolId, Username: 'cleo' });
  assert.equal((await call('AdminGetUser', { UserPoolId, Username: 'cleo' })).UserStatus, 'CONFIRMED');
}

async function challenge(UserPoolId, ClientId) {
  const Username = 'dan';
  await call('AdminCreateUser', {
    UserPoolId, Username, TemporaryPassword: password, MessageAction: 'SUPPRESS',
  });
  const { ChallengeName, Session } = await call('InitiateAuth', {
    ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: Username, PASSWORD: password },
  });
  const { AuthenticationResult: { RefreshToken } } = await call('RespondToAuthChallenge', {
    ClientId, ChallengeName, Session, ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: later },
  });
  const { AuthenticationResult: renewed } = await call('InitiateAuth', {
    ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: RefreshToken },
  });
  assert.ok(renewed.IdToken && renewed.AccessToken);
}

async function farewell(UserPoolId, ClientId) {
  await call('AdminDeleteUser', { UserPoolId, Username: 'dan' });
  await refused(sdk.UserNotFoundException, 'AdminGetUser', { UserPoolId, Username: 'dan' });
  await call('DeleteUserPoolClient', { UserPoolId, ClientId });
  await refused(sdk.ResourceNotFoundException, 'DescribeUserPoolClient', { UserPoolId, ClientId });
  await call('DeleteUserPool', { UserPoolId });
  await refused(sdk.ResourceNotFoundException, 'AdminGetUser', { UserPoolId, Username: 'ana' });
}

const pool = await pools();
const app = await clients(pool);
await paginators(pool);
await administration(pool, app);
await account(pool, app);
await registration(pool, app);
await challenge(pool, app);
await secondFactors(call, refused);
await farewell(pool, app);
