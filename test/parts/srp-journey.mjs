/**
 * A user's life in the library that browsers use: SRP, first password, forgotten password, refresh.
 *
 *   node srp-journey.mjs <endpoint of `lifeguard dev`>
 *
 * The library knows nothing of client secrets, which belong on servers. Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import {
  AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool,
} from 'amazon-cognito-identity-js';
import { codeTo, newest } from './dev-controls.mjs';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const admin = new sdk.CognitoIdentityProvider({
  endpoint, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const temporary = 'Temporary-1!';
const first = 'First-Passw0rd!';
const second = 'Secönd-Passw0rd! ✓';
const email = 'ana@example.com';

const promised = work => new Promise((resolve, reject) =>
  work((error, result) => (error ? reject(error) : resolve(result))));

function signIn(user, Password) {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password });
  return new Promise((resolve, reject) => user.authenticateUser(details, {
    onSuccess: session => resolve({ session }),
    newPasswordRequired: attributes => resolve({ attributes }),
    onFailure: reject,
  }));
}

function completeNewPassword(user, password, attributes) {
  return new Promise((resolve, reject) => user.completeNewPasswordChallenge(password, attributes, {
    onSuccess: resolve, onFailure: reject,
  }));
}

async function prepare() {
  const { UserPool: { Id: UserPoolId } } = await admin.createUserPool({
    PoolName: 'srp', AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'],
  });
  const { UserPoolClient: { ClientId } } = await admin.createUserPoolClient({
    UserPoolId, ClientName: 'browser',
  });
  await admin.adminCreateUser({
    UserPoolId, Username: 'ana', TemporaryPassword: temporary, MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: email }, { Name: 'email_verified', Value: 'true' }],
  });
  return new CognitoUserPool({ UserPoolId, ClientId, endpoint });
}

async function firstSignIn(Pool) {
  const user = new CognitoUser({ Username: email, Pool });
  const { attributes } = await signIn(user, temporary);
  assert.equal(attributes.email, email);
  const session = await completeNewPassword(user, first, { given_name: 'Ana' });
  assert.ok(session.isValid());
  assert.equal(session.getIdToken().payload['cognito:username'], 'ana');
  assert.equal(session.getAccessToken().payload.username, 'ana');
}

async function forgotten(Pool) {
  const user = new CognitoUser({ Username: 'ana', Pool });
  await assert.rejects(signIn(user, 'Wrong-Passw0rd!'), { code: 'NotAuthorizedException' });
  const before = await newest(endpoint);
  const delivery = await new Promise((resolve, reject) => user.forgotPassword({
    onSuccess: reject, inputVerificationCode: resolve, onFailure: reject,
  }));
  assert.equal(delivery.CodeDeliveryDetails.Destination, 'a***@e***');
  const code = await codeTo(endpoint, email, before);
  await new Promise((onSuccess, onFailure) => user.confirmPassword(code, second, { onSuccess, onFailure }));
  await assert.rejects(signIn(user, first), { code: 'NotAuthorizedException' });
  return signIn(user, second).then(() => user);
}

async function session(user) {
  const attributes = await promised(done => user.getUserAttributes(done));
  assert.ok(attributes.every(attribute => attribute instanceof CognitoUserAttribute));
  assert.equal(attributes.find(attribute => attribute.Name === 'given_name').Value, 'Ana');
  const data = await promised(done => user.getUserData(done, { bypassCache: true }));
  assert.equal(data.Username, 'ana');
  const before = user.getSignInUserSession();
  const after = await promised(done => user.refreshSession(before.getRefreshToken(), done));
  assert.ok(after.isValid());
  assert.notEqual(after.getAccessToken().getJwtToken(), before.getAccessToken().getJwtToken());
  await promised(done => user.changePassword(second, first, done));
  await signIn(user, first);
}

async function newcomer(Pool) {
  const attributes = [new CognitoUserAttribute({ Name: 'email', Value: 'bob@example.com' })];
  const before = await newest(endpoint);
  const { user, userConfirmed } = await promised(done => Pool.signUp('bob', first, attributes, null, done));
  assert.equal(userConfirmed, false);
  await assert.rejects(signIn(user, first), { code: 'UserNotConfirmedException' });
  const code = await codeTo(endpoint, 'bob@example.com', before);
  assert.equal(await promised(done => user.confirmRegistration(code, true, done)), 'SUCCESS');
  assert.ok((await signIn(user, first)).session.isValid());
}

/** The library's own clock stays behind when the server's is moved. */
async function daysLater(Pool) {
  const answer = await fetch(`${endpoint}/_lifeguard/clock`, {
    method: 'POST', body: JSON.stringify({ advance: 'P2D' }),
  });
  assert.ok(answer.ok);
  await assert.rejects(
    signIn(new CognitoUser({ Username: 'ana', Pool }), second), { code: 'NotAuthorizedException' });
  const { session: later } = await signIn(new CognitoUser({ Username: 'ana', Pool }), first);
  assert.ok(later.getIdToken().payload.auth_time > Date.now() / 1000 + 86400);
}

const pool = await prepare();
await firstSignIn(pool);
await session(await forgotten(pool));
await newcomer(pool);
await daysLater(pool);
