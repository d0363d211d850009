/** Somebody comes from an OpenID provider for the first time, as a part of trigger-journey.mjs. The provider
 * asks nothing: whoever is sent there is Ana. */
import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Reader } from './page-reader.mjs';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const base64 = value => Buffer.from(value).toString('base64url');

function signed(claims) {
  const content = [{ alg: 'RS256', kid: 'one' }, claims].map(part => base64(JSON.stringify(part))).join('.');
  return `${content}.${base64(createSign('RSA-SHA256').update(content).sign(privateKey))}`;
}

/** The provider, as its users' browsers and its clients see it. */
async function providerOf(client_id) {
  const nonces = new Map();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, issuer);
    const json = value => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    const answers = {
      '/.well-known/openid-configuration': () => json({
        issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`, userinfo_endpoint: `${issuer}/user`,
      }),
      '/jwks': () => json({
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
      }),
      '/authorize': () => {
        const { redirect_uri, state, nonce } = Object.fromEntries(url.searchParams);
        const code = `code-${nonces.size}`;
        nonces.set(code, nonce);
        const location = `${redirect_uri}?${new URLSearchParams({ code, state })}`;
        response.writeHead(302, { location }).end();
      },
      '/token': async () => {
        const parts = [];
        for await (const part of request) parts.push(part);
        const nonce = nonces.get(new URLSearchParams(Buffer.concat(parts).toString()).get('code'));
        const now = Math.floor(Date.now() / 1000);
        json({
          access_token: 'opaque', token_type: 'Bearer', expires_in: 3600,
          id_token: signed({ iss: issuer, aud: client_id, sub: 'ana', iat: now, exp: now + 600, nonce }),
        });
      },
      '/user': () => json({ sub: 'ana', email: 'ana@example.com' }),
    };
    await answers[url.pathname]();
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { issuer, close };
}

/** Signs in through it, to a pool whose functions are told. */
export async function federated(api, endpoint, arn) {
  const redirect_uri = 'https://app.example/cb';
  const provider = await providerOf('events');
  const { UserPool: { Id: UserPoolId } } = await api.createUserPool({
    PoolName: 'events',
    LambdaConfig: { PreSignUp: arn, InboundFederation: { LambdaVersion: 'V1_0', LambdaArn: arn } },
  });
  await api.createUserPoolDomain({ UserPoolId, Domain: 'events-from-elsewhere' });
  await api.createIdentityProvider({
    UserPoolId, ProviderName: 'Partner', ProviderType: 'OIDC',
    ProviderDetails: {
      client_id: 'events', client_secret: 'secret', oidc_issuer: provider.issuer,
      authorize_scopes: 'openid email', attributes_request_method: 'GET',
    },
    AttributeMapping: { email: 'email' },
  });
  const { UserPoolClient: { ClientId: client_id } } = await api.createUserPoolClient({
    UserPoolId, ClientName: 'app', AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid'], CallbackURLs: [redirect_uri], SupportedIdentityProviders: ['Partner'],
  });
  const query = new URLSearchParams({
    client_id, redirect_uri, response_type: 'code', identity_provider: 'Partner',
  });
  const reader = new Reader();
  const there = await reader.open(`${endpoint}/_domain/events-from-elsewhere/oauth2/authorize?${query}`);
  const back = await fetch(there.location, { redirect: 'manual' });
  const { location } = await reader.open(back.headers.get('location'));
  assert.ok(location.searchParams.get('code'), location.href);
  provider.close();
}
