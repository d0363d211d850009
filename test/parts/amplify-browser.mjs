/**
 * A page in a real browser signs people in with Amplify's signInWithRedirect, which knows nothing but https.
 *
 *   node amplify-browser.mjs <endpoint of `lifeguard dev --set Pages:DefaultStyle=true --behind-proxy
 *     --public-url https://localhost:PORT`> <Chromium> <PORT>
 *
 * Each step is a line of the output, and the last one is `done`. Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import * as https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './browser-bundle.mjs';
import { chromium } from './chromium.mjs';
import { loginApp, Password } from './login-app.mjs';
import { Tab } from './pages/tab.mjs';

const [address, program, port] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const secure = `https://localhost:${port}`;

/** A key and a certificate that nobody else has. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'amplify-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map(name => join(folder, name));
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert,
  ], { stdio: 'ignore' });
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return pair;
}

/** Ends TLS before the server. */
async function proxy() {
  const server = https.createServer(certificate(), (asked, answer) => {
    const onward = request(new URL(asked.url, endpoint), {
      method: asked.method,
      headers: { ...asked.headers, 'x-forwarded-for': asked.socket.remoteAddress },
    }, given => {
      answer.writeHead(given.statusCode, given.headers);
      given.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise(resolve => server.listen(Number(port), 'localhost', resolve));
  return server;
}

/** The page, with what is in the answer by then. */
async function serve(page) {
  const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(page.html));
  await new Promise(resolve => server.listen(0, 'localhost', resolve));
  return server;
}

const page = { html: '' };
const [before, app] = [await proxy(), await serve(page)];
const home = `http://localhost:${app.address().port}`;
// Nobody vouches for the proxy's certificate.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
const { pool, user, callback } = loginApp(secure, home);
const scopes = ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'];
const { UserPoolId, client: { ClientId } } = await pool('planets', 2, {}, {
  GenerateSecret: false, AllowedOAuthScopes: scopes,
});
await user(UserPoolId, 'ana');
const configuration = {
  Auth: {
    Cognito: {
      userPoolId: UserPoolId, userPoolClientId: ClientId, userPoolEndpoint: secure,
      loginWith: {
        oauth: {
          domain: `localhost:${port}/_domain/planets`, responseType: 'code', scopes,
          redirectSignIn: [callback], redirectSignOut: [`${home}/bye`],
        },
      },
    },
  },
};
page.html = `<!doctype html><meta charset="utf-8"><title>App</title><link rel="icon" href="data:,">
  <script>globalThis.configuration = ${JSON.stringify(configuration)}</script>
  ${await bundled(`import './amplify-page.mjs'`)}`;

console.log('ready');
const browser = chromium(program, '--ignore-certificate-errors');
try {
  const tab = await Tab.open(browser);
  await tab.open(`${home}/`);
  const isAsked = url => url.pathname.endsWith('/login');
  await tab.leave(isAsked, `auth.signInWithRedirect({ customState: 'for later' })`);
  await tab.fill({ username: 'ana', password: Password }, 'Sign in');
  await tab.until(url => url.origin === home);
  console.log('back at the application');
  const session = await tab.evaluate(`new Promise(resolve => {
    const ask = async () => {
      if (!heard.includes('signInWithRedirect') && !heard.includes('signInWithRedirect_failure'))
        return setTimeout(ask, 50);
      const { tokens } = await auth.fetchAuthSession();
      resolve({ heard, access: tokens?.accessToken.payload, id: tokens?.idToken.payload });
    };
    ask();
  })`);
  assert.ok(session.heard.includes('customOAuthState'), session.heard.join());
  assert.equal(session.access.username, 'ana');
  assert.equal(session.id.email, 'ana@example.com');
  assert.equal(session.id.iss, `${secure}/${UserPoolId}`);
  const current = await tab.evaluate('auth.getCurrentUser()');
  assert.equal(current.username, 'ana');
  assert.equal(current.userId, session.access.sub);
  const attributes = await tab.evaluate('auth.fetchUserAttributes()');
  assert.equal(attributes.email, 'ana@example.com');

  // Refreshed by the API, with a token that the domain gave.
  const fresh = await tab.evaluate(
    `auth.fetchAuthSession({ forceRefresh: true }).then(({ tokens }) => tokens.accessToken.payload)`);
  assert.equal(fresh.sub, session.access.sub);
  assert.notEqual(fresh.jti, session.access.jti);

  await tab.leave(url => url.href === `${home}/bye`, 'auth.signOut()');
  await assert.rejects(tab.evaluate('auth.getCurrentUser()'), /UserUnAuthenticatedException|authenticated/);

  // The browser's session has gone as well.
  await tab.open(`${home}/`);
  await tab.leave(isAsked, 'auth.signInWithRedirect()');
  await tab.says('Forgot your password?');
  assert.deepEqual(tab.complaints, []);
  console.log('done');
} finally {
  await browser.close();
  app.close();
  before.close();
}
