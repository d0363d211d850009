import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import {
  byPassword, deadNumber, listed, otherPassword, password, person, registered, sms, thirdPassword, tokensOf,
  triggersFail, turnsAway, valueOf, wrong,
} from './fixtures.mjs';
import { place } from './places.mjs';

const history = { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 3 } } };

/** A user who is signed in. */
async function signedIn(walk, there, Username = 'ana', attributes = {}) {
  const whom = await person(walk, there, Username, attributes);
  const { AccessToken } = await tokensOf(walk, there, Username);
  return { ...whom, AccessToken };
}

/** What every operation is given beside the token. */
const whatHoldersDo = {
  GetUser: {},
  ChangePassword: { PreviousPassword: password, ProposedPassword: otherPassword },
  UpdateUserAttributes: { UserAttributes: listed({ name: 'Ana' }) },
  DeleteUserAttributes: { UserAttributeNames: ['name'] },
  GetUserAttributeVerificationCode: { AttributeName: 'email' },
  VerifyUserAttribute: { AttributeName: 'email', Code: '123456' },
  DeleteUser: {},
};

const holders = Object.entries(whatHoldersDo).map(([operation, more]) =>
  step(`${operation} turns away tokens that are forged, old, of a reset or of the deleted`, async walk => {
    const { AccessToken, ...whom } = await signedIn(walk, await place(walk));
    await turnsAway(walk, operation, { whom, AccessToken }, more);
  }));

const own = [
  step('GetUser shows what the client may read', async walk => {
    const there = await place(walk, {}, { ReadAttributes: ['name'] });
    const { AccessToken } = await signedIn(walk, there, 'ana', { name: 'Ana' });
    const { Username, UserAttributes } = await walk.call('GetUser', { AccessToken });
    assert.equal(Username, 'ana');
    assert.deepEqual(UserAttributes.map(attribute => attribute.Name).sort(), ['name', 'sub']);
  }),

  step('ChangePassword replaces the password', async walk => {
    const there = await place(walk);
    const { AccessToken } = await signedIn(walk, there);
    await walk.call('ChangePassword', {
      AccessToken, PreviousPassword: password, ProposedPassword: otherPassword,
    });
    await tokensOf(walk, there, 'ana', otherPassword);
    await walk.refused('InitiateAuth', 'NotAuthorizedException', byPassword(there, 'ana', password));
  }),

  step('ChangePassword refuses wrong, weak and remembered passwords, and too many tries', async walk => {
    const there = await place(walk, history);
    const { AccessToken } = await signedIn(walk, there);
    const refused = (error, PreviousPassword, ProposedPassword) =>
      walk.refused('ChangePassword', error, { AccessToken, PreviousPassword, ProposedPassword });
    await refused('NotAuthorizedException', thirdPassword, otherPassword);
    await refused('InvalidPasswordException', password, 'weak');
    for (let tries = 0; tries < 3; tries++) {
      await refused('PasswordHistoryPolicyViolationException', password, password);
    }
    await refused('LimitExceededException', password, otherPassword);
    await tokensOf(walk, there, 'ana', password);
  }),

  step('DeleteUser deletes the own account', async walk => {
    const there = await place(walk);
    const { AccessToken, ...whom } = await signedIn(walk, there);
    await walk.call('DeleteUser', { AccessToken });
    await walk.refused('AdminGetUser', 'UserNotFoundException', whom);
    await walk.refused('GetUser', 'UserNotFoundException', { AccessToken });
  }),
];

const forgot = [
  step('ForgotPassword sends a code, with which ConfirmForgotPassword sets a password', async walk => {
    const there = await place(walk);
    const { ClientId } = there;
    await person(walk, there, 'ana');
    const { answer, code } = await walk.messageTo('ana@example.com', () =>
      walk.call('ForgotPassword', { ClientId, Username: 'ana' }));
    assert.deepEqual(answer.CodeDeliveryDetails, {
      AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***',
    });
    await tokensOf(walk, there, 'ana', password);
    await walk.call('ConfirmForgotPassword', {
      ClientId, Username: 'ana', ConfirmationCode: code, Password: otherPassword,
    });
    await tokensOf(walk, there, 'ana', otherPassword);
  }),

  step('ForgotPassword refuses strangers, the disabled, those without address, and too many', async walk => {
    const there = await place(walk);
    const { ClientId } = there;
    const refused = (error, Username) => walk.refused('ForgotPassword', error, { ClientId, Username });
    await refused('UserNotFoundException', 'nobody');
    await walk.call('AdminDisableUser', await person(walk, there, 'bob'));
    await refused('NotAuthorizedException', 'bob');
    await registered(walk, there, 'cleo');
    await refused('InvalidParameterException', 'cleo');
    await person(walk, there, 'ana');
    for (let tries = 0; tries < 5; tries++) await walk.call('ForgotPassword', { ClientId, Username: 'ana' });
    await refused('LimitExceededException', 'ana');
  }),

  step('ForgotPassword tells that the message could not be delivered', async walk => {
    const there = await place(walk, { SmsConfiguration: sms });
    await person(walk, there, 'ana', { phone_number: deadNumber, phone_number_verified: 'true' });
    await walk.refused('ForgotPassword', 'CodeDeliveryFailureException', {
      ClientId: there.ClientId, Username: 'ana',
    });
  }),

  step('ForgotPassword tells how its trigger failed', async walk => {
    await triggersFail(walk, 'ForgotPassword', 'CustomMessage', async there => {
      await person(walk, there, 'ana');
      return { ClientId: there.ClientId, Username: 'ana' };
    });
  }),
];

/** A user who has been sent a code, and the confirmation with it. */
async function forgetful(walk, there, Username = 'ana') {
  const { ClientId } = there;
  const whom = await person(walk, there, Username);
  const { code } = await walk.messageTo(`${Username}@example.com`, () =>
    walk.call('ForgotPassword', { ClientId, Username }));
  return { whom, confirm: { ClientId, Username, ConfirmationCode: code, Password: otherPassword } };
}

const confirmForgot = [
  step('ConfirmForgotPassword refuses wrong and old codes, bad passwords and strangers', async walk => {
    const there = await place(walk, history);
    const { whom, confirm } = await forgetful(walk, there);
    const refused = (error, more) => walk.refused('ConfirmForgotPassword', error, { ...confirm, ...more });
    await refused('CodeMismatchException', { ConfirmationCode: wrong(confirm.ConfirmationCode) });
    await refused('InvalidPasswordException', { Password: 'weak' });
    await refused('PasswordHistoryPolicyViolationException', { Password: password });
    await refused('UserNotFoundException', { Username: 'nobody' });
    await refused('InvalidParameterException', { ConfirmationCode: 'with blanks' });
    await walk.later('PT2H', () => refused('ExpiredCodeException', {}));
    await walk.call('AdminDisableUser', whom);
    await refused('NotAuthorizedException', {});
    await walk.call('AdminEnableUser', whom);
    await walk.call('ConfirmForgotPassword', confirm);
    await refused('ExpiredCodeException', {});
  }),

  step('ConfirmForgotPassword stops those who guess', async walk => {
    const { confirm } = await forgetful(walk, await place(walk));
    const guess = { ...confirm, ConfirmationCode: wrong(confirm.ConfirmationCode) };
    for (let tries = 0; tries < 5; tries++) {
      await walk.refused('ConfirmForgotPassword', 'CodeMismatchException', guess);
    }
    await walk.refused('ConfirmForgotPassword', 'LimitExceededException', guess);
  }),

  step('ConfirmForgotPassword tells how its trigger failed, and has set the password', async walk => {
    await triggersFail(walk, 'ConfirmForgotPassword', 'PostConfirmation', async there =>
      (await forgetful(walk, there)).confirm);
  }),
];

const change = (walk, AccessToken, given) =>
  walk.call('UpdateUserAttributes', { AccessToken, UserAttributes: listed(given) });

const attributes = [
  step('UpdateUserAttributes writes what GetUser shows, and verifies a new address by a code', async walk => {
    const there = await place(walk);
    const { AccessToken } = await signedIn(walk, there);
    const { answer, code: Code } = await walk.messageTo('new@example.com', () =>
      change(walk, AccessToken, { name: 'Ana', email: 'new@example.com' }));
    assert.deepEqual(answer.CodeDeliveryDetailsList, [
      { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' },
    ]);
    const before = (await walk.call('GetUser', { AccessToken })).UserAttributes;
    assert.equal(valueOf(before, 'name'), 'Ana');
    assert.equal(valueOf(before, 'email'), 'new@example.com');
    assert.equal(valueOf(before, 'email_verified'), 'false');
    await walk.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code });
    const after = (await walk.call('GetUser', { AccessToken })).UserAttributes;
    assert.equal(valueOf(after, 'email_verified'), 'true');
  }),

  step('UpdateUserAttributes keeps the old address until the code, where the pool says so', async walk => {
    const there = await place(walk, {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    });
    const { AccessToken } = await signedIn(walk, there);
    const { code: Code } = await walk.messageTo('new@example.com', () =>
      change(walk, AccessToken, { email: 'new@example.com' }));
    const addressOf = async () =>
      valueOf((await walk.call('GetUser', { AccessToken })).UserAttributes, 'email');
    assert.equal(await addressOf(), 'ana@example.com');
    await walk.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code });
    assert.equal(await addressOf(), 'new@example.com');
  }),

  step('UpdateUserAttributes refuses what the client may not write and what is taken', async walk => {
    const there = await place(walk, { AliasAttributes: ['email'] }, { WriteAttributes: ['email', 'name'] });
    await person(walk, there, 'bob');
    const { AccessToken } = await signedIn(walk, there);
    const refused = (error, given) =>
      walk.refused('UpdateUserAttributes', error, { AccessToken, UserAttributes: listed(given) });
    await refused('NotAuthorizedException', { nickname: 'A' });
    await refused('InvalidParameterException', { email: 'no address' });
    await refused('AliasExistsException', { email: 'bob@example.com' });
  }),

  step('UpdateUserAttributes tells how its trigger failed', async walk => {
    await triggersFail(walk, 'UpdateUserAttributes', 'CustomMessage', async there => {
      const { AccessToken } = await signedIn(walk, there);
      return { AccessToken, UserAttributes: listed({ email: 'new@example.com' }) };
    });
  }),

  step('UpdateUserAttributes tells that the message could not be delivered', async walk => {
    const there = await place(walk, { AutoVerifiedAttributes: ['phone_number'], SmsConfiguration: sms });
    const { AccessToken } = await signedIn(walk, there);
    await walk.refused('UpdateUserAttributes', 'CodeDeliveryFailureException', {
      AccessToken, UserAttributes: listed({ phone_number: deadNumber }),
    });
  }),

  step('DeleteUserAttributes takes away what GetUser then lacks', async walk => {
    const there = await place(walk);
    const { AccessToken } = await signedIn(walk, there, 'ana', { name: 'Ana' });
    await walk.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['name', 'email'] });
    const { UserAttributes } = await walk.call('GetUser', { AccessToken });
    assert.deepEqual(UserAttributes.map(attribute => attribute.Name), ['sub']);
  }),

  step('DeleteUserAttributes spares what the pool requires and the client may not write', async walk => {
    const required = { Schema: [{ Name: 'name', Required: true, Mutable: true }] };
    const there = await place(walk, required, { WriteAttributes: ['name'] });
    const { AccessToken } = await signedIn(walk, there, 'ana', { name: 'Ana', nickname: 'A' });
    const refused = (error, name) =>
      walk.refused('DeleteUserAttributes', error, { AccessToken, UserAttributeNames: [name] });
    await refused('InvalidParameterException', 'name');
    await refused('NotAuthorizedException', 'nickname');
  }),
];

const ask = (walk, AccessToken, AttributeName = 'email') =>
  walk.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName });

const verification = [
  step('GetUserAttributeVerificationCode sends the code for VerifyUserAttribute', async walk => {
    const there = await place(walk);
    const { AccessToken, ...whom } = await signedIn(walk, there, 'ana', { email_verified: 'false' });
    const { answer, code: Code } = await walk.messageTo('ana@example.com', () => ask(walk, AccessToken));
    assert.deepEqual(answer.CodeDeliveryDetails, {
      AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***',
    });
    await walk.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code });
    const { UserAttributes } = await walk.call('AdminGetUser', whom);
    assert.equal(valueOf(UserAttributes, 'email_verified'), 'true');
  }),

  step('GetUserAttributeVerificationCode refuses what is no address, or missing, or too many', async walk => {
    const there = await place(walk);
    const { AccessToken } = await signedIn(walk, there);
    for (const AttributeName of ['name', 'phone_number']) {
      await walk.refused('GetUserAttributeVerificationCode', 'InvalidParameterException', {
        AccessToken, AttributeName,
      });
    }
    for (let tries = 0; tries < 5; tries++) await ask(walk, AccessToken);
    await walk.refused('GetUserAttributeVerificationCode', 'LimitExceededException', {
      AccessToken, AttributeName: 'email',
    });
  }),

  step('GetUserAttributeVerificationCode tells that the message could not be delivered', async walk => {
    const there = await place(walk, { SmsConfiguration: sms });
    const { AccessToken } = await signedIn(walk, there, 'ana', { phone_number: deadNumber });
    await walk.refused('GetUserAttributeVerificationCode', 'CodeDeliveryFailureException', {
      AccessToken, AttributeName: 'phone_number',
    });
  }),

  step('GetUserAttributeVerificationCode tells how its trigger failed', async walk => {
    await triggersFail(walk, 'GetUserAttributeVerificationCode', 'CustomMessage', async there => {
      const { AccessToken } = await signedIn(walk, there);
      return { AccessToken, AttributeName: 'email' };
    });
  }),

  step('VerifyUserAttribute refuses wrong, old and used codes, and stops those who guess', async walk => {
    const there = await place(walk);
    const { AccessToken } = await signedIn(walk, there);
    const { code: Code } = await walk.messageTo('ana@example.com', () => ask(walk, AccessToken));
    const verify = { AccessToken, AttributeName: 'email', Code };
    const refused = (error, more) => walk.refused('VerifyUserAttribute', error, { ...verify, ...more });
    await refused('InvalidParameterException', { AttributeName: 'name' });
    await refused('ExpiredCodeException', { AttributeName: 'phone_number' });
    await walk.call('VerifyUserAttribute', verify);
    await refused('ExpiredCodeException', {});
    const { code: next } = await walk.messageTo('ana@example.com', () => ask(walk, AccessToken));
    for (let tries = 0; tries < 5; tries++) await refused('CodeMismatchException', { Code: wrong(next) });
    await refused('LimitExceededException', { Code: next });
  }),

  step('VerifyUserAttribute leaves an address to whom it belongs', async walk => {
    const there = await place(walk, { AliasAttributes: ['email'] });
    const { AccessToken } = await signedIn(walk, there, 'ana', {
      email: 'shared@example.com', email_verified: 'false',
    });
    const { code: Code } = await walk.messageTo('shared@example.com', () => ask(walk, AccessToken));
    await person(walk, there, 'bob', { email: 'shared@example.com' });
    await walk.refused('VerifyUserAttribute', 'AliasExistsException', {
      AccessToken, AttributeName: 'email', Code,
    });
  }),
];

export default area('account', [holders, own, forgot, confirmForgot, attributes, verification]);
