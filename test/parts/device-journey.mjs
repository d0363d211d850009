/**
 * A remembered device in the library that browsers use: it makes up a secret, proves it instead of a second
 * factor, and drops it when the service has forgotten it.
 *
 *   node device-journey.mjs <endpoint of `lifeguard dev`>
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
const first = 'First-Passw0rd!';
const second = 'Second-Passw0rd!';
const third = 'Third-Passw0rd!';
const email = 'ana@example.com';

/** What a browser keeps for a page. */
class Browser {
  #kept = new Map();

  setItem(name, value) { this.#kept.set(name, `${value}`); }

  getItem(name) { return this.#kept.get(name) ?? null; }

  removeItem(name) { this.#kept.delete(name); }

  clear() { this.#kept.clear(); }

  /** What is kept under names that end so. */
  kept(ending) { return [...this.#kept].find(([name]) => name.endsWith(ending))?.[1]; }
}

/** Moves the server's clock, and with it the authenticator's, by whole steps. */
let ahead = 0;
async function nextStep() {
  const answer = await fetch(`${endpoint}/_lifeguard/clock`, {
    method: 'POST', body: JSON.stringify({ advance: 'PT30S' }),
  });
  assert.ok(answer.ok);
  ahead += 1;
}

const promised = work => new Promise((resolve, reject) =>
  work((error, result) => (error ? reject(error) : resolve(result))));
const outcome = work => new Promise((resolve, onFailure) => work({
  onSuccess: (session, isAsked) => resolve({ session, isAsked }),
  totpRequired: challenge => resolve({ challenge }),
  onFailure,
}));
const told = work => new Promise((onSuccess, onFailure) => work({ onSuccess, onFailure }));

async function prepare() {
  const { UserPool: { Id: UserPoolId } } = await admin.createUserPool({
    PoolName: 'devices', AutoVerifiedAttributes: ['email'],
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  });
  await admin.setUserPoolMfaConfig({
    UserPoolId, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { UserPoolClient: { ClientId } } = await admin.createUserPoolClient({
    UserPoolId, ClientName: 'browser',
  });
  await admin.adminCreateUser({
    UserPoolId, Username: 'ana', MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: email }, { Name: 'email_verified', Value: 'true' }],
  });
  await admin.adminSetUserPassword({ UserPoolId, Username: 'ana', Password: first, Permanent: true });
  return { UserPoolId, ClientId };
}

const { UserPoolId, ClientId } = await prepare();

async function signIn(Storage, Password = first) {
  const pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint, Storage });
  const user = new CognitoUser({ Username: 'ana', Pool: pool, Storage });
  const details = new AuthenticationDetails({ Username: 'ana', Password });
  return { ...await outcome(callbacks => user.authenticateUser(details, callbacks)), user };
}

/** Sets an authenticator up on a device that is used for nothing else. */
async function enrol() {
  const { user, session, isAsked } = await signIn(new Browser());
  assert.ok(session.isValid());
  assert.ok(!isAsked, 'the pool remembers devices without asking');
  const secret = await new Promise((associateSecretCode, onFailure) =>
    user.associateSoftwareToken({ associateSecretCode, onFailure }));
  await outcome(callbacks => user.verifySoftwareToken(codeOf(secret, ahead), 'phone', callbacks));
  await promised(done => user.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, done));
  await nextStep();
  return secret;
}

async function withCode({ user, challenge }, secret) {
  assert.equal(challenge, 'SOFTWARE_TOKEN_MFA');
  const code = codeOf(secret, ahead);
  const { session } = await outcome(callbacks => user.sendMFACode(code, callbacks, challenge));
  await nextStep();
  return session;
}

const secret = await enrol();
const browser = new Browser();
await withCode(await signIn(browser), secret);
const key = browser.kept('.deviceKey');
assert.match(key, /^us-east-1_[0-9a-f-]{36}$/);
assert.ok(browser.kept('.randomPasswordKey'));

// Remembered: no second factor.
const { user, session } = await signIn(browser);
assert.ok(session.isValid());
assert.equal(session.getAccessToken().payload.device_key, key);
const { Devices } = await told(callbacks => user.listDevices(60, null, callbacks));
assert.equal(Devices.length, 2);
const { Device } = await told(callbacks => user.getDevice(callbacks));
assert.equal(Device.DeviceKey, key);
const refreshed = await promised(done => user.refreshSession(session.getRefreshToken(), done));
assert.equal(refreshed.getAccessToken().payload.device_key, key);

// Not remembered, and remembered again.
assert.equal(await told(callbacks => user.setDeviceStatusNotRemembered(callbacks)), 'SUCCESS');
await withCode(await signIn(browser), secret);
assert.equal(browser.kept('.deviceKey'), key);
assert.equal(await told(callbacks => user.setDeviceStatusRemembered(callbacks)), 'SUCCESS');
assert.ok((await signIn(browser)).session.isValid());

// Other passwords change nothing about it.
await promised(done => user.changePassword(first, second, done));
assert.ok((await signIn(browser, second)).session.isValid());
const before = await newest(endpoint);
await new Promise((resolve, reject) => user.forgotPassword({
  onSuccess: reject, inputVerificationCode: resolve, onFailure: reject,
}));
const code = await codeTo(endpoint, email, before);
await told(callbacks => user.confirmPassword(code, third, callbacks));
const last = await signIn(browser, third);
assert.ok(last.session.isValid());

// Forgotten by an administrator: the library drops the key and is asked for a code.
await admin.adminForgetDevice({ UserPoolId, Username: 'ana', DeviceKey: key });
await assert.rejects(
  promised(done => last.user.refreshSession(last.session.getRefreshToken(), done)),
  { code: 'NotAuthorizedException', message: 'Invalid Refresh Token.' });
await withCode(await signIn(browser, third), secret);
assert.notEqual(browser.kept('.deviceKey'), key);

// Forgotten by the user.
const own = await signIn(browser, third);
assert.equal(await told(callbacks => own.user.forgetDevice(callbacks)), 'SUCCESS');
assert.equal(browser.kept('.deviceKey'), undefined);
assert.equal((await signIn(browser, third)).challenge, 'SOFTWARE_TOKEN_MFA');
