/**
 * Sign-ins that functions define, in the library that browsers use: riddles, with the password before them
 * or without.
 *
 *   node custom-journey.mjs <endpoint of `lifeguard dev` that finds the functions of lambda/>
 *
 * Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { riddles } from './riddles.mjs';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const admin = new sdk.CognitoIdentityProvider({
  endpoint, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const password = 'First-Passw0rd!';

const { UserPool: { Id: UserPoolId } } = await admin.createUserPool({
  PoolName: 'custom', LambdaConfig: riddles,
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
});
const { UserPoolClient: { ClientId } } = await admin.createUserPoolClient({
  UserPoolId, ClientName: 'browser', PreventUserExistenceErrors: 'ENABLED',
});
await admin.adminCreateUser({ UserPoolId, Username: 'ana', MessageAction: 'SUPPRESS' });
await admin.adminSetUserPassword({ UserPoolId, Username: 'ana', Password: password, Permanent: true });
const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint });

const outcome = work => new Promise((resolve, onFailure) => work({
  onSuccess: session => resolve({ session }),
  customChallenge: parameters => resolve({ parameters }),
  onFailure,
}));

async function begin(begins, Username = 'ana', Password = password) {
  const user = new CognitoUser({ Username, Pool });
  user.setAuthenticationFlowType('CUSTOM_AUTH');
  const details = new AuthenticationDetails({ Username, Password });
  const next = await outcome(callbacks => user[begins](details, callbacks));
  assert.equal(next.parameters.riddle, 'What is grass?');
  return { user, guess: answer => outcome(callbacks => user.sendCustomChallengeAnswer(answer, callbacks)) };
}

// Twice each: the second time the library proves the device that it has confirmed the first time.
for (const begins of ['initiateAuth', 'authenticateUser', 'initiateAuth', 'authenticateUser']) {
  const { guess } = await begin(begins);
  assert.equal((await guess('blue')).parameters.riddle, 'What is grass?');
  const { session } = await guess('green');
  assert.ok(session.isValid());
  assert.equal(session.getAccessToken().payload.username, 'ana');
}

const { Devices } = await admin.adminListDevices({ UserPoolId, Username: 'ana' });
assert.equal(Devices.length, 1);

// Three wrong answers are too many, a wrong password is enough, and nobody is no different.
const refusal = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };
for (const name of ['ana', 'nobody']) {
  const { guess } = await begin('initiateAuth', name);
  await guess('blue');
  await guess('blue');
  await assert.rejects(guess('blue'), refusal);
}

await assert.rejects(begin('authenticateUser', 'ana', 'Wrong-Passw0rd!'), refusal);
const { guess } = await begin('initiateAuth', 'nobody');
await assert.rejects(guess('green'), refusal);
