/** Who is signed in, and for how long: single sign-on, prompts, signing out; and errors. */
import assert from 'node:assert/strict';
import { Password } from '../login-app.mjs';

export default async function sessions({
  api, endpoint, home, named, callback, pool, clientOf, user, begin, tab, step, arrives,
}) {
  const planets = await pool('planets', 2);
  const other = await clientOf(planets.UserPoolId, { ClientName: 'other' });
  await user(planets.UserPoolId, 'ana');
  await user(planets.UserPoolId, 'bea');
  const page = await tab();

  // Nobody is signed in, and nobody is to be asked.
  await begin(planets, page, { prompt: 'none' });
  assert.equal(page.location.searchParams.get('error'), 'login_required');

  let { finish } = await begin(planets, page);
  await page.fill({ username: 'ana', password: Password }, 'Sign in');
  const first = await arrives(page, finish);

  // Another application gets the same person in without a question, and again if it wants none.
  for (const more of [{}, { prompt: 'none' }]) {
    ({ finish } = await begin(other, page, more));
    const again = await arrives(page, finish);
    assert.equal(again.sub, first.sub);
    assert.equal(again.auth_time, first.auth_time);
    assert.equal(again.aud, other.client.ClientId);
  }

  // Who is asked again may be somebody else; until then the first one stays.
  await begin(other, page, { prompt: 'login' });
  await page.says('Sign in');
  ({ finish } = await begin(other, page));
  assert.equal((await arrives(page, finish)).sub, first.sub);
  ({ finish } = await begin(other, page, { prompt: 'login' }));
  await page.fill({ username: 'bea', password: Password }, 'Sign in');
  const second = await arrives(page, finish);
  assert.notEqual(second.sub, first.sub);
  ({ finish } = await begin(planets, page));
  assert.equal((await arrives(page, finish)).sub, second.sub);

  // Signing out.
  const at = (path, query = {}) => named(`${endpoint}/_domain/planets${path}?${new URLSearchParams(query)}`);
  const { ClientId: client_id } = planets.client;
  await page.open(at('/logout', { client_id, logout_uri: `${home}/bye` }));
  assert.equal(page.location.href, `${home}/bye`);
  await begin(planets, page, { prompt: 'none' });
  assert.equal(page.location.searchParams.get('error'), 'login_required');
  await page.open(at('/logout', { client_id, redirect_uri: callback, response_type: 'code', state: 's' }));
  assert.equal(page.location.pathname, '/_domain/planets/login');
  assert.equal(page.location.searchParams.get('state'), 's');
  await page.fill({ username: 'ana', password: Password }, 'Sign in');
  assert.equal(page.location.searchParams.get('state'), 's');

  // An application may send people on to other sites once they have come back to it, new or known.
  const far = await clientOf(planets.UserPoolId, { ClientName: 'far', CallbackURLs: [`${home}/on`] });
  const guest = await tab();
  for (const isKnown of [false, true]) {
    await begin(far, guest, { redirect_uri: `${home}/on` });
    if (!isKnown) await guest.fill({ username: 'bea', password: Password }, 'Sign in');
    await guest.until(url => url.hostname === 'www.localhost');
    await guest.says('Welcome');
  }

  // An account that is no more ends the session with it.
  await api.adminDeleteUser({ UserPoolId: planets.UserPoolId, Username: 'ana' });
  await begin(planets, page);
  await page.says('Forgot your password?');

  // Errors of which the application may not be told.
  const lost = await tab({ mayComplain: true });
  for (const [query, what] of [
    [{ client_id, redirect_uri: 'https://evil.example/cb', response_type: 'code' }, 'redirect'],
    [{ client_id: 'nobody', redirect_uri: callback, response_type: 'code' }, 'client'],
    [{ client_id, response_type: 'code' }, 'parameters'],
  ]) {
    await lost.open(at('/oauth2/authorize', query));
    assert.equal(lost.location.pathname, '/_domain/planets/error');
    await step(lost, `error-${what}`);
  }
  await lost.open(at('/logout', { client_id, logout_uri: 'https://evil.example/' }));
  await step(lost, 'error-logout');
  await lost.open(at('/signedout'));
  await step(lost, 'signed-out');

  // A form without its cookie was sent by somebody else.
  await begin(planets, lost);
  await lost.forget();
  await lost.fill({ username: 'bea', password: Password }, 'Sign in');
  await step(lost, 'error-form');
}
