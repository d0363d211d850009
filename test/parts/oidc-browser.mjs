/**
 * A page in a real browser signs people in with oidc-client-ts.
 *
 *   node oidc-browser.mjs <endpoint of `lifeguard dev --set Pages:DefaultStyle=true`> <Chromium> [strict]
 *
 * `strict` where the server was started with OAuth:Strict. Each step is a line of the output, and the
 * last one is `done`. Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { bundled } from './browser-bundle.mjs';
import { chromium } from './chromium.mjs';
import { loginApp, Password } from './login-app.mjs';
import { Tab } from './pages/tab.mjs';

const [address, program, strict] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const library = await bundled(`import * as oidc from 'oidc-client-ts'; globalThis.oidc = oidc;`);

let settings = {};
const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(`<!doctype html>
  <meta charset="utf-8"><title>App</title><link rel="icon" href="data:,">${library}
  <script>
    const manager = new oidc.UserManager(${JSON.stringify(settings)});
    const known = user => user && {
      profile: user.profile, state: user.state, accessToken: user.access_token, idToken: user.id_token,
      hasRefreshToken: Boolean(user.refresh_token),
    };
  </script>`));
await new Promise(resolve => server.listen(0, 'localhost', resolve));
const home = `http://localhost:${server.address().port}`;
const { pool, user, callback } = loginApp(endpoint, home);

const planets = await pool('planets', 2, {}, { GenerateSecret: false });
const { ClientId } = planets.client;
await user(planets.UserPoolId, 'ana');
settings = {
  authority: `${endpoint}/${planets.UserPoolId}`, client_id: ClientId, redirect_uri: callback,
  post_logout_redirect_uri: `${home}/bye`, response_type: 'code', scope: 'openid email profile',
  loadUserInfo: true, automaticSilentRenew: false, revokeTokenTypes: ['refresh_token'],
};

console.log('ready');
const browser = chromium(program);
try {
  const page = await Tab.open(browser);
  await page.open(`${home}/`);
  await page.leave(
    url => url.pathname.endsWith('/login'), `manager.signinRedirect({ state: { kept: 'for later' } })`);
  await page.fill({ username: 'ana', password: Password }, 'Sign in');
  await page.until(url => url.href.startsWith(callback));
  console.log('back at the application');
  const first = await page.evaluate('manager.signinCallback().then(known)');
  assert.equal(first.profile.email, 'ana@example.com');
  assert.equal(first.profile.aud, ClientId);
  // Only userInfo tells this.
  assert.equal(first.profile.username, 'ana');
  assert.deepEqual(first.state, { kept: 'for later' });
  assert.ok(first.hasRefreshToken);

  const second = await page.evaluate('manager.signinSilent().then(known)');
  assert.equal(second.profile.sub, first.profile.sub);
  assert.notEqual(second.accessToken, first.accessToken);
  assert.ok(second.hasRefreshToken);

  await page.evaluate('manager.revokeTokens()');
  await assert.rejects(
    fetch(`${endpoint}/_domain/planets/oauth2/userInfo`, {
      headers: { authorization: `Bearer ${second.accessToken}` },
    }).then(answer => assert.equal(answer.status, 200)));

  // The service knows no standard for signing out, but passes over what it does not know.
  await page.leave(url => url.pathname === '/bye', strict
    ? `manager.signoutRedirect({ state: { bye: 'Ana' } })`
    : `manager.signoutRedirect({ extraQueryParams: ${JSON.stringify({
      client_id: ClientId, logout_uri: `${home}/bye`,
    })} })`);
  if (strict) {
    const { userState } = await page.evaluate('manager.signoutCallback()');
    assert.deepEqual(userState, { bye: 'Ana' });
  } else {
    assert.equal(page.location.search, '');
  }

  // Nobody is signed in any more, neither here nor there.
  assert.equal(await page.evaluate('manager.getUser()'), null);
  await page.leave(url => url.href.startsWith(callback), `manager.signinRedirect({ prompt: 'none' })`);
  await assert.rejects(page.evaluate('manager.signinCallback()'), /login_required/);
  assert.deepEqual(page.complaints, []);
  console.log('done');
} finally {
  await browser.close();
  server.close();
}
