/**
 * Sign-in through an identity provider that nobody here wrote (oidc-provider), as a browser goes the way and
 * an OpenID library (openid-client) takes the outcome.
 *
 *   node federation-journey.mjs <endpoint of `lifeguard dev`>
 *
 * Exit code 0 when everything was as it should be.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import Provider from 'oidc-provider';
import * as oauth from 'openid-client';

const endpoint = process.argv[2].replace(/\/$/, '');
const api = new sdk.CognitoIdentityProvider({
  endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const domain = `${endpoint}/_domain/planets`;
const callback = 'https://app.example/cb';
const algorithms = ['RS256', 'PS256', 'ES256', 'HS256'];
const secret = 'a-secret-that-is-long-enough-for-HS256';

// The provider: it insists on proof keys, and on the secret in the form.
const people = { ana: { email: 'ana@example.com', email_verified: true, name: 'Ana' } };
const key = (type, options, more) => (
  { ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), use: 'sig', ...more });
const listener = createServer();
await new Promise(resolve => listener.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${listener.address().port}`;
const provider = new Provider(issuer, {
  clients: algorithms.map(algorithm => ({
    client_id: `planets-${algorithm}`, client_secret: secret, redirect_uris: [`${domain}/oauth2/idpresponse`],
    token_endpoint_auth_method: 'client_secret_post', id_token_signed_response_alg: algorithm,
  })),
  jwks: { keys: [
    key('rsa', { modulusLength: 2048 }, { kid: 'rsa' }), key('ec', { namedCurve: 'P-256' }, { kid: 'ec' }),
  ] },
  enabledJWA: { idTokenSigningAlgValues: algorithms },
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  cookies: { keys: ['of no account'] },
});
listener.on('request', provider.callback());

const { UserPool: { Id: UserPoolId } } = await api.createUserPool({ PoolName: 'planets' });
await api.createUserPoolDomain({ UserPoolId, Domain: 'planets' });
for (const algorithm of algorithms) {
  // Everything but the issuer is found by discovery.
  await api.createIdentityProvider({
    UserPoolId, ProviderName: `Partner-${algorithm}`, ProviderType: 'OIDC',
    ProviderDetails: {
      client_id: `planets-${algorithm}`, client_secret: secret, oidc_issuer: issuer,
      authorize_scopes: 'openid email profile',
      attributes_request_method: algorithm === 'ES256' ? 'POST' : 'GET',
    },
    AttributeMapping: { email: 'email', email_verified: 'email_verified', name: 'name' },
  });
}
const { UserPoolClient: { ClientId } } = await api.createUserPoolClient({
  UserPoolId, ClientName: 'app', AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid', 'email', 'profile'], CallbackURLs: [callback],
  SupportedIdentityProviders: algorithms.map(algorithm => `Partner-${algorithm}`),
});
const app = await oauth.discovery(
  new URL(`${endpoint}/${UserPoolId}`), ClientId, undefined, oauth.None(),
  { execute: [oauth.allowInsecureRequests] });

/** A browser: cookies by place, and no more redirects than the way has steps. */
class Browser {
  jar = new Map();

  async go(url, form) {
    const { origin, pathname } = new URL(url);
    const cookies = [...this.jar].filter(([, { at, path }]) => at === origin && pathname.startsWith(path))
      .map(([name, { value }]) => `${name.split(' ')[0]}=${value}`);
    const answer = await fetch(url, {
      redirect: 'manual', method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form),
      headers: { cookie: cookies.join('; ') },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      const path = /; path=([^;]+)/i.exec(set)?.[1] ?? '/';
      const isGone = value === '' || /expires=Thu, 01 Jan 1970/i.test(set);
      if (isGone) this.jar.delete(`${name} ${path}`);
      else this.jar.set(`${name} ${path}`, { at: origin, path, value });
    }
    return answer;
  }

  /** From an address to the app, by way of the provider's forms, which `fill` fills in. */
  async reach(url, fill) {
    for (let steps = 0; steps < 15; steps++) {
      if (url.startsWith(callback)) return new URL(url);
      const answer = await this.go(url);
      let next = answer.headers.get('location');
      if (!next) {
        const page = await answer.text();
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
        assert.ok(prompt, `${url} shows ${answer.status} ${page.slice(0, 300)}`);
        const way = fill(prompt);
        const sent = way.abort ? await this.go(`${url}/abort`) : await this.go(url, { prompt, ...way });
        next = sent.headers.get('location');
        assert.ok(next, `${prompt} leads to ${sent.status}`);
      }
      url = new URL(next, url).href;
    }
    throw new Error(`The way does not end: ${url}`);
  }
}

const agree = login => prompt => (prompt === 'login' ? { login, password: 'any' } : {});

/** One sign-in; what the app gets. */
async function signIn(browser, identity_provider, fill) {
  const verifier = oauth.randomPKCECodeVerifier();
  const [state, nonce] = [oauth.randomState(), oauth.randomNonce()];
  const address = oauth.buildAuthorizationUrl(app, {
    redirect_uri: callback, scope: 'openid email profile', state, nonce, identity_provider,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  const back = await browser.reach(address.href, fill);
  assert.equal(back.searchParams.get('state'), state);
  return oauth.authorizationCodeGrant(
    app, back, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce });
}

for (const algorithm of algorithms) {
  const tokens = await signIn(new Browser(), `Partner-${algorithm}`, agree('ana'));
  const claims = tokens.claims();
  assert.equal(claims['cognito:username'], `Partner-${algorithm}_ana`);
  assert.equal(claims.email, 'ana@example.com');
  assert.equal(claims.email_verified, true);
  assert.equal(claims.name, 'Ana');
  assert.equal(claims.identities[0].userId, 'ana');
  assert.deepEqual(claims['cognito:groups'], [`${UserPoolId}_Partner-${algorithm}`]);
  const user = await oauth.fetchUserInfo(app, tokens.access_token, claims.sub);
  assert.equal(user.email, 'ana@example.com');
}

// The provider remembers the browser by itself, and what has changed there changes here.
people.ana.name = 'Ana Lee';
const known = new Browser();
await signIn(known, 'Partner-RS256', agree('ana'));
for (const name of [...known.jar.keys()].filter(one => one.startsWith('cognito'))) known.jar.delete(name);
const again = await signIn(known, 'Partner-RS256', prompt => assert.fail(`asks again: ${prompt}`));
assert.equal(again.claims().name, 'Ana Lee');

// Whoever says no there is told so here.
await assert.rejects(
  signIn(new Browser(), 'Partner-RS256', () => ({ abort: true })), { error: 'access_denied' });

// A secret that is not the provider's.
await api.updateIdentityProvider({
  UserPoolId, ProviderName: 'Partner-RS256',
  ProviderDetails: {
    client_id: 'planets-RS256', client_secret: 'wrong', oidc_issuer: issuer,
    authorize_scopes: 'openid', attributes_request_method: 'GET',
  },
});
await assert.rejects(signIn(new Browser(), 'Partner-RS256', agree('ana')), failure => {
  assert.equal(failure.error, 'invalid_request');
  assert.match(failure.error_description, /^Bad token response: HTTP\/1\.1 401 Unauthorized, entity: \{/);
  return true;
});

listener.close();
