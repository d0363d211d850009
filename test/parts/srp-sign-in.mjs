/**
 * One sign-in by SRP, as a browser does it.
 *
 *   node srp-sign-in.mjs <endpoint> <pool> <client> <user> <password> [name of the expected error]
 *
 * Exit code 0 when it went as expected.
 */
import assert from 'node:assert/strict';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';

const [endpoint, UserPoolId, ClientId, Username, Password, expected] = process.argv.slice(2);
const pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint });
const user = new CognitoUser({ Username, Pool: pool });

const outcome = await new Promise(resolve => user.authenticateUser(
  new AuthenticationDetails({ Username, Password }),
  { onSuccess: session => resolve({ session }), onFailure: error => resolve({ error }) },
));

assert.equal(outcome.error?.code, expected);
if (!expected) assert.ok(outcome.session.isValid());
