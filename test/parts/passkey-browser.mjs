/**
 * A page in a real browser registers a passkey and signs in with it, twice, with the browser's virtual
 * authenticator.
 *
 *   node passkey-browser.mjs <endpoint of `lifeguard dev`> <Chromium>
 *
 * Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { chromium } from './chromium.mjs';

const [endpoint, program] = process.argv.slice(2);
const admin = new sdk.CognitoIdentityProvider({
  endpoint, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const password = 'First-Passw0rd!';

async function ana() {
  const { UserPool: { Id: UserPoolId } } = await admin.createUserPool({
    PoolName: 'browser',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  await admin.setUserPoolMfaConfig({
    UserPoolId, WebAuthnConfiguration: { RelyingPartyId: 'localhost', UserVerification: 'required' },
  });
  const { UserPoolClient: { ClientId } } = await admin.createUserPoolClient({
    UserPoolId, ClientName: 'page', ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  await admin.adminCreateUser({ UserPoolId, Username: 'ana', MessageAction: 'SUPPRESS' });
  await admin.adminSetUserPassword({ UserPoolId, Username: 'ana', Password: password, Permanent: true });
  const { AuthenticationResult } = await admin.initiateAuth({
    ClientId, AuthFlow: 'USER_AUTH',
    AuthParameters: { USERNAME: 'ana', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password },
  });
  return { ClientId, accessToken: AuthenticationResult.AccessToken };
}

/** The page's address; browsers trust localhost without TLS. */
async function serve() {
  const html = readFileSync(new URL('passkey-page.html', import.meta.url));
  const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(html));
  await new Promise(resolve => server.listen(0, 'localhost', resolve));
  return { server, address: `http://localhost:${server.address().port}/` };
}

async function open(browser, url) {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method, params) => browser.send(method, params, sessionId);
  await send('WebAuthn.enable');
  await send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  const evaluate = async expression => {
    const { result, exceptionDetails } = await send(
      'Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await send('Page.enable');
  const loaded = browser.event('Page.loadEventFired');
  await send('Page.navigate', { url });
  await loaded;
  return evaluate;
}

const { ClientId, accessToken } = await ana();
const { server, address } = await serve();
const browser = chromium(program);
try {
  const evaluate = await open(browser, address);
  const run = (name, ...given) => evaluate(`${name}(${given.map(each => JSON.stringify(each)).join(', ')})`);
  assert.equal(await run('register', endpoint, accessToken), true);
  // The same authenticator holds one of the user's already, and says so.
  await assert.rejects(run('register', endpoint, accessToken), /InvalidStateError/);
  const first = await run('signIn', endpoint, ClientId);
  const second = await run('signIn', endpoint, ClientId);
  assert.notEqual(first, second);
  const { Username } = await admin.getUser({ AccessToken: second });
  assert.equal(Username, 'ana');
} finally {
  await browser.close();
  server.close();
}
