/**
 * Choice-based sign-in through the SDK that most applications use: a passkey registered, used, listed and
 * deleted, codes by e-mail, and the sign-in right after a registration.
 *
 *   node passkey-journey.mjs <endpoint of `lifeguard dev`>
 *
 * Exit code 0 when everything was as the SDK's types say.
 */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { codeTo, newest } from './dev-controls.mjs';
import { softwarePasskey } from './software-passkey.mjs';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const client = new sdk.CognitoIdentityProvider({
  endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const password = 'First-Passw0rd!';

async function pool() {
  const { UserPool: { Id: UserPoolId } } = await client.createUserPool({
    PoolName: 'passkeys', AutoVerifiedAttributes: ['email'],
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } },
  });
  await client.setUserPoolMfaConfig({
    UserPoolId, WebAuthnConfiguration: { RelyingPartyId: 'example.org', UserVerification: 'required' },
  });
  const { UserPoolClient: { ClientId } } = await client.createUserPoolClient({
    UserPoolId, ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  return { UserPoolId, ClientId };
}

const begin = (ClientId, parameters, Session) => client.initiateAuth({
  ClientId, Session, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'ana', ...parameters },
});
const respond = (ClientId, { ChallengeName, Session }, answers) => client.respondToAuthChallenge({
  ClientId, ChallengeName, Session, ChallengeResponses: { USERNAME: 'ana', ...answers },
});

/** Registers, types the code, and is in. */
async function signUp(ClientId) {
  const { Session: registered } = await client.signUp({
    ClientId, Username: 'ana', Password: password,
    UserAttributes: [{ Name: 'email', Value: 'ana@example.com' }],
  });
  const { Session } = await client.confirmSignUp({
    ClientId, Username: 'ana', ConfirmationCode: await codeTo(endpoint, 'ana@example.com'),
    Session: registered,
  });
  const { AuthenticationResult } = await begin(ClientId, {}, Session);
  return AuthenticationResult.AccessToken;
}

async function register(AccessToken, passkey) {
  const { CredentialCreationOptions } = await client.startWebAuthnRegistration({ AccessToken });
  assert.deepEqual(CredentialCreationOptions.pubKeyCredParams.map(each => each.alg), [-7, -257]);
  assert.equal(Buffer.from(CredentialCreationOptions.user.id, 'base64url').toString().length, 36);
  const Credential = passkey.create(CredentialCreationOptions);
  await client.completeWebAuthnRegistration({ AccessToken, Credential });
  await assert.rejects(
    client.completeWebAuthnRegistration({ AccessToken, Credential }), sdk.WebAuthnChallengeNotFoundException);
  const { Credentials: [listed] } = await client.listWebAuthnCredentials({ AccessToken });
  assert.equal(listed.CredentialId, passkey.id);
  assert.ok(listed.CreatedAt instanceof Date);
  assert.deepEqual(listed.AuthenticatorTransports, ['internal']);
  const { ConfiguredUserAuthFactors } = await client.getUserAuthFactors({ AccessToken });
  assert.deepEqual(ConfiguredUserAuthFactors, ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN']);
}

async function byPasskey(ClientId, passkey) {
  const choice = await begin(ClientId);
  assert.equal(choice.ChallengeName, 'SELECT_CHALLENGE');
  assert.deepEqual(choice.AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN']);
  const challenge = await respond(ClientId, choice, { ANSWER: 'WEB_AUTHN' });
  assert.equal(challenge.ChallengeName, 'WEB_AUTHN');
  const options = JSON.parse(challenge.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS);
  assert.deepEqual(
    options.allowCredentials, [{ type: 'public-key', id: passkey.id, transports: ['internal'] }]);
  const stranger = await softwarePasskey();
  await assert.rejects(
    respond(ClientId, challenge, { CREDENTIAL: JSON.stringify(await stranger.get(options)) }),
    sdk.NotAuthorizedException);
  const { AuthenticationResult } = await respond(
    ClientId, challenge, { CREDENTIAL: JSON.stringify(await passkey.get(options)) });
  return AuthenticationResult.AccessToken;
}

async function byCode(ClientId) {
  const before = await newest(endpoint);
  const challenge = await begin(ClientId, { PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  assert.equal(challenge.ChallengeName, 'EMAIL_OTP');
  const EMAIL_OTP_CODE = await codeTo(endpoint, 'ana@example.com', before, 8);
  const { AuthenticationResult } = await respond(ClientId, challenge, { EMAIL_OTP_CODE });
  assert.ok(AuthenticationResult.AccessToken);
}

const { ClientId } = await pool();
const passkey = await softwarePasskey();
await register(await signUp(ClientId), passkey);
const AccessToken = await byPasskey(ClientId, passkey);
await byCode(ClientId);
await client.deleteWebAuthnCredential({ AccessToken, CredentialId: passkey.id });
await assert.rejects(
  client.deleteWebAuthnCredential({ AccessToken, CredentialId: passkey.id }), sdk.ResourceNotFoundException);
assert.deepEqual((await client.listWebAuthnCredentials({ AccessToken })).Credentials, []);
assert.equal(
  (await begin(ClientId, { PREFERRED_CHALLENGE: 'WEB_AUTHN' })).ChallengeName, 'SELECT_CHALLENGE');
