/**
 * Amplify, as an application for browsers uses it, with the server in place of the service.
 *
 *   node amplify-journey.mjs <endpoint of `lifeguard dev` that finds the functions of lambda/>
 *
 * Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';
import { codeOf } from './authenticator.mjs';
import { codeTo, newest } from './dev-controls.mjs';
import { riddles } from './riddles.mjs';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const admin = new sdk.CognitoIdentityProvider({
  endpoint, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const password = 'First-Passw0rd!';
const later = 'Later-Passw0rd!';
const phone_number = '+15551230000';
const sms = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' };

// Amplify names devices after the browser, and confirms none where there is no name.
globalThis.navigator ??= { userAgent: 'Amplify in Node.js' };

let ahead = 0;
async function nextStep() {
  const answer = await fetch(`${endpoint}/_lifeguard/clock`, {
    method: 'POST', body: JSON.stringify({ advance: 'PT30S' }),
  });
  assert.ok(answer.ok);
  ahead += 1;
}

/** The code that something sends to an address or number. */
async function sent(to, does, digits = 6) {
  const before = await newest(endpoint);
  const result = await does();
  return { result, code: await codeTo(endpoint, to, before, digits) };
}

/** A pool for which Amplify is set up. */
async function pool(settings, mfa) {
  const { UserPool: { Id: userPoolId } } = await admin.createUserPool({
    PoolName: 'amplify', AutoVerifiedAttributes: ['email'], ...settings,
  });
  if (mfa) await admin.setUserPoolMfaConfig({ UserPoolId: userPoolId, ...mfa });
  const { UserPoolClient: { ClientId: userPoolClientId } } = await admin.createUserPoolClient({
    UserPoolId: userPoolId, ClientName: 'app',
  });
  Amplify.configure({
    Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint: endpoint } },
  });
  return userPoolId;
}

async function person(UserPoolId, Username, attributes = {}) {
  await admin.adminCreateUser({
    UserPoolId, Username, MessageAction: 'SUPPRESS',
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  });
  await admin.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
}

const next = ({ nextStep: step }) => step.signInStep;
const signIn = (username, Password = password, options) =>
  auth.signIn({ username, password: Password, options });
const answer = challengeResponse => auth.confirmSignIn({ challengeResponse });

async function account() {
  await pool({});
  const email = 'ana@example.com';
  const { result, code } = await sent(email, () => auth.signUp({
    username: 'ana', password, options: { userAttributes: { email, name: 'Ana' } },
  }));
  assert.equal(result.nextStep.signUpStep, 'CONFIRM_SIGN_UP');
  await assert.rejects(
    auth.confirmSignUp({ username: 'ana', confirmationCode: code === '111111' ? '222222' : '111111' }),
    { name: 'CodeMismatchException' });
  assert.ok((await auth.confirmSignUp({ username: 'ana', confirmationCode: code })).isSignUpComplete);

  await assert.rejects(signIn('ana', later), { name: 'NotAuthorizedException' });
  assert.equal(next(await signIn('ana')), 'DONE');
  assert.equal((await auth.getCurrentUser()).username, 'ana');
  assert.equal((await auth.fetchUserAttributes()).name, 'Ana');
  const { tokens } = await auth.fetchAuthSession();
  assert.equal(tokens.accessToken.payload.username, 'ana');
  const renewed = await auth.fetchAuthSession({ forceRefresh: true });
  assert.notEqual(renewed.tokens.accessToken.toString(), tokens.accessToken.toString());

  await auth.updatePassword({ oldPassword: password, newPassword: later });
  await auth.signOut();
  const reset = await sent(email, () => auth.resetPassword({ username: 'ana' }));
  assert.equal(reset.result.nextStep.resetPasswordStep, 'CONFIRM_RESET_PASSWORD_WITH_CODE');
  await auth.confirmResetPassword({
    username: 'ana', newPassword: password, confirmationCode: reset.code,
  });
  assert.equal(next(await signIn('ana')), 'DONE');
  await auth.signOut({ global: true });
}

async function byAuthenticator(secret) {
  const code = codeOf(secret, ahead);
  const result = await answer(code);
  await nextStep();
  return result;
}

/** A device that is remembered skips the authenticator. */
async function devices() {
  const UserPoolId = await pool(
    { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } },
    { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } });
  await person(UserPoolId, 'ben');
  assert.equal(next(await signIn('ben')), 'DONE');
  const secret = (await auth.setUpTOTP()).sharedSecret;
  await auth.verifyTOTPSetup({ code: codeOf(secret, ahead) });
  await auth.updateMFAPreference({ totp: 'PREFERRED' });
  assert.equal((await auth.fetchMFAPreference()).preferred, 'TOTP');
  await auth.signOut();
  await nextStep();

  // Confirmed but not remembered; then remembered.
  assert.equal(next(await signIn('ben')), 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
  assert.equal(next(await byAuthenticator(secret)), 'DONE');
  await auth.rememberDevice();
  const [device, ...others] = await auth.fetchDevices();
  assert.deepEqual(others, []);
  const { tokens } = await auth.fetchAuthSession();
  assert.equal(device.id, tokens.accessToken.payload.device_key);
  await auth.signOut();
  assert.equal(next(await signIn('ben')), 'DONE');
  const renewed = await auth.fetchAuthSession({ forceRefresh: true });
  assert.equal(renewed.tokens.accessToken.payload.device_key, device.id);

  // Forgotten by an administrator, and by the user.
  await auth.signOut();
  await admin.adminForgetDevice({ UserPoolId, Username: 'ben', DeviceKey: device.id });
  assert.equal(next(await signIn('ben')), 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
  assert.equal(next(await byAuthenticator(secret)), 'DONE');
  await auth.rememberDevice();
  await auth.forgetDevice();
  assert.deepEqual(await auth.fetchDevices(), []);
  await auth.signOut();
}

/** Second factors that are set up in the middle of the first sign-in. */
async function setUps() {
  const UserPoolId = await pool({}, {
    MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: { Message: 'Code {####}' },
  });
  await person(UserPoolId, 'cleo');
  let step = await signIn('cleo');
  assert.equal(next(step), 'CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION');
  assert.deepEqual(step.nextStep.allowedMFATypes.sort(), ['EMAIL', 'TOTP']);
  step = await answer('TOTP');
  assert.equal(next(step), 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP');
  const secret = step.nextStep.totpSetupDetails.sharedSecret;
  assert.equal(next(await byAuthenticator(secret)), 'DONE');
  await auth.signOut();
  assert.equal(next(await signIn('cleo')), 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
  assert.equal(next(await byAuthenticator(secret)), 'DONE');
  await auth.signOut();

  await person(UserPoolId, 'dan');
  const email = 'dan@example.com';
  assert.equal(next(await signIn('dan')), 'CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION');
  assert.equal(next(await answer('EMAIL')), 'CONTINUE_SIGN_IN_WITH_EMAIL_SETUP');
  const { result, code } = await sent(email, () => answer(email));
  assert.equal(next(result), 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
  assert.equal(next(await answer(code)), 'DONE');
  await auth.signOut();
  const again = await sent(email, () => signIn('dan'));
  assert.equal(next(again.result), 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
  assert.equal(next(await answer(again.code)), 'DONE');
  await auth.signOut();
}

async function bySms() {
  const UserPoolId = await pool(
    { SmsConfiguration: sms },
    { MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsConfiguration: sms } });
  await person(UserPoolId, 'eve', { phone_number });
  const { result, code } = await sent(phone_number, () => signIn('eve'));
  assert.equal(next(result), 'CONFIRM_SIGN_IN_WITH_SMS_CODE');
  await assert.rejects(
    answer(code === '111111' ? '222222' : '111111'), { name: 'CodeMismatchException' });
  assert.equal(next(await answer(code)), 'DONE');
  assert.equal((await auth.fetchUserAttributes()).phone_number_verified, 'true');
  await auth.signOut();
}

/** Choice-based: a code by e-mail instead of the password, chosen at once or from what is offered. */
async function byChoice() {
  const UserPoolId = await pool({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
  });
  const email = 'gus@example.com';
  await person(UserPoolId, 'gus', { email });
  const { UserPoolClient: { ClientId: userPoolClientId } } = await admin.createUserPoolClient({
    UserPoolId, ClientName: 'choice', ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  Amplify.configure({
    Auth: { Cognito: { userPoolId: UserPoolId, userPoolClientId, userPoolEndpoint: endpoint } },
  });

  const options = { authFlowType: 'USER_AUTH' };
  const preferred = await sent(email, () =>
    auth.signIn({ username: 'gus', options: { ...options, preferredChallenge: 'EMAIL_OTP' } }), 8);
  assert.equal(next(preferred.result), 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
  assert.equal(next(await answer(preferred.code)), 'DONE');
  assert.equal((await auth.fetchUserAttributes()).email_verified, 'true');
  await auth.signOut();

  const offered = await auth.signIn({ username: 'gus', options });
  assert.equal(next(offered), 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION');
  assert.ok(offered.nextStep.availableChallenges.includes('EMAIL_OTP'));
  const chosen = await sent(email, () => answer('EMAIL_OTP'), 8);
  assert.equal(next(chosen.result), 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
  assert.equal(next(await answer(chosen.code)), 'DONE');
  await auth.signOut();
}

/** Riddles, on a device that is remembered the second time. */
async function custom() {
  const UserPoolId = await pool({
    LambdaConfig: riddles,
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  });
  await person(UserPoolId, 'fay');
  const without = { authFlowType: 'CUSTOM_WITHOUT_SRP' };
  for (let round = 0; round < 2; round++) {
    for (const begin of [
      () => auth.signIn({ username: 'fay', options: without }),
      () => signIn('fay', password, { authFlowType: 'CUSTOM_WITH_SRP' }),
    ]) {
      const step = await begin();
      assert.equal(next(step), 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE');
      assert.equal(step.nextStep.additionalInfo.riddle, 'What is grass?');
      assert.equal(next(await answer('blue')), 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE');
      assert.equal(next(await answer('green')), 'DONE');
      assert.equal((await auth.fetchDevices()).length, 1);
      await auth.signOut();
    }
  }

  // Forgotten meanwhile: Amplify repeats the answer without the device.
  const [{ DeviceKey }] = (await admin.adminListDevices({ UserPoolId, Username: 'fay' })).Devices;
  await auth.signIn({ username: 'fay', options: without });
  await admin.adminForgetDevice({ UserPoolId, Username: 'fay', DeviceKey });
  assert.equal(next(await answer('green')), 'DONE');
  await auth.signOut();
}

await account();
await devices();
await setUps();
await bySms();
await byChoice();
await custom();
