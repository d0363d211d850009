import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import {
  arnOf, byPassword, deadNumber, listed, password, person, registered, sms, triggersFail, valueOf, wrong,
} from './fixtures.mjs';
import { place } from './places.mjs';

const newcomer = ({ ClientId }, Username = 'ana', attributes = {}) => ({
  ClientId, Username, Password: password,
  UserAttributes: listed({ email: `${Username}@example.com`, ...attributes }),
});

const statusOf = async (walk, { UserPoolId }, Username) =>
  (await walk.call('AdminGetUser', { UserPoolId, Username })).UserStatus;

/** A pool whose people get text messages. */
const texting = walk => place(walk, { AutoVerifiedAttributes: ['phone_number'], SmsConfiguration: sms });

const signUp = [
  step('SignUp makes an unconfirmed user and sends a code', async walk => {
    const there = await place(walk);
    const { answer, code } = await walk.messageTo('ana@example.com', () =>
      walk.call('SignUp', newcomer(there, 'ana', { name: 'Ana' })));
    assert.equal(answer.UserConfirmed, false);
    assert.deepEqual(answer.CodeDeliveryDetails, {
      AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***',
    });
    assert.match(code, /^\d{6}$/);
    const user = await walk.call('AdminGetUser', { UserPoolId: there.UserPoolId, Username: 'ana' });
    assert.equal(user.UserStatus, 'UNCONFIRMED');
    assert.equal(valueOf(user.UserAttributes, 'name'), 'Ana');
    assert.equal(valueOf(user.UserAttributes, 'sub'), answer.UserSub);
    await walk.refused('InitiateAuth', 'UserNotConfirmedException', byPassword(there, 'ana'));
  }),

  step('SignUp confirms at once whom the trigger trusts', async walk => {
    const there = await place(walk, { LambdaConfig: { PreSignUp: arnOf('confirms') } });
    const answer = await walk.call('SignUp', newcomer(there));
    assert.equal(answer.UserConfirmed, true);
    assert.equal(await statusOf(walk, there, 'ana'), 'CONFIRMED');
  }),

  step('SignUp refuses names taken, weak passwords, unknown attributes and closed pools', async walk => {
    const there = await place(walk);
    await walk.call('SignUp', newcomer(there));
    await walk.refused('SignUp', 'UsernameExistsException', newcomer(there));
    await walk.refused('SignUp', 'InvalidPasswordException', { ...newcomer(there, 'bob'), Password: 'weak' });
    await walk.refused('SignUp', 'InvalidParameterException', newcomer(there, 'bob', { 'custom:none': '1' }));
    await walk.refused('AdminGetUser', 'UserNotFoundException', {
      UserPoolId: there.UserPoolId, Username: 'bob',
    });
    const closed = await place(walk, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    await walk.refused('SignUp', 'NotAuthorizedException', newcomer(closed));
  }),

  step('SignUp keeps the user whose message could not be delivered', async walk => {
    const there = await texting(walk);
    await walk.refused('SignUp', 'CodeDeliveryFailureException',
      newcomer(there, 'ana', { phone_number: deadNumber }));
    assert.equal(await statusOf(walk, there, 'ana'), 'UNCONFIRMED');
  }),

  step('SignUp tells how its trigger failed', async walk => {
    await triggersFail(walk, 'SignUp', 'PreSignUp', there => newcomer(there));
  }),
];

const confirm = [
  step('ConfirmSignUp confirms the user and the address', async walk => {
    const there = await place(walk);
    const ConfirmationCode = await registered(walk, there, 'ana');
    await walk.call('ConfirmSignUp', { ClientId: there.ClientId, Username: 'ana', ConfirmationCode });
    const user = await walk.call('AdminGetUser', { UserPoolId: there.UserPoolId, Username: 'ana' });
    assert.equal(user.UserStatus, 'CONFIRMED');
    assert.equal(valueOf(user.UserAttributes, 'email_verified'), 'true');
    const { AuthenticationResult } = await walk.call('InitiateAuth', byPassword(there, 'ana'));
    assert.ok(AuthenticationResult.IdToken);
  }),

  step('ConfirmSignUp refuses wrong, old and needless codes, and strangers', async walk => {
    const there = await place(walk);
    const { ClientId } = there;
    const code = await registered(walk, there, 'ana');
    const confirm = { ClientId, Username: 'ana' };
    const refused = (error, ConfirmationCode, more) =>
      walk.refused('ConfirmSignUp', error, { ...confirm, ConfirmationCode, ...more });
    await refused('CodeMismatchException', wrong(code));
    await walk.later('PT25H', () => refused('ExpiredCodeException', code));
    await refused('UserNotFoundException', code, { Username: 'nobody' });
    await refused('InvalidParameterException', 'with blanks');
    await walk.call('ConfirmSignUp', { ...confirm, ConfirmationCode: code });
    await refused('NotAuthorizedException', code);
  }),

  step('ConfirmSignUp stops those who guess', async walk => {
    const there = await place(walk);
    const ConfirmationCode = wrong(await registered(walk, there, 'ana'));
    const guess = { ClientId: there.ClientId, Username: 'ana', ConfirmationCode };
    for (let tries = 0; tries < 5; tries++) {
      await walk.refused('ConfirmSignUp', 'CodeMismatchException', guess);
    }
    await walk.refused('ConfirmSignUp', 'LimitExceededException', guess);
  }),

  step('ConfirmSignUp leaves an address to whom it belongs, unless forced', async walk => {
    const there = await place(walk, { AliasAttributes: ['email'] });
    await person(walk, there, 'first', { email: 'shared@example.com' });
    const ConfirmationCode = await registered(walk, there, 'second', { email: 'shared@example.com' });
    const confirm = { ClientId: there.ClientId, Username: 'second', ConfirmationCode };
    await walk.refused('ConfirmSignUp', 'AliasExistsException', confirm);
    await walk.call('ConfirmSignUp', { ...confirm, ForceAliasCreation: true });
    const { Username } = await walk.call('AdminGetUser', {
      UserPoolId: there.UserPoolId, Username: 'shared@example.com',
    });
    assert.equal(Username, 'second');
  }),

  step('ConfirmSignUp tells how its trigger failed, and has confirmed', async walk => {
    await triggersFail(walk, 'ConfirmSignUp', 'PostConfirmation', async there => ({
      ClientId: there.ClientId, Username: 'ana', ConfirmationCode: await registered(walk, there, 'ana'),
    }));
  }),
];

const resend = [
  step('ResendConfirmationCode sends another code, which replaces the first', async walk => {
    const there = await place(walk);
    const { ClientId } = there;
    const first = await registered(walk, there, 'ana');
    const { answer, code } = await walk.messageTo('ana@example.com', () =>
      walk.call('ResendConfirmationCode', { ClientId, Username: 'ana' }));
    assert.equal(answer.CodeDeliveryDetails.Destination, 'a***@e***');
    const confirm = { ClientId, Username: 'ana' };
    if (first !== code) {
      await walk.refused('ConfirmSignUp', 'CodeMismatchException', { ...confirm, ConfirmationCode: first });
    }
    await walk.call('ConfirmSignUp', { ...confirm, ConfirmationCode: code });
    await walk.refused('ResendConfirmationCode', 'InvalidParameterException', confirm);
  }),

  step('ResendConfirmationCode refuses strangers, those with nothing to verify, and too many', async walk => {
    const there = await place(walk);
    const { ClientId } = there;
    await walk.refused('ResendConfirmationCode', 'UserNotFoundException', { ClientId, Username: 'nobody' });
    await registered(walk, there, 'ana');
    const again = { ClientId, Username: 'ana' };
    for (let tries = 0; tries < 5; tries++) await walk.call('ResendConfirmationCode', again);
    await walk.refused('ResendConfirmationCode', 'LimitExceededException', again);
    await walk.call('SignUp', { ClientId, Username: 'bob', Password: password });
    await walk.refused('ResendConfirmationCode', 'NotAuthorizedException', { ClientId, Username: 'bob' });
  }),

  step('ResendConfirmationCode tells that the message could not be delivered', async walk => {
    const there = await texting(walk);
    await walk.attempt('SignUp', newcomer(there, 'ana', { phone_number: deadNumber }));
    await walk.refused('ResendConfirmationCode', 'CodeDeliveryFailureException', {
      ClientId: there.ClientId, Username: 'ana',
    });
  }),

  step('ResendConfirmationCode tells how its trigger failed', async walk => {
    await triggersFail(walk, 'ResendConfirmationCode', 'CustomMessage', async there => {
      // The registration stands, although its own message could not be worded either.
      await walk.attempt('SignUp', newcomer(there));
      return { ClientId: there.ClientId, Username: 'ana' };
    });
  }),
];

const byAdministrator = [
  step('AdminConfirmSignUp confirms without a code and verifies nothing', async walk => {
    const there = await place(walk);
    const whom = { UserPoolId: there.UserPoolId, Username: 'ana' };
    await registered(walk, there, 'ana');
    await walk.call('AdminConfirmSignUp', whom);
    const user = await walk.call('AdminGetUser', whom);
    assert.equal(user.UserStatus, 'CONFIRMED');
    assert.notEqual(valueOf(user.UserAttributes, 'email_verified'), 'true');
    await walk.refused('AdminConfirmSignUp', 'NotAuthorizedException', whom);
    await walk.refused('AdminConfirmSignUp', 'UserNotFoundException', { ...whom, Username: 'nobody' });
  }),

  step('AdminConfirmSignUp tells how its trigger failed', async walk => {
    await triggersFail(walk, 'AdminConfirmSignUp', 'PostConfirmation', async there => {
      await registered(walk, there, 'ana');
      return { UserPoolId: there.UserPoolId, Username: 'ana' };
    });
  }),
];

export default area('registration', [signUp, confirm, resend, byAdministrator]);
