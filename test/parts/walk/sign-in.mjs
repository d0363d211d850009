import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import {
  hidingClient, listed, otherPassword, password, person, registered, secretHash, sms, thirdPassword, tokensOf,
  triggersFail, wrong,
} from './fixtures.mjs';
import { place } from './places.mjs';
import { beginSrp } from './srp.mjs';

/** The two ways in: of a user, and of a server on the user's behalf. */
export const ways = [
  {
    begin: 'InitiateAuth', answer: 'RespondToAuthChallenge', flow: 'USER_PASSWORD_AUTH',
    whose: ({ ClientId }) => ({ ClientId }),
  },
  {
    begin: 'AdminInitiateAuth', answer: 'AdminRespondToAuthChallenge', flow: 'ADMIN_USER_PASSWORD_AUTH',
    whose: ({ UserPoolId, ClientId }) => ({ UserPoolId, ClientId }),
  },
];

export const withPassword = ({ flow, whose }, there, USERNAME, PASSWORD = password) => ({
  ...whose(there), AuthFlow: flow, AuthParameters: { USERNAME, PASSWORD },
});

/** A pool that remembers passwords. */
const remembering = { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } } };

/** A pool that demands a second factor, of which it knows text messages alone. */
const demanding = { MfaConfiguration: 'ON', SmsConfiguration: sms, AutoVerifiedAttributes: ['phone_number'] };

/** A user who has to choose a password, and the answer that does. */
async function invited(walk, way, there, Username, attributes = {}) {
  await walk.call('AdminCreateUser', {
    UserPoolId: there.UserPoolId, Username, TemporaryPassword: password, MessageAction: 'SUPPRESS',
    UserAttributes: listed(attributes),
  });
  const { ChallengeName, Session } = await walk.call(way.begin, withPassword(way, there, Username));
  assert.equal(ChallengeName, 'NEW_PASSWORD_REQUIRED');
  return {
    ...way.whose(there), ChallengeName, Session,
    ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: otherPassword },
  };
}

/** A sign-in by SRP up to the proof. */
async function srpBegun(walk, way, there, USERNAME) {
  const srp = beginSrp();
  const { ChallengeName, ChallengeParameters } = await walk.call(way.begin, {
    ...way.whose(there), AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME, SRP_A: srp.A },
  });
  assert.equal(ChallengeName, 'PASSWORD_VERIFIER');
  return {
    ...way.whose(there), ChallengeName,
    ChallengeResponses: srp.answer(there.UserPoolId, ChallengeParameters, password),
  };
}

const beginning = way => [
  step(`${way.begin} gives tokens for a password and for a refresh token`, async walk => {
    const there = await place(walk);
    await person(walk, there, 'ana');
    const { AuthenticationResult: tokens } = await walk.call(way.begin, withPassword(way, there, 'ana'));
    assert.equal(tokens.TokenType, 'Bearer');
    assert.equal(tokens.ExpiresIn, 3600);
    assert.equal((await walk.call('GetUser', { AccessToken: tokens.AccessToken })).Username, 'ana');
    const { AuthenticationResult: renewed } = await walk.call(way.begin, {
      ...way.whose(there), AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
    });
    assert.equal(renewed.RefreshToken, undefined);
    assert.equal((await walk.call('GetUser', { AccessToken: renewed.AccessToken })).Username, 'ana');
  }),

  step(`${way.begin} asks a client with a secret for the hash`, async walk => {
    const there = await place(walk, {}, { GenerateSecret: true });
    await person(walk, there, 'ana');
    const input = withPassword(way, there, 'ana');
    const SECRET_HASH = secretHash('ana', there.ClientId, there.ClientSecret);
    const { AuthenticationResult } = await walk.call(way.begin, {
      ...input, AuthParameters: { ...input.AuthParameters, SECRET_HASH },
    });
    assert.ok(AuthenticationResult);
    await walk.refused(way.begin, 'NotAuthorizedException', input);
  }),

  step(`${way.begin} refuses whoever may not sign in`, async walk => {
    const there = await place(walk);
    const refused = (error, name, pass) =>
      walk.refused(way.begin, error, withPassword(way, there, name, pass));
    const ana = await person(walk, there, 'ana');
    await refused('NotAuthorizedException', 'ana', thirdPassword);
    await refused('UserNotFoundException', 'nobody');
    await registered(walk, there, 'bob');
    await refused('UserNotConfirmedException', 'bob');
    await walk.call('AdminResetUserPassword', ana);
    await refused('PasswordResetRequiredException', 'ana');
    await walk.refused(way.begin, 'InvalidParameterException', {
      ...way.whose(there), AuthFlow: 'CUSTOM_AUTH',
    });
    await walk.refused(way.begin, 'ResourceNotFoundException', {
      ...withPassword(way, there, 'ana'), ClientId: 'nosuchclient',
    });
  }),

  step(
    `${way.begin} tells how its trigger failed`,
    walk => triggersFail(walk, way.begin, 'PreAuthentication', async there => {
      await person(walk, there, 'ana');
      return withPassword(way, there, 'ana');
    })),
];

const answering = way => [
  step(`${way.answer} lets a new user choose a password`, async walk => {
    const there = await place(walk);
    const answer = await invited(walk, way, there, 'ana');
    const { AuthenticationResult } = await walk.call(way.answer, answer);
    assert.equal((await walk.call('GetUser', AuthenticationResult)).Username, 'ana');
    await tokensOf(walk, there, 'ana', otherPassword);
    await walk.refused(way.answer, 'NotAuthorizedException', answer);
  }),

  step(`${way.answer} takes the proof of SRP once`, async walk => {
    const there = await place(walk);
    await person(walk, there, 'ana');
    const proof = await srpBegun(walk, way, there, 'ana');
    const { AuthenticationResult } = await walk.call(way.answer, proof);
    assert.equal((await walk.call('GetUser', AuthenticationResult)).Username, 'ana');
    await walk.refused(way.answer, 'NotAuthorizedException', proof);
  }),

  step(`${way.answer} refuses weak and remembered passwords and sessions of its own making`, async walk => {
    const there = await place(walk, remembering);
    const answer = await invited(walk, way, there, 'ana');
    const refused = (error, responses, more) => walk.refused(way.answer, error, {
      ...answer, ...more, ChallengeResponses: { ...answer.ChallengeResponses, ...responses },
    });
    await refused('InvalidPasswordException', { NEW_PASSWORD: 'weak' });
    await refused('PasswordHistoryPolicyViolationException', { NEW_PASSWORD: password });
    await refused('NotAuthorizedException', {}, { Session: 'x'.repeat(60) });
    await refused('InvalidParameterException', {}, { Session: undefined });
    await refused('ResourceNotFoundException', {}, { ClientId: 'nosuchclient' });
    await walk.later('PT4M', () => refused('NotAuthorizedException'));
    await walk.call(way.answer, answer);
  }),

  step(`${way.answer} refuses with the right password who was reset or is not confirmed`, async walk => {
    const there = await place(walk);
    const ana = await person(walk, there, 'ana');
    const proof = await srpBegun(walk, way, there, 'ana');
    await walk.call('AdminResetUserPassword', ana);
    await walk.refused(way.answer, 'PasswordResetRequiredException', proof);
    await registered(walk, there, 'bob');
    const discreet = await hidingClient(walk, there);
    await walk.refused(way.answer, 'UserNotConfirmedException', await srpBegun(walk, way, discreet, 'bob'));
  }),

  step(`${way.answer} leaves an address to whom it belongs`, async walk => {
    const there = await place(walk, {
      UsernameAttributes: ['email', 'phone_number'], AutoVerifiedAttributes: ['email'],
    });
    await walk.call('AdminCreateUser', {
      UserPoolId: there.UserPoolId, Username: 'bob@example.com', MessageAction: 'SUPPRESS',
    });
    const answer = await invited(walk, way, there, '+15005550001');
    await walk.refused(way.answer, 'AliasExistsException', {
      ...answer,
      ChallengeResponses: { ...answer.ChallengeResponses, 'userAttributes.email': 'bob@example.com' },
    });
  }),

  step(
    `${way.answer} takes a code that was sent as second factor`, async walk => {
      const there = await place(walk, demanding);
      await person(walk, there, 'ana', { phone_number: '+15005550002' });
      const { answer: { ChallengeName, Session }, code } = await walk.messageTo('+15005550002', () =>
        walk.call(way.begin, withPassword(way, there, 'ana')));
      assert.equal(ChallengeName, 'SMS_MFA');
      const input = SMS_MFA_CODE => (
        {
          ...way.whose(there), ChallengeName, Session, ChallengeResponses: { USERNAME: 'ana', SMS_MFA_CODE },
        });
      await walk.refused(way.answer, 'CodeMismatchException', input(wrong(code)));
      const { AuthenticationResult } = await walk.call(way.answer, input(code));
      assert.equal((await walk.call('GetUser', AuthenticationResult)).Username, 'ana');
      await walk.refused(way.answer, 'NotAuthorizedException', input(code));
    }),

  step(
    `${way.answer} sets up no second factor that the pool does not know`, async walk => {
      const there = await place(walk, demanding);
      await person(walk, there, 'ana');
      const { ChallengeName, Session } = await walk.call(way.begin, withPassword(way, there, 'ana'));
      assert.equal(ChallengeName, 'MFA_SETUP');
      await walk.refused(way.answer, 'MFAMethodNotFoundException', {
        ...way.whose(there), ChallengeName, Session,
        ChallengeResponses: { USERNAME: 'ana', EMAIL: 'ana@example.com' },
      });
    }),

  step(
    `${way.answer} tells how its trigger failed`,
    walk => triggersFail(walk, way.answer, 'PostAuthentication', there => invited(walk, way, there, 'ana'))),
];

export default area('sign-in', ways.flatMap(way => [...beginning(way), ...answering(way)]));
