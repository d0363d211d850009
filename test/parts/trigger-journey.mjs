/**
 * The AWS SDK, and for devices the library that browsers use, do everything that makes a pool call its
 * functions. What they are told is looked at elsewhere; the last event of a kind is the one that counts.
 *
 *   node trigger-journey.mjs <endpoint of `lifeguard dev` that finds the function `events`>
 *
 * Exit code 0 when every call went well.
 */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { codeTo, newest } from './dev-controls.mjs';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const api = new sdk.CognitoIdentityProvider({
  endpoint, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const events = 'arn:aws:lambda:us-east-1:000000000000:function:events';
const role = name => `arn:aws:iam::000000000000:role/${name}`;
const Password = 'First-Passw0rd!';
const phone = '+15551230000';
const ClientMetadata = { ticket: 'T-17' };
const ValidationData = [{ Name: 'plan', Value: 'gold' }];
const attributes = values => Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

async function makePool(LambdaConfig, settings = {}, client = {}) {
  const { UserPool: { Id: UserPoolId } } = await api.createUserPool({
    PoolName: 'events', LambdaConfig, ...settings,
  });
  const { UserPoolClient: { ClientId } } = await api.createUserPoolClient({
    UserPoolId, ClientName: 'app', PreventUserExistenceErrors: 'ENABLED',
    ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH',
    ],
    ...client,
  });
  return { UserPoolId, ClientId };
}

async function makeUser({ UserPoolId }, Username, values = {}, Permanent = true) {
  await api.adminCreateUser({
    UserPoolId, Username, MessageAction: 'SUPPRESS', UserAttributes: attributes(values),
  });
  await api.adminSetUserPassword({ UserPoolId, Username, Password, Permanent });
}

/** What a call sends to an address, without the rest of the message. */
async function sent(to, call) {
  const before = await newest(endpoint);
  await call();
  return codeTo(endpoint, to, before);
}

const signIn = ({ ClientId }, USERNAME, more = {}) => api.initiateAuth({
  ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD: Password }, ...more,
});

const answer = ({ ClientId }, { ChallengeName, Session }, USERNAME, responses) => api.respondToAuthChallenge({
  ClientId, ChallengeName, Session, ChallengeResponses: { USERNAME, ...responses }, ClientMetadata,
});

async function accounts(LambdaConfig, medium = 'EMAIL') {
  const [own, other, attribute] = medium === 'EMAIL'
    ? ['ana@example.com', 'new@example.com', 'email']
    : [phone, '+15551239999', 'phone_number'];
  const app = await makePool(LambdaConfig, {
    AutoVerifiedAttributes: [attribute], SmsConfiguration: { SnsCallerArn: role('sms') },
  });
  const { UserPoolId, ClientId } = app;
  const user = { ClientId, Username: 'ana', ClientMetadata };
  await api.signUp({
    ...user, Password, UserAttributes: attributes({ [attribute]: own }), ValidationData,
  });
  const ConfirmationCode = await sent(own, () => api.resendConfirmationCode(user));
  await api.confirmSignUp({ ...user, ConfirmationCode });
  const code = await sent(own, () => api.forgotPassword(user));
  await api.confirmForgotPassword({ ...user, Password, ConfirmationCode: code });
  const { AuthenticationResult: { AccessToken } } = await signIn(app, 'ana');
  await api.getUserAttributeVerificationCode({ AccessToken, AttributeName: attribute, ClientMetadata });
  await api.updateUserAttributes({
    AccessToken, UserAttributes: attributes({ [attribute]: other }), ClientMetadata,
  });
  await api.adminCreateUser({
    UserPoolId, Username: 'ben', TemporaryPassword: Password, DesiredDeliveryMediums: [medium],
    UserAttributes: attributes({ [attribute]: `${other}` }), ValidationData, ClientMetadata,
  });
}

async function secondFactor() {
  const app = await makePool(
    { PreAuthentication: events, PostAuthentication: events, CustomMessage: events },
    {
      MfaConfiguration: 'OPTIONAL', SmsConfiguration: { SnsCallerArn: role('sms') },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    },
  );
  await makeUser(app, 'ana', { phone_number: phone });
  await api.adminSetUserMFAPreference({
    UserPoolId: app.UserPoolId, Username: 'ana', SMSMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  let challenge;
  const SMS_MFA_CODE = await sent(phone, async () => {
    challenge = await signIn(app, 'ana', { ClientMetadata });
  });
  const { AuthenticationResult } = await answer(app, challenge, 'ana', { SMS_MFA_CODE });
  assert.ok(AuthenticationResult.NewDeviceMetadata);
}

async function riddles() {
  const app = await makePool({
    DefineAuthChallenge: events, CreateAuthChallenge: events, VerifyAuthChallengeResponse: events,
  });
  await makeUser(app, 'ana', { email: 'ana@example.com' });
  const first = await api.initiateAuth({
    ClientId: app.ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: 'ana' }, ClientMetadata,
  });
  const second = await answer(app, first, 'ana', { ANSWER: 'blue' });
  assert.ok((await answer(app, second, 'ana', { ANSWER: 'green' })).AuthenticationResult);
}

async function migration() {
  const app = await makePool({ UserMigration: events });
  assert.ok((await signIn(app, 'ana', { ClientMetadata })).AuthenticationResult);
  await sent('ben@example.com', () => api.forgotPassword({
    ClientId: app.ClientId, Username: 'ben', ClientMetadata,
  }));
}

async function makeGroups({ UserPoolId }) {
  for (const [Precedence, GroupName] of ['admins', 'staff'].entries()) {
    await api.createGroup({ UserPoolId, GroupName, Precedence, RoleArn: role(GroupName) });
    await api.adminAddUserToGroup({ UserPoolId, GroupName, Username: 'ana' });
  }
}

/** Signs in twice in a browser, which confirms its device at first, and proves it then. */
async function device(LambdaConfig) {
  const { UserPoolId, ClientId } = await makePool(LambdaConfig, {
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  });
  await makeUser({ UserPoolId }, 'ana', { email: 'ana@example.com' });
  await makeGroups({ UserPoolId });
  const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint });
  for (let round = 0; round < 2; round += 1) {
    const user = new CognitoUser({ Username: 'ana', Pool });
    await new Promise((onSuccess, onFailure) => user.authenticateUser(
      new AuthenticationDetails({ Username: 'ana', Password }), { onSuccess, onFailure },
    ));
  }
}

async function tokens(LambdaVersion) {
  const LambdaConfig = { PreTokenGenerationConfig: { LambdaVersion, LambdaArn: events } };
  await device(LambdaConfig);
  const app = await makePool(LambdaConfig);
  await makeUser(app, 'ana', { email: 'ana@example.com', email_verified: 'true' });
  await makeUser(app, 'ben', {}, false);
  await makeGroups(app);
  const { AuthenticationResult: { RefreshToken } } = await signIn(app, 'ana');
  await api.getTokensFromRefreshToken({ ClientId: app.ClientId, RefreshToken, ClientMetadata });
  const challenge = await signIn(app, 'ben');
  await answer(app, challenge, 'ben', { NEW_PASSWORD: 'Second-Passw0rd!' });
}

async function machine() {
  const { UserPoolId } = await makePool({
    PreTokenGenerationConfig: { LambdaVersion: 'V3_0', LambdaArn: events },
  });
  await api.createResourceServer({
    UserPoolId, Identifier: 'moons', Name: 'moons', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Look' }],
  });
  const { UserPoolClient: { ClientId, ClientSecret } } = await api.createUserPoolClient({
    UserPoolId, ClientName: 'machine', GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'], AllowedOAuthScopes: ['moons/read'],
  });
  await api.getClientToken({ ClientId, Secret: ClientSecret, ClientMetadata });
}

await accounts({ PreSignUp: events, PostConfirmation: events, CustomMessage: events });
await secondFactor();
await riddles();
await migration();
for (const version of ['V1_0', 'V2_0', 'V3_0']) await tokens(version);
await machine();
