/**
 * The AWS SDK, and for devices the library that browsers use, do everything that makes a pool call its
 * functions. What they are told is looked at elsewhere; the last event of a kind is the one that counts.
 *
 *   node trigger-journey.mjs <endpoint of `lifeguard dev` that finds the function `events`>
 *
 * Exit code 0 when every call went well.
 */
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { codeTo, newest } from './dev-controls.mjs';
import { federated } from './federated-events.mjs';
import { Reader } from './page-reader.mjs';

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

/** The code of each message that a function delivers, which cannot be read here. */
const fixed = '246802';

/** The code that a call sends to an address. */
async function sent(to, call, isByFunction = false) {
  if (isByFunction) {
    await call();
    return fixed;
  }
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
  const isByFunction = 'KMSKeyID' in LambdaConfig;
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
  const ConfirmationCode = await sent(own, () => api.resendConfirmationCode(user), isByFunction);
  await api.confirmSignUp({ ...user, ConfirmationCode });
  const code = await sent(own, () => api.forgotPassword(user), isByFunction);
  await api.confirmForgotPassword({ ...user, Password, ConfirmationCode: code });
  const { AuthenticationResult: { AccessToken } } = await signIn(app, 'ana');
  await api.getUserAttributeVerificationCode({ AccessToken, AttributeName: attribute, ClientMetadata });
  await api.updateUserAttributes({
    AccessToken, UserAttributes: attributes({ [attribute]: other }), ClientMetadata,
  });
  await api.adminCreateUser({
    UserPoolId, Username: 'ben', TemporaryPassword: Password, DesiredDeliveryMediums: [medium],
    UserAttributes: attributes({ [attribute]: other }), ValidationData, ClientMetadata,
  });
}

/** A user with text messages as second factor, in a pool that tells devices apart. */
async function withSms(LambdaConfig) {
  const app = await makePool(LambdaConfig, {
    MfaConfiguration: 'OPTIONAL', SmsConfiguration: { SnsCallerArn: role('sms') },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
  });
  await makeUser(app, 'ana', { phone_number: phone });
  await api.adminSetUserMFAPreference({
    UserPoolId: app.UserPoolId, Username: 'ana', SMSMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  return app;
}

async function secondFactor() {
  const app = await withSms({
    PreAuthentication: events, PostAuthentication: events, CustomMessage: events,
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

/** Signs in on the pages of a domain, and fetches the tokens. */
async function hosted(LambdaVersion) {
  const redirect_uri = 'https://app.example/cb';
  const app = await makePool(
    { PreTokenGenerationConfig: { LambdaVersion, LambdaArn: events } }, {},
    {
      AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'], CallbackURLs: [redirect_uri],
      AllowedOAuthScopes: ['openid', 'email'], SupportedIdentityProviders: ['COGNITO'],
    });
  const domain = `events-${LambdaVersion.slice(0, 2).toLowerCase()}`;
  await api.createUserPoolDomain({ UserPoolId: app.UserPoolId, Domain: domain });
  await makeUser(app, 'ana', { email: 'ana@example.com', email_verified: 'true' });
  await makeGroups(app);
  const pages = `${endpoint}/_domain/${domain}`;
  const query = new URLSearchParams({ client_id: app.ClientId, response_type: 'code', redirect_uri });
  const reader = new Reader();
  const page = await reader.open(`${pages}/oauth2/authorize?${query}`);
  const { location } = await reader.fill(page, { username: 'ana', password: Password });
  const answer = await fetch(`${pages}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code', client_id: app.ClientId, redirect_uri,
      code: location.searchParams.get('code'),
    }),
  });
  assert.equal(answer.status, 200);
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

/** Waits until functions have been handed these, which happens after the calls are answered. */
async function handedOver(trigger, ...names) {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const { triggers } = await (await fetch(`${endpoint}/_lifeguard/triggers`)).json();
    if (names.every(name => triggers.some(({ source }) => source === `${trigger}_${name}`))) return;
    await setTimeout(50);
  }
  assert.fail(`${trigger} was not called.`);
}

async function withEmailFactor(LambdaConfig) {
  const app = await makePool(LambdaConfig);
  const { UserPoolId } = app;
  await api.setUserPoolMfaConfig({
    UserPoolId, MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: { Message: '{####}', Subject: 'Code' },
  });
  await makeUser(app, 'ana', { email: 'ana@example.com', email_verified: 'true' });
  await api.adminSetUserMFAPreference({
    UserPoolId, Username: 'ana', EmailMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  return app;
}

/** Somebody signs in from elsewhere, and the user is told. */
async function takeOver(LambdaConfig) {
  const app = await makePool(
    LambdaConfig,
    { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
    { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'] },
  );
  const action = { EventAction: 'NO_ACTION', Notify: true };
  await api.setRiskConfiguration({
    UserPoolId: app.UserPoolId,
    AccountTakeoverRiskConfiguration: {
      Actions: { LowAction: action, MediumAction: action, HighAction: action },
      NotifyConfiguration: {
        SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/guard@example.com',
        From: 'guard@example.com',
      },
    },
  });
  await makeUser(app, 'ana', { email: 'ana@example.com', email_verified: 'true' });
  await signIn(app, 'ana');
  await api.adminInitiateAuth({
    ...app, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ana', PASSWORD: Password },
    ContextData: {
      IpAddress: '198.51.100.7', ServerName: 'shop', ServerPath: '/login',
      HttpHeaders: [{
        headerName: 'User-Agent',
        headerValue: 'Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0',
      }],
    },
  });
}

/** Functions that deliver messages in the pool's place. */
async function senders() {
  await fetch(`${endpoint}/_lifeguard/codes`, { method: 'PUT', body: JSON.stringify({ fixed }) });
  const KMSKeyID = 'arn:aws:kms:us-east-1:000000000000:key/4a1c9a3e-0000-4000-8000-000000000001';
  const sender = { LambdaVersion: 'V1_0', LambdaArn: events };
  const mail = { CustomEmailSender: sender, KMSKeyID };
  const text = { CustomSMSSender: sender, KMSKeyID };
  const occasions = [
    'SignUp', 'ResendCode', 'ForgotPassword', 'VerifyUserAttribute', 'UpdateUserAttribute', 'AdminCreateUser',
    'Authentication',
  ];
  await accounts(mail);
  await signIn(await withEmailFactor(mail), 'ana');
  await takeOver(mail);
  await handedOver('CustomEmailSender', ...occasions, 'AccountTakeOverNotification');
  await accounts(text, 'SMS');
  await signIn(await withSms(text), 'ana');
  await handedOver('CustomSMSSender', ...occasions);
}

await accounts({ PreSignUp: events, PostConfirmation: events, CustomMessage: events });
await secondFactor();
await riddles();
await migration();
for (const version of ['V1_0', 'V2_0', 'V3_0']) {
  await tokens(version);
  await hosted(version);
}
await machine();
await federated(api, endpoint, events);
await senders();
