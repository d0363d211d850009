/** Passkeys: registered, used, listed and deleted, and what is wrong with the others. */
import assert from 'node:assert/strict';
import { softwarePasskey } from '../software-passkey.mjs';
import { area, step } from './area.mjs';
import { mustBeRecent, person, tokensOf, turnsAway } from './fixtures.mjs';
import { place } from './places.mjs';

const firstFactors = (...AllowedFirstAuthFactors) => (
  { Policies: { SignInPolicy: { AllowedFirstAuthFactors } } });

const withPasskeys = firstFactors('PASSWORD', 'WEB_AUTHN');
const relyingParty = {
  WebAuthnConfiguration: { RelyingPartyId: 'example.org', UserVerification: 'required' },
};
const choosing = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'] };

/** As many as a user may have. */
const most = 20;

/** Somebody who is signed in where there are passkeys. */
async function signedIn(walk, factors = relyingParty) {
  const there = await place(walk, withPasskeys, choosing, factors);
  const whom = await person(walk, there, 'ana');
  const { AccessToken } = await tokensOf(walk, there, 'ana');
  return { there, whom, AccessToken };
}

async function started(walk, { AccessToken }) {
  return (await walk.call('StartWebAuthnRegistration', { AccessToken })).CredentialCreationOptions;
}

/** A new passkey, and the call that registers it. */
async function made(walk, { AccessToken }) {
  const passkey = await softwarePasskey();
  const options = await started(walk, { AccessToken });
  return { passkey, options, complete: { AccessToken, Credential: passkey.create(options) } };
}

async function withPasskey(walk) {
  const all = await signedIn(walk);
  const { passkey, complete } = await made(walk, all);
  await walk.call('CompleteWebAuthnRegistration', complete);
  return { ...all, passkey, complete };
}

const encoded = bytes => Buffer.from(bytes).toString('base64url');
const decoded = text => Buffer.from(text, 'base64url');

/** The answer of a browser that was on another page, which a passkey without attestation does not sign. */
function onPage({ response, ...credential }, origin) {
  const clientData = { ...JSON.parse(decoded(response.clientDataJSON)), origin };
  const clientDataJSON = encoded(JSON.stringify(clientData));
  return { ...credential, response: { ...response, clientDataJSON } };
}

/** The answer of an authenticator that has not looked who is there. */
function unverified({ response, ...credential }) {
  const attestation = decoded(response.attestationObject);
  // The data is behind its name and two bytes of length; the flags in it are behind the party's hash.
  const flags = attestation.indexOf('authData') + 'authData'.length + 2 + 32;
  attestation[flags] &= ~0x04;
  return { ...credential, response: { ...response, attestationObject: encoded(attestation) } };
}

const life = [
  step('CompleteWebAuthnRegistration keeps a passkey, and ListWebAuthnCredentials shows it', async walk => {
    const { AccessToken, passkey, complete } = await withPasskey(walk);
    await walk.refused(
      'CompleteWebAuthnRegistration', 'WebAuthnChallengeNotFoundException', complete);
    const { Credentials: [shown] } = await walk.call('ListWebAuthnCredentials', { AccessToken });
    assert.equal(shown.CredentialId, passkey.id);
    assert.equal(shown.RelyingPartyId, 'example.org');
    assert.deepEqual(shown.AuthenticatorTransports, ['internal']);
    mustBeRecent(shown.CreatedAt);
  }),

  step('A passkey signs its user in', async walk => {
    const { there: { ClientId }, passkey } = await withPasskey(walk);
    const { ChallengeName, ChallengeParameters, Session } = await walk.call('InitiateAuth', {
      ClientId, AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: 'ana', PREFERRED_CHALLENGE: 'WEB_AUTHN' },
    });
    assert.equal(ChallengeName, 'WEB_AUTHN');
    const options = JSON.parse(ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS);
    const { AuthenticationResult } = await walk.call('RespondToAuthChallenge', {
      ClientId, ChallengeName, Session,
      ChallengeResponses: { USERNAME: 'ana', CREDENTIAL: JSON.stringify(await passkey.get(options)) },
    });
    assert.equal((await walk.call('GetUser', AuthenticationResult)).Username, 'ana');
  }),

  step('ListWebAuthnCredentials goes on where a page ended', async walk => {
    const { AccessToken, passkey } = await withPasskey(walk);
    const other = await made(walk, { AccessToken });
    await walk.call('CompleteWebAuthnRegistration', other.complete);
    const found = await walk.pages('ListWebAuthnCredentials', 'Credentials', { AccessToken }, 1);
    assert.deepEqual(
      found.map(each => each.CredentialId).sort(), [passkey.id, other.passkey.id].sort());
  }),

  step('DeleteWebAuthnCredential gives a passkey up', async walk => {
    const { AccessToken, passkey } = await withPasskey(walk);
    const input = { AccessToken, CredentialId: passkey.id };
    await walk.call('DeleteWebAuthnCredential', input);
    await walk.refused('DeleteWebAuthnCredential', 'ResourceNotFoundException', input);
    assert.deepEqual((await walk.call('ListWebAuthnCredentials', { AccessToken })).Credentials, []);
  }),

  step('A user has so many passkeys and no more', async walk => {
    const all = await signedIn(walk);
    const { AccessToken } = all;
    const late = await made(walk, all);
    for (let count = 0; count < most; count++) {
      await walk.call('CompleteWebAuthnRegistration', (await made(walk, all)).complete);
    }
    await walk.refused('StartWebAuthnRegistration', 'LimitExceededException', { AccessToken });
    await walk.refused('CompleteWebAuthnRegistration', 'LimitExceededException', late.complete);
  }),
];

const refusals = [
  step('CompleteWebAuthnRegistration refuses the answers of others', async walk => {
    const all = await signedIn(walk);
    const { passkey, options, complete } = await made(walk, all);
    const refused = (error, more) =>
      walk.refused('CompleteWebAuthnRegistration', error, { ...complete, ...more });
    const credential = (error, Credential) => refused(error, { Credential });
    await credential('InvalidParameterException', { id: passkey.id });
    await credential(
      'WebAuthnOriginNotAllowedException', onPage(complete.Credential, 'https://example.com'));
    await credential(
      'WebAuthnRelyingPartyMismatchException',
      passkey.create({ ...options, rp: { ...options.rp, id: 'example.com' } }));
    await credential('WebAuthnCredentialNotSupportedException', unverified(complete.Credential));
    const { UserPoolClient: { ClientId } } = await walk.call('CreateUserPoolClient', {
      UserPoolId: all.there.UserPoolId, ClientName: 'other', ...choosing,
    });
    const { AccessToken } = await tokensOf(walk, { ClientId }, 'ana');
    await refused('WebAuthnClientMismatchException', { AccessToken });
    await walk.call('CompleteWebAuthnRegistration', complete);
  }),

  step('A registration ends with its five minutes', async walk => {
    const { complete } = await made(walk, await signedIn(walk));
    await walk.later('PT6M', () => walk.refused(
      'CompleteWebAuthnRegistration', 'WebAuthnChallengeNotFoundException', complete));
  }),

  step('Nobody registers a passkey where there are none', async walk => {
    const all = await signedIn(walk);
    const { complete } = await made(walk, all);
    const { AccessToken, there: { UserPoolId } } = all;
    await walk.call('UpdateUserPool', { UserPoolId, ...firstFactors('PASSWORD') });
    await walk.refused('StartWebAuthnRegistration', 'WebAuthnNotEnabledException', { AccessToken });
    await walk.refused('CompleteWebAuthnRegistration', 'WebAuthnNotEnabledException', complete);
  }),

  step('StartWebAuthnRegistration wants to know whom the passkey is for', async walk => {
    const { AccessToken } = await signedIn(walk, { WebAuthnConfiguration: {} });
    await walk.refused(
      'StartWebAuthnRegistration', 'WebAuthnConfigurationMissingException', { AccessToken });
  }),
];

/** What every operation is given beside the token. */
const own = {
  StartWebAuthnRegistration: {},
  CompleteWebAuthnRegistration: { Credential: {} },
  ListWebAuthnCredentials: {},
  DeleteWebAuthnCredential: { CredentialId: 'AAAA' },
};

const holders = Object.entries(own).map(([operation, more]) =>
  step(`${operation} turns away tokens that are forged, old, of a reset or of the deleted`, async walk =>
    turnsAway(walk, operation, await signedIn(walk), more)));

export default area('passkeys', [life, refusals, holders]);
