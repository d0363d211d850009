/** Users to walk about with, and what is done with them again and again. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { place } from './places.mjs';

export const password = 'First-Passw0rd!';
export const otherPassword = 'Later-Passw0rd!';
export const thirdPassword = 'Third-Passw0rd!';

/** A number to which the stand-in for an SMS gateway delivers nothing. */
export const deadNumber = '+15005550099';

/** For a pool that writes to phone numbers. */
export const sms = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'walk' };

/** What a trigger that does not work is answered with, by the function's name. */
export const brokenTriggers = {
  refuses: 'UserLambdaValidationException',
  rubbish: 'InvalidLambdaResponseException',
  missing: 'UnexpectedLambdaException',
};

export const arnOf = name => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** `{ email: 'a@b' }` as the service lists attributes. */
export const listed = attributes => Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** The value of an attribute in such a list. */
export const valueOf = (list, name) => list.find(attribute => attribute.Name === name)?.Value;

export const secretHash = (username, clientId, secret) =>
  createHmac('sha256', secret).update(username + clientId).digest('base64');

/** Six digits that are not the code. */
export const wrong = code => (code === '111111' ? '222222' : '111111');

/** The same pool through a client that hides who has an account. */
export async function hidingClient(walk, { UserPoolId }) {
  const { UserPoolClient } = await walk.call('CreateUserPoolClient', {
    UserPoolId, ClientName: 'hiding', PreventUserExistenceErrors: 'ENABLED',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  return { UserPoolId, ClientId: UserPoolClient.ClientId };
}

/** A confirmed user with a password and a verified address; the address comes from the name. */
export async function person(walk, { UserPoolId }, Username, attributes = {}) {
  const all = { email: `${Username}@example.com`, email_verified: 'true', ...attributes };
  const { User } = await walk.call('AdminCreateUser', {
    UserPoolId, Username, MessageAction: 'SUPPRESS', UserAttributes: listed(all),
  });
  await walk.call('AdminSetUserPassword', {
    UserPoolId, Username: User.Username, Password: password, Permanent: true,
  });
  return { UserPoolId, Username: User.Username };
}

/** The parameters of a sign-in by password. */
export const byPassword = ({ ClientId }, USERNAME, PASSWORD = password) => ({
  ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD },
});

/** A user's tokens. */
export async function tokensOf(walk, where, Username, Password = password) {
  const answer = await walk.call('InitiateAuth', byPassword(where, Username, Password));
  assert.ok(answer.AuthenticationResult, `${Username} did not get tokens but ${answer.ChallengeName}`);
  return answer.AuthenticationResult;
}

/** Signs somebody up who is not confirmed yet; the code that was sent. */
export async function registered(walk, { ClientId }, Username, attributes = {}) {
  const all = { email: `${Username}@example.com`, ...attributes };
  const { code } = await walk.messageTo(all.phone_number ?? all.email, () => walk.call('SignUp', {
    ClientId, Username, Password: password, UserAttributes: listed(all),
  }));
  return code;
}

/** Tries each way in which a trigger can fail, in a pool of its own. */
export async function triggersFail(walk, operation, trigger, inputIn, pool = {}) {
  for (const [name, error] of Object.entries(brokenTriggers)) {
    const there = await place(walk, { ...pool, LambdaConfig: { [trigger]: arnOf(name) } });
    const message = await walk.refused(operation, error, await inputIn(there));
    assert.match(message, name === 'rubbish' ? /lambda/i : new RegExp(`^${trigger} `), message);
  }
}

/** Tries tokens that no longer open an operation, or never did; afterwards the user is gone. */
export async function turnsAway(walk, operation, { whom, AccessToken }, more) {
  const refused = (error, token) => walk.refused(operation, error, { AccessToken: token, ...more });
  const declared = error => (walk.declares(operation, error) ? error : 'NotAuthorizedException');
  const [head, claims, signature] = AccessToken.split('.');
  await refused('NotAuthorizedException', [head, claims, `${signature.slice(0, -4)}AAAA`].join('.'));
  await refused('InvalidParameterException', 'no token');
  await walk.later('PT2H', () => refused('NotAuthorizedException', AccessToken));
  await walk.call('AdminResetUserPassword', whom);
  await refused(declared('PasswordResetRequiredException'), AccessToken);
  await walk.call('AdminDeleteUser', whom);
  await refused(declared('UserNotFoundException'), AccessToken);
}

export function mustBeRecent(date) {
  assert.ok(date instanceof Date, `no instant: ${date}`);
  assert.ok(Math.abs(date - Date.now()) < 300_000, `not a recent instant: ${date}`);
}

/** Does something so many times, a few of them at once. */
export async function atATime(few, count, done) {
  let left = count;
  await Promise.all(Array.from({ length: few }, async () => {
    while (left-- > 0) await done();
  }));
}
