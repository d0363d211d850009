/** An application that sends people to the pages of a domain, and pools for it. */
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import * as oauth from 'openid-client';

export const Password = 'First-Passw0rd!';
const plainHttp = { execute: [oauth.allowInsecureRequests] };

/** What journeys share: `endpoint` is that of `lifeguard dev`, `home` the application's address. */
export function loginApp(endpoint, home) {
  const callback = `${home}/cb`;
  const api = new sdk.CognitoIdentityProvider({
    endpoint, region: 'us-east-1', maxAttempts: 1,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });

  /** The code in the next message to an address or number. */
  async function codeFor(name) {
    const wait = await fetch(`${endpoint}/_lifeguard/inbox/wait?to=${encodeURIComponent(name)}`);
    const mail = await wait.json();
    await fetch(`${endpoint}/_lifeguard/inbox`, { method: 'DELETE' });
    return /\b(\d{6,8})\b/.exec(mail.body)[1];
  }

  /** An app client of a pool, and what the library knows of it. */
  async function clientOf(UserPoolId, settings = {}) {
    const { UserPoolClient } = await api.createUserPoolClient({
      UserPoolId, ClientName: 'app', GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid', 'email', 'profile'],
      CallbackURLs: [callback], LogoutURLs: [`${home}/bye`],
      SupportedIdentityProviders: ['COGNITO'], PreventUserExistenceErrors: 'ENABLED', ...settings,
    });
    const config = await oauth.discovery(
      new URL(`${endpoint}/${UserPoolId}`), UserPoolClient.ClientId, UserPoolClient.ClientSecret, undefined,
      plainHttp);
    return { UserPoolId, client: UserPoolClient, config };
  }

  /** A pool with a domain of that name, and an app client. */
  async function pool(name, version, settings = {}, client = {}) {
    const { UserPool: { Id: UserPoolId } } = await api.createUserPool({
      PoolName: name, AutoVerifiedAttributes: ['email'], ...settings,
    });
    await api.createUserPoolDomain({ UserPoolId, Domain: name, ManagedLoginVersion: version });
    return clientOf(UserPoolId, client);
  }

  async function user(
    UserPoolId, Username, attributes = { email: `${Username}@example.com`, email_verified: 'true' },
  ) {
    await api.adminCreateUser({
      UserPoolId, Username, MessageAction: 'SUPPRESS',
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    });
    await api.adminSetUserPassword({ UserPoolId, Username, Password, Permanent: true });
  }

  /** Begins at the app, which sends the browser to the server. `visitor.open` leads to the page. */
  async function begin({ config }, visitor, more = {}) {
    const verifier = oauth.randomPKCECodeVerifier();
    const [state, nonce] = [oauth.randomState(), oauth.randomNonce()];
    const url = oauth.buildAuthorizationUrl(config, {
      redirect_uri: callback, scope: 'openid email', state, nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      ...more,
    });
    const page = await visitor.open(url);
    const finish = ({ location }) => oauth.authorizationCodeGrant(config, location, {
      pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
    });
    return { page, finish };
  }

  return { api, callback, clientOf, pool, user, begin, codeFor };
}
