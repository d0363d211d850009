/**
 * Second factors in the library that browsers use: set-up in the middle of the first sign-in, an
 * authenticator, SMS, and the choice among them.
 *
 *   node mfa-journey.mjs <endpoint of `lifeguard dev`>
 *
 * Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { codeOf } from './authenticator.mjs';
import { codeTo, newest } from './dev-controls.mjs';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const admin = new sdk.CognitoIdentityProvider({
  endpoint, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const password = 'First-Passw0rd!';
const phone = '+15551230000';

/** Moves the server's clock, and with it the authenticator's, by whole steps. */
let ahead = 0;
async function nextStep() {
  const answer = await fetch(`${endpoint}/_lifeguard/clock`, {
    method: 'POST', body: JSON.stringify({ advance: 'PT30S' }),
  });
  assert.ok(answer.ok);
  ahead += 1;
}

const outcomes = (resolve, reject) => ({
  onSuccess: session => resolve({ session }),
  onFailure: reject,
  mfaRequired: (challenge, parameters) => resolve({ challenge, parameters }),
  totpRequired: (challenge, parameters) => resolve({ challenge, parameters }),
  selectMFAType: (challenge, parameters) => resolve({ challenge, parameters }),
  mfaSetup: (challenge, parameters) => resolve({ challenge, parameters }),
});
const outcome = work => new Promise((resolve, reject) => work(outcomes(resolve, reject)));

function signIn(Pool) {
  const user = new CognitoUser({ Username: 'ana', Pool });
  const details = new AuthenticationDetails({ Username: 'ana', Password: password });
  return outcome(callbacks => user.authenticateUser(details, callbacks)).then(next => ({ ...next, user }));
}

async function prepare() {
  const { UserPool: { Id: UserPoolId } } = await admin.createUserPool({
    PoolName: 'mfa', SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
  });
  await admin.setUserPoolMfaConfig({
    UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { UserPoolClient: { ClientId } } = await admin.createUserPoolClient({
    UserPoolId, ClientName: 'browser',
  });
  await admin.adminCreateUser({ UserPoolId, Username: 'ana', MessageAction: 'SUPPRESS' });
  await admin.adminSetUserPassword({ UserPoolId, Username: 'ana', Password: password, Permanent: true });
  return new CognitoUserPool({ UserPoolId, ClientId, endpoint });
}

async function setUp(Pool) {
  const { user, challenge, parameters } = await signIn(Pool);
  assert.equal(challenge, 'MFA_SETUP');
  assert.deepEqual(JSON.parse(parameters.MFAS_CAN_SETUP), ['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
  const secret = await new Promise((associateSecretCode, onFailure) =>
    user.associateSoftwareToken({ associateSecretCode, onFailure }));
  const verify = code => outcome(callbacks => user.verifySoftwareToken(code, 'phone', callbacks));
  const wrong = codeOf(secret, ahead) === '000000' ? '111111' : '000000';
  await assert.rejects(verify(wrong), { code: 'EnableSoftwareTokenMFAException' });
  const used = codeOf(secret, ahead);
  const { session } = await verify(used);
  assert.ok(session.isValid());
  return { secret, used };
}

async function byAuthenticator(Pool, { secret, used }) {
  const { user, challenge, parameters } = await signIn(Pool);
  assert.equal(challenge, 'SOFTWARE_TOKEN_MFA');
  assert.equal(parameters.FRIENDLY_DEVICE_NAME, 'phone');
  const answer = code => outcome(callbacks => user.sendMFACode(code, callbacks, challenge));
  await assert.rejects(answer(used), { code: 'ExpiredCodeException' });
  await nextStep();
  assert.ok((await answer(codeOf(secret, ahead))).session.isValid());
  return user;
}

async function byChoice(Pool, signedIn) {
  await admin.adminUpdateUserAttributes({
    UserPoolId: Pool.getUserPoolId(), Username: 'ana',
    UserAttributes: [{ Name: 'phone_number', Value: phone }],
  });
  const on = { Enabled: true, PreferredMfa: false };
  await new Promise((resolve, reject) =>
    signedIn.setUserMfaPreference(on, on, error => (error ? reject(error) : resolve())));
  const { user, challenge, parameters } = await signIn(Pool);
  assert.equal(challenge, 'SELECT_MFA_TYPE');
  assert.deepEqual(JSON.parse(parameters.MFAS_CAN_CHOOSE), ['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
  const before = await newest(endpoint);
  const chosen = await outcome(callbacks => user.sendMFASelectionAnswer('SMS_MFA', callbacks));
  assert.equal(chosen.challenge, 'SMS_MFA');
  assert.equal(chosen.parameters.CODE_DELIVERY_DESTINATION, '+*******0000');
  const code = await codeTo(endpoint, phone, before);
  assert.ok((await outcome(callbacks => user.sendMFACode(code, callbacks))).session.isValid());
}

const pool = await prepare();
const user = await byAuthenticator(pool, await setUp(pool));
await byChoice(pool, user);
