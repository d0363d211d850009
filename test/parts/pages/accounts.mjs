/** Accounts: made, confirmed, reset, forgotten, invited. */
import assert from 'node:assert/strict';
import { Password } from '../login-app.mjs';

export default async function accounts({ api, pool, user, begin, codeFor, tab, step, arrives }) {
  const planets = await pool('planets', 2);
  const { UserPoolId } = planets;
  await user(UserPoolId, 'ana');

  {
    // A new account.
    const page = await tab();
    const { finish } = await begin(planets, page);
    await step(page, 'sign-in');
    await page.press('Create an account');
    await step(page, 'sign-up');
    const bea = { username: 'bea', 'requiredAttributes[email]': 'bea@example.com' };
    await page.fill({ ...bea, password: 'weak' }, 'Sign up');
    await page.says(/password/i);
    await step(page, 'sign-up-refused');
    await page.fill({ ...bea, username: 'ana', password: Password }, 'Sign up');
    await page.says('User already exists');
    await step(page, 'sign-up-taken');
    await page.fill({ ...bea, password: Password }, 'Sign up');
    await page.says('b***@e***');
    await step(page, 'confirm');
    await codeFor('bea@example.com');
    await page.fill({ code: '000000' }, 'Confirm account');
    await page.says('Invalid verification code provided, please try again.');
    await step(page, 'confirm-refused');
    await page.press('Send a new code');
    await step(page, 'confirm-resent');
    await page.fill({ code: await codeFor('bea@example.com') }, 'Confirm account');
    assert.equal((await arrives(page, finish)).email, 'bea@example.com');
  }

  {
    // An administrator's reset, after which people sign in as ever.
    await api.adminResetUserPassword({ UserPoolId, Username: 'ana' });
    const code = await codeFor('ana@example.com');
    const page = await tab();
    const { finish } = await begin(planets, page);
    await page.fill({ username: 'ana', password: Password }, 'Sign in');
    await page.says('An administrator has reset your password.');
    await step(page, 'reset');
    await page.fill({ code: '000000', password: 'Second-Passw0rd!' }, 'Change password');
    await page.says('Invalid verification code provided, please try again.');
    await step(page, 'reset-refused');
    await page.fill({ code, password: 'weak' }, 'Change password');
    await step(page, 'reset-weak');
    await page.fill({ code, password: 'Second-Passw0rd!' }, 'Change password');
    assert.equal((await arrives(page, finish)).email, 'ana@example.com');
  }

  {
    // A forgotten password.
    const page = await tab();
    const { finish } = await begin(planets, page);
    await page.fill({ username: 'bea', password: 'Wrong-Passw0rd!' }, 'Sign in');
    await page.says('Incorrect username or password.');
    await step(page, 'sign-in-refused');
    await page.press('Forgot your password?');
    await step(page, 'forgot');
    await page.fill({ username: 'bea' }, 'Send code');
    await page.says('b***@e***');
    await step(page, 'forgot-code');
    const code = await codeFor('bea@example.com');
    await page.fill({ code, password: 'Third-Passw0rd!' }, 'Change password');
    assert.equal((await arrives(page, finish))['cognito:username'], 'bea');
  }

  {
    // A temporary password, and attributes that are missing.
    const crew = await pool('crew', 2, {
      Schema: ['name', 'birthdate'].map(Name => ({ Name, Required: true, Mutable: true })),
    });
    await api.adminCreateUser({
      UserPoolId: crew.UserPoolId, Username: 'cai', MessageAction: 'SUPPRESS',
      TemporaryPassword: 'Temporary-1!',
    });
    const page = await tab();
    const { finish } = await begin(crew, page, { scope: 'openid profile' });
    await page.press('Create an account');
    await step(page, 'sign-up-many');
    await page.press('Sign in');
    await page.fill({ username: 'cai', password: 'Temporary-1!' }, 'Sign in');
    await page.says('The one you have just used was temporary.');
    await step(page, 'new-password');
    const fields = { 'requiredAttributes[name]': 'Cai', 'requiredAttributes[birthdate]': '1990-01-31' };
    await page.fill({ ...fields, password: 'weak' }, 'Change password');
    await step(page, 'new-password-refused');
    await page.fill({ ...fields, password: 'Fourth-Passw0rd!' }, 'Change password');
    assert.equal((await arrives(page, finish)).name, 'Cai');
  }

  // Somebody who may not come in.
  await api.adminDisableUser({ UserPoolId, Username: 'ana' });
  const page = await tab();
  await begin(planets, page);
  await page.fill({ username: 'ana', password: 'Second-Passw0rd!' }, 'Sign in');
  await page.says('User is disabled.');
}
