import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import {
  byPassword, deadNumber, listed, mustBeRecent, otherPassword, password, person, registered, sms, tokensOf,
  triggersFail, valueOf,
} from './fixtures.mjs';
import { place } from './places.mjs';

const seen = (walk, { UserPoolId }, Username) => walk.call('AdminGetUser', { UserPoolId, Username });
const history = { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } } };

const create = [
  step('AdminCreateUser makes a user and sends the invitation', async walk => {
    const there = await place(walk);
    const { answer: { User: user }, body } = await walk.messageTo('ana@example.com', () =>
      walk.call('AdminCreateUser', {
        UserPoolId: there.UserPoolId, Username: 'ana', DesiredDeliveryMediums: ['EMAIL'],
        TemporaryPassword: password,
        UserAttributes: listed({ email: 'ana@example.com', email_verified: 'true', name: 'Ana' }),
      }));
    assert.ok(body.includes('ana') && body.includes(password), 'no invitation');
    assert.equal(user.UserStatus, 'FORCE_CHANGE_PASSWORD');
    assert.equal(user.Enabled, true);
    mustBeRecent(user.UserCreateDate);
    const known = await seen(walk, there, 'ana');
    assert.equal(known.UserStatus, 'FORCE_CHANGE_PASSWORD');
    assert.equal(valueOf(known.UserAttributes, 'name'), 'Ana');
    const { ChallengeName } = await walk.call('InitiateAuth', byPassword(there, 'ana'));
    assert.equal(ChallengeName, 'NEW_PASSWORD_REQUIRED');
  }),

  step('AdminCreateUser renews an invitation, for whom it makes sense', async walk => {
    const there = await place(walk);
    const again = { UserPoolId: there.UserPoolId, Username: 'ana', MessageAction: 'RESEND' };
    await walk.refused('AdminCreateUser', 'UserNotFoundException', again);
    await walk.call('AdminCreateUser', {
      ...again, MessageAction: 'SUPPRESS', UserAttributes: listed({ email: 'ana@example.com' }),
    });
    const { body } = await walk.messageTo('ana@example.com', () => walk.call('AdminCreateUser', {
      ...again, DesiredDeliveryMediums: ['EMAIL'], TemporaryPassword: otherPassword,
    }));
    assert.ok(body.includes(otherPassword));
    await walk.call('InitiateAuth', byPassword(there, 'ana', otherPassword));
    await walk.call('AdminSetUserPassword', {
      UserPoolId: there.UserPoolId, Username: 'ana', Password: password, Permanent: true,
    });
    await walk.refused('AdminCreateUser', 'UnsupportedUserStateException', again);
  }),

  step('AdminCreateUser refuses names taken, weak passwords and messages to nowhere', async walk => {
    const { UserPoolId } = await place(walk);
    const ana = { UserPoolId, Username: 'ana' };
    await walk.call('AdminCreateUser', { ...ana, MessageAction: 'SUPPRESS' });
    await walk.refused('AdminCreateUser', 'UsernameExistsException', ana);
    const bob = { UserPoolId, Username: 'bob' };
    await walk.refused('AdminCreateUser', 'InvalidPasswordException', { ...bob, TemporaryPassword: 'weak' });
    await walk.refused('AdminCreateUser', 'InvalidParameterException', {
      ...bob, DesiredDeliveryMediums: ['EMAIL'],
    });
    await walk.refused('AdminGetUser', 'UserNotFoundException', bob);
  }),

  step('AdminCreateUser leaves an address to whom it belongs, unless forced', async walk => {
    const there = await place(walk, { AliasAttributes: ['email'] });
    await person(walk, there, 'first', { email: 'shared@example.com' });
    const second = {
      UserPoolId: there.UserPoolId, Username: 'second', MessageAction: 'SUPPRESS',
      UserAttributes: listed({ email: 'shared@example.com', email_verified: 'true' }),
    };
    await walk.refused('AdminCreateUser', 'AliasExistsException', second);
    await walk.call('AdminCreateUser', { ...second, ForceAliasCreation: true });
    assert.equal((await seen(walk, there, 'shared@example.com')).Username, 'second');
    const first = await seen(walk, there, 'first');
    assert.equal(valueOf(first.UserAttributes, 'email_verified'), 'false');
  }),

  step('AdminCreateUser keeps the user whose invitation could not be delivered', async walk => {
    const there = await place(walk, { SmsConfiguration: sms });
    await walk.refused('AdminCreateUser', 'CodeDeliveryFailureException', {
      UserPoolId: there.UserPoolId, Username: 'ana', DesiredDeliveryMediums: ['SMS'],
      UserAttributes: listed({ phone_number: deadNumber }),
    });
    assert.equal((await seen(walk, there, 'ana')).UserStatus, 'FORCE_CHANGE_PASSWORD');
  }),

  step('AdminCreateUser tells how its trigger failed', async walk => {
    await triggersFail(walk, 'AdminCreateUser', 'PreSignUp', ({ UserPoolId }) => (
      { UserPoolId, Username: 'ana', MessageAction: 'SUPPRESS' }));
  }),
];

const attributes = [
  step('AdminUpdateUserAttributes writes what AdminGetUser shows', async walk => {
    const there = await place(walk);
    const ana = await person(walk, there, 'ana');
    await walk.call('AdminUpdateUserAttributes', {
      ...ana, UserAttributes: listed({ name: 'Ana', email: 'new@example.com', email_verified: 'true' }),
    });
    const { UserAttributes } = await seen(walk, there, 'ana');
    assert.equal(valueOf(UserAttributes, 'name'), 'Ana');
    assert.equal(valueOf(UserAttributes, 'email'), 'new@example.com');
    assert.equal(valueOf(UserAttributes, 'email_verified'), 'true');
  }),

  step('AdminUpdateUserAttributes refuses unknown attributes and addresses of others', async walk => {
    const there = await place(walk, { AliasAttributes: ['email'] });
    const [ana, bob] = [await person(walk, there, 'ana'), await person(walk, there, 'bob')];
    const refused = (error, given) =>
      walk.refused('AdminUpdateUserAttributes', error, { ...ana, UserAttributes: listed(given) });
    await refused('InvalidParameterException', { 'custom:none': '1' });
    await refused('InvalidParameterException', { sub: 'another' });
    await refused('AliasExistsException', { email: `${bob.Username}@example.com`, email_verified: 'true' });
    assert.equal(valueOf((await seen(walk, there, 'ana')).UserAttributes, 'email'), 'ana@example.com');
  }),

  step('AdminUpdateUserAttributes tells how its trigger failed', async walk => {
    await triggersFail(walk, 'AdminUpdateUserAttributes', 'CustomMessage', async there => ({
      ...await person(walk, there, 'ana'), UserAttributes: listed({ email: 'new@example.com' }),
    }));
  }),

  step('AdminDeleteUserAttributes takes away what AdminGetUser then lacks', async walk => {
    const there = await place(walk);
    const ana = await person(walk, there, 'ana', { name: 'Ana' });
    await walk.call('AdminDeleteUserAttributes', {
      ...ana, UserAttributeNames: ['name', 'email', 'nickname'],
    });
    const { UserAttributes } = await seen(walk, there, 'ana');
    const names = UserAttributes.map(attribute => attribute.Name);
    assert.deepEqual(names, ['sub']);
  }),

  step('AdminDeleteUserAttributes spares what the pool requires', async walk => {
    const there = await place(walk, { Schema: [{ Name: 'name', Required: true, Mutable: true }] });
    const ana = await person(walk, there, 'ana', { name: 'Ana' });
    for (const name of ['name', 'sub', 'custom:none']) {
      await walk.refused('AdminDeleteUserAttributes', 'InvalidParameterException', {
        ...ana, UserAttributeNames: [name],
      });
    }
    assert.equal(valueOf((await seen(walk, there, 'ana')).UserAttributes, 'name'), 'Ana');
  }),
];

const passwords = [
  step('AdminSetUserPassword gives a lasting or a temporary password', async walk => {
    const there = await place(walk);
    const ana = await person(walk, there, 'ana');
    await walk.call('AdminSetUserPassword', { ...ana, Password: otherPassword, Permanent: true });
    await tokensOf(walk, there, 'ana', otherPassword);
    await walk.call('AdminSetUserPassword', { ...ana, Password: password });
    assert.equal((await seen(walk, there, 'ana')).UserStatus, 'FORCE_CHANGE_PASSWORD');
  }),

  step('AdminSetUserPassword refuses weak and remembered passwords', async walk => {
    const there = await place(walk, history);
    const ana = await person(walk, there, 'ana');
    await walk.refused('AdminSetUserPassword', 'InvalidPasswordException', { ...ana, Password: 'weak' });
    await walk.refused('AdminSetUserPassword', 'PasswordHistoryPolicyViolationException', {
      ...ana, Password: password, Permanent: true,
    });
    await tokensOf(walk, there, 'ana');
  }),

  step('AdminResetUserPassword asks for a new password by a code', async walk => {
    const there = await place(walk);
    const ana = await person(walk, there, 'ana');
    const { code } = await walk.messageTo('ana@example.com', () => walk.call('AdminResetUserPassword', ana));
    assert.equal((await seen(walk, there, 'ana')).UserStatus, 'RESET_REQUIRED');
    await walk.refused('InitiateAuth', 'PasswordResetRequiredException', byPassword(there, 'ana'));
    await walk.call('ConfirmForgotPassword', {
      ClientId: there.ClientId, Username: 'ana', ConfirmationCode: code, Password: otherPassword,
    });
    await tokensOf(walk, there, 'ana', otherPassword);
  }),

  step('AdminResetUserPassword refuses who has no address or lasting password, and too many', async walk => {
    const there = await place(walk);
    const { UserPoolId } = there;
    const bob = await person(walk, there, 'bob', { email_verified: 'false' });
    await walk.refused('AdminResetUserPassword', 'InvalidParameterException', bob);
    await walk.call('AdminCreateUser', { UserPoolId, Username: 'cleo', MessageAction: 'SUPPRESS' });
    await walk.refused('AdminResetUserPassword', 'NotAuthorizedException', { UserPoolId, Username: 'cleo' });
    const ana = await person(walk, there, 'ana');
    for (let tries = 0; tries < 5; tries++) await walk.call('AdminResetUserPassword', ana);
    await walk.refused('AdminResetUserPassword', 'LimitExceededException', ana);
  }),

  step('AdminResetUserPassword tells how its trigger failed, and nothing has changed', async walk => {
    await triggersFail(walk, 'AdminResetUserPassword', 'CustomMessage', there => person(walk, there, 'ana'));
  }),
];

const life = [
  step('AdminDisableUser keeps a user out until AdminEnableUser', async walk => {
    const there = await place(walk);
    const ana = await person(walk, there, 'ana');
    await walk.call('AdminDisableUser', ana);
    assert.equal((await seen(walk, there, 'ana')).Enabled, false);
    await walk.refused('InitiateAuth', 'NotAuthorizedException', byPassword(there, 'ana'));
    await walk.call('AdminEnableUser', ana);
    assert.equal((await seen(walk, there, 'ana')).Enabled, true);
    await tokensOf(walk, there, 'ana');
  }),

  step('AdminDeleteUser frees the name', async walk => {
    const there = await place(walk);
    const ana = await person(walk, there, 'ana');
    await walk.call('AdminDeleteUser', ana);
    await walk.refused('AdminGetUser', 'UserNotFoundException', ana);
    await person(walk, there, 'ana');
  }),

  Object.entries({
    AdminDeleteUser: {}, AdminDisableUser: {}, AdminEnableUser: {}, AdminGetUser: {},
    AdminResetUserPassword: {},
    AdminSetUserPassword: { Password: password },
    AdminUpdateUserAttributes: { UserAttributes: listed({ name: 'x' }) },
    AdminDeleteUserAttributes: { UserAttributeNames: ['name'] },
  }).map(([operation, more]) => step(`${operation} knows nobody of that name`, async walk => {
    const { UserPoolId } = await place(walk);
    await walk.refused(operation, 'UserNotFoundException', { UserPoolId, Username: 'nobody', ...more });
  })),
];

const list = [
  step('ListUsers leads through all users in pages', async walk => {
    const there = await place(walk);
    for (const name of ['u1', 'u2', 'u3', 'u4', 'u5']) await person(walk, there, name);
    const found = await walk.pages('ListUsers', 'Users', { UserPoolId: there.UserPoolId }, 2);
    assert.deepEqual(found.map(user => user.Username).sort(), ['u1', 'u2', 'u3', 'u4', 'u5']);
    assert.ok(found.every(user => user.UserStatus === 'CONFIRMED' && user.Enabled));
  }),

  step('ListUsers finds by attribute, status and beginning', async walk => {
    const there = await place(walk);
    const { UserPoolId } = there;
    await person(walk, there, 'ana', { name: 'Ana' });
    await registered(walk, there, 'bob');
    const names = async (Filter, more) =>
      (await walk.call('ListUsers', { UserPoolId, Filter, ...more })).Users.map(user => user.Username).sort();
    assert.deepEqual(await names('email = "bob@example.com"'), ['bob']);
    assert.deepEqual(await names('username ^= "a"'), ['ana']);
    assert.deepEqual(await names('cognito:user_status = "UNCONFIRMED"'), ['bob']);
    assert.deepEqual(await names('status = "Enabled"'), ['ana', 'bob']);
    const { Users: [ana] } = await walk.call('ListUsers', {
      UserPoolId, Filter: 'username = "ana"', AttributesToGet: ['name'],
    });
    assert.deepEqual(ana.Attributes, [{ Name: 'name', Value: 'Ana' }]);
  }),

  step('ListUsers refuses filters it cannot read and pages it did not make', async walk => {
    const { UserPoolId } = await place(walk);
    for (const more of [
      { Filter: 'email is ana' }, { Filter: 'custom:x = "1"' }, { PaginationToken: 'made-up' },
      { AttributesToGet: ['custom:none'] },
    ]) await walk.refused('ListUsers', 'InvalidParameterException', { UserPoolId, ...more });
  }),
];

export default area('users', [create, attributes, passwords, life, list]);
