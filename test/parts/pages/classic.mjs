/** Classic pages, in the way that scripts drive which were written for them. */
import assert from 'node:assert/strict';
import { Password } from '../login-app.mjs';

export default async function classic({ pool, user, begin, codeFor, tab, step, arrives }) {
  const planets = await pool('planets', 1);
  await user(planets.UserPoolId, 'ana');
  const page = await tab();
  let { finish } = await begin(planets, page);
  await step(page, 'sign-in');
  // The form is there twice, for small screens and for others; scripts take the second.
  const fields = await page.evaluate(`['signInFormUsername', 'signInFormPassword'].map(
    id => document.querySelectorAll('#' + id).length).join()`);
  assert.equal(fields, '2,2');
  await page.fill({ signInFormUsername: 'ana', signInFormPassword: 'wrong' }, 'Sign in');
  await page.says('Incorrect username or password.');
  await step(page, 'sign-in-refused');
  await page.fill({ signInFormUsername: 'ana', signInFormPassword: Password }, 'Sign in');
  assert.equal((await arrives(page, finish)).email, 'ana@example.com');

  // Somebody is known here: the sign-in page asks whether it is still them.
  const there = (await begin(planets, page, { prompt: 'login' })).page;
  assert.ok(there.location.href.includes('/cb?'), 'classic pages know no prompt');
  const reader = await tab();
  const { finish: asFinish } = await begin(planets, reader);
  const address = reader.location;
  await reader.fill({ signInFormUsername: 'ana', signInFormPassword: Password }, 'Sign in');
  await arrives(reader, asFinish);
  await reader.open(address);
  await reader.says('You are signed in as ana.');
  await step(reader, 'account');
  await reader.press('Use another account');
  assert.ok(await reader.sees('field("signInFormUsername")'));
  await reader.open(address);
  await reader.press('Continue as ana');
  assert.ok(reader.location.href.includes('/cb?code='));

  // A new account, and a forgotten password.
  const stranger = await tab();
  ({ finish } = await begin(planets, stranger));
  await stranger.press('Create an account');
  await step(stranger, 'sign-up');
  await stranger.fill(
    { username: 'bea', 'requiredAttributes[email]': 'bea@example.com', password: Password }, 'Sign up');
  await step(stranger, 'confirm');
  await stranger.fill({ code: await codeFor('bea@example.com') }, 'Confirm account');
  assert.equal((await arrives(stranger, finish)).email, 'bea@example.com');
  const forgetful = await tab();
  ({ finish } = await begin(planets, forgetful));
  await forgetful.press('Forgot your password?');
  await step(forgetful, 'forgot');
  await forgetful.fill({ username: 'bea' }, 'Send code');
  await step(forgetful, 'reset');
  await forgetful.fill(
    { code: await codeFor('bea@example.com'), password: 'Second-Passw0rd!' }, 'Change password');
  assert.equal((await arrives(forgetful, finish)).email, 'bea@example.com');
}
