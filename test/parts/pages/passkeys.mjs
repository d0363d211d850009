/** Passkeys: made by somebody who is signed in, and used in each of the ways that browsers know. */
import assert from 'node:assert/strict';
import { Password } from '../login-app.mjs';

export default async function passkeys({
  api, endpoint, named, callback, pool, user, begin, tab, step, arrives,
}) {
  const made = await pool('keys', 2, {
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  }, { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
  await api.setUserPoolMfaConfig({
    UserPoolId: made.UserPoolId,
    WebAuthnConfiguration: { RelyingPartyId: 'localhost', UserVerification: 'required' },
  });
  await user(made.UserPoolId, 'ana');
  const page = await tab({ passkeys: true });
  const add = named(`${endpoint}/_domain/keys/passkeys/add`
    + `?client_id=${made.client.ClientId}&redirect_uri=${encodeURIComponent(callback)}`);

  // Nobody is signed in, who has to be.
  await page.open(add);
  assert.equal(page.location.pathname, '/_domain/keys/login');

  // In a browser that holds no passkeys none is offered by itself.
  let { finish } = await begin(made, page);
  await step(page, 'name');
  await page.fill({ username: 'ana' }, 'Next');
  await step(page, 'choose');
  if (await page.sees('button("Password")')) await page.press('Password');
  await page.fill({ password: Password }, 'Sign in');
  await arrives(page, finish);

  await page.open(add);
  await step(page, 'add');
  await page.press('Create a passkey');
  await page.until(url => url.href.startsWith(callback));
  assert.equal(await page.passkeys(), 1);

  // The same device holds one already, and says so.
  await page.open(add);
  await page.click('button("Create a passkey")');
  await page.evaluate(`new Promise(resolve => {
    const said = document.querySelector('[data-said=exists]');
    new MutationObserver(() => said.hidden || resolve()).observe(said, { attributes: true });
    said.hidden || resolve();
  })`);
  await page.says('This device holds a passkey for your account already.');
  await step(page, 'add-refused');
  await page.press('Not now');
  assert.ok(page.location.href.startsWith(callback));

  // The browser offers it in the field of the name, and the person takes it.
  ({ finish } = await begin(made, page, { prompt: 'login' }));
  assert.equal((await arrives(page, finish)).email, 'ana@example.com');

  // By the button. Nobody takes what is offered by itself.
  await page.present(false);
  ({ finish } = await begin(made, page, { prompt: 'login' }));
  await page.offered();
  await page.present(true);
  await page.click('button("Sign in with a passkey")');
  assert.equal((await arrives(page, finish)).email, 'ana@example.com');

  // By the name: the browser asks at once, and nobody answers before it is asked to try again.
  await page.present(false);
  ({ finish } = await begin(made, page, { prompt: 'login' }));
  await page.fill({ username: 'ana' }, 'Next');
  await page.press('Passkey');
  await step(page, 'use');
  await page.present(true);
  await page.click('button("Use passkey")');
  assert.equal((await arrives(page, finish)).email, 'ana@example.com');
}
