/** Second factors: what a pool offers, what users set up, and what sign-ins then ask for. */
import assert from 'node:assert/strict';
import { codeOf } from '../authenticator.mjs';
import { area, step } from './area.mjs';
import { person, registered, sms, tokensOf, turnsAway, wrong } from './fixtures.mjs';
import { place } from './places.mjs';
import { atOnce } from './pools.mjs';
import { ways, withPassword } from './sign-in.mjs';

const phone = '+15005550003';
const SoftwareTokenMfaConfiguration = { Enabled: true };

/** A pool where users may have an authenticator, or text messages. */
const offered = {
  MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration, SmsMfaConfiguration: { SmsConfiguration: sms },
};

/** One where they must have an authenticator. */
const demanded = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration };

/** One where they have text messages alone. */
const withoutAuthenticators = { ...offered, SoftwareTokenMfaConfiguration: { Enabled: false } };

/** Somebody who is signed in and has a phone number. */
async function signedIn(walk, factors = offered) {
  const there = await place(walk, {}, {}, factors);
  const whom = await person(walk, there, 'ana', { phone_number: phone });
  const { AccessToken } = await tokensOf(walk, there, 'ana');
  return { there, whom, AccessToken };
}

/** An authenticator that is set up: its secret, and the code that is used up by that. */
async function setUp(walk, { AccessToken }) {
  const { SecretCode } = await walk.call('AssociateSoftwareToken', { AccessToken });
  const code = codeOf(SecretCode);
  const { Status, Session } = await walk.call('VerifySoftwareToken', {
    AccessToken, UserCode: code, FriendlyDeviceName: 'phone',
  });
  assert.deepEqual([Status, Session], ['SUCCESS', undefined]);
  return { SecretCode, code };
}

/** Somebody who has to type the code of an authenticator to sign in. */
async function armed(walk) {
  const all = await signedIn(walk);
  const authenticator = await setUp(walk, all);
  await walk.call('SetUserMFAPreference', {
    AccessToken: all.AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  return { ...all, ...authenticator };
}

const ownPool = async (walk, more) =>
  (await walk.call('CreateUserPool', { PoolName: 'factors', ...more })).UserPool.Id;

const configuration = [
  step('SetUserPoolMfaConfig keeps what it is given, and GetUserPoolMfaConfig shows it', async walk => {
    const UserPoolId = await ownPool(walk);
    const shown = async () => {
      const { $metadata, ...blocks } = await walk.call('GetUserPoolMfaConfig', { UserPoolId });
      return blocks;
    };
    assert.deepEqual(await shown(), { MfaConfiguration: 'OFF' });
    const { $metadata, ...set } = await walk.call('SetUserPoolMfaConfig', {
      UserPoolId, ...offered, EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Code' },
    });
    assert.deepEqual(await shown(), set);
    assert.equal(set.MfaConfiguration, 'OPTIONAL');
    assert.equal(set.SmsMfaConfiguration.SmsConfiguration.SnsCallerArn, sms.SnsCallerArn);
    assert.deepEqual(set.EmailMfaConfiguration, { Message: 'Code {####}', Subject: 'Code' });
    const WebAuthnConfiguration = { RelyingPartyId: 'example.org', UserVerification: 'preferred' };
    await walk.call('SetUserPoolMfaConfig', { UserPoolId, WebAuthnConfiguration });
    assert.deepEqual(await shown(), { ...set, WebAuthnConfiguration });
  }),

  step('SetUserPoolMfaConfig refuses what does not go together, or not with the plan', async walk => {
    const UserPoolId = await ownPool(walk, { UserPoolTier: 'LITE' });
    const refused = (error, more) => walk.refused('SetUserPoolMfaConfig', error, { UserPoolId, ...more });
    await refused('InvalidParameterException', { MfaConfiguration: 'ON' });
    await refused('InvalidParameterException', { MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration });
    await refused('FeatureUnavailableInTierException', {
      MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {},
    });
    await refused('InvalidSmsRoleTrustRelationshipException', {
      MfaConfiguration: 'OPTIONAL',
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:sqs:us-east-1:000000000000:queue' } },
    });
    assert.equal((await walk.call('GetUserPoolMfaConfig', { UserPoolId })).MfaConfiguration, 'OFF');
  }),

  step('SetUserPoolMfaConfig tells one of two who change a pool at once', async walk => {
    const { UserPoolId } = await place(walk, {}, {}, offered);
    await atOnce(walk, 'SetUserPoolMfaConfig', number => ({
      UserPoolId, WebAuthnConfiguration: { RelyingPartyId: `n${number}.example.org` },
    }));
  }),
];

const authenticators = [
  step('AssociateSoftwareToken hands out a secret, and VerifySoftwareToken wants its code', async walk => {
    const { there: { UserPoolId }, whom, AccessToken } = await signedIn(walk);
    const verify = UserCode => ({ AccessToken, UserCode });
    await walk.refused('VerifySoftwareToken', 'SoftwareTokenMFANotFoundException', verify('123456'));
    await setUp(walk, { AccessToken });
    const { SecretCode } = await walk.call('AssociateSoftwareToken', { AccessToken });
    await walk.refused(
      'VerifySoftwareToken', 'EnableSoftwareTokenMFAException', verify(wrong(codeOf(SecretCode))));
    const { ConfiguredUserAuthFactors } = await walk.call('AdminGetUserAuthFactors', whom);
    assert.deepEqual(ConfiguredUserAuthFactors, ['PASSWORD', 'SOFTWARE_TOKEN']);
    assert.equal((await walk.call('GetUserPoolMfaConfig', { UserPoolId })).MfaConfiguration, 'OPTIONAL');
  }),

  step('AssociateSoftwareToken tells one of two who ask at once', async walk => {
    const { AccessToken } = await signedIn(walk);
    await atOnce(walk, 'AssociateSoftwareToken', () => ({ AccessToken }));
  }),

  ['AssociateSoftwareToken', 'VerifySoftwareToken'].map(operation =>
    step(`${operation} wants a token or a session, in a pool that has authenticators`, async walk => {
      const { AccessToken } = await signedIn(walk, withoutAuthenticators);
      const more = operation.startsWith('Verify') ? { UserCode: '123456' } : {};
      const refused = (error, whose) => walk.refused(operation, error, { ...whose, ...more });
      await refused('SoftwareTokenMFANotFoundException', { AccessToken });
      await refused('InvalidParameterException', {});
      await refused('InvalidParameterException', { AccessToken, Session: 'x'.repeat(60) });
      await refused('NotAuthorizedException', { Session: 'x'.repeat(60) });
    })),

  step('AdminDeleteSoftwareToken forgets the authenticator, and with it the preference', async walk => {
    const { there, whom } = await armed(walk);
    await walk.call('AdminDeleteSoftwareToken', whom);
    const factors = await walk.call('AdminGetUserAuthFactors', whom);
    assert.deepEqual(factors.ConfiguredUserAuthFactors, ['PASSWORD']);
    assert.equal(factors.PreferredMfaSetting, undefined);
    await tokensOf(walk, there, 'ana');
    await walk.refused('AdminDeleteSoftwareToken', 'InvalidParameterException', whom);
    await registered(walk, there, 'bob');
    await walk.refused('AdminDeleteSoftwareToken', 'UserNotConfirmedException', {
      ...whom, Username: 'bob',
    });
  }),
];

/** Whose factors they are, for the user and for an administrator. */
const sides = [
  { Admin: '', by: ({ AccessToken }) => ({ AccessToken }) },
  { Admin: 'Admin', by: ({ whom }) => whom },
];

const preferences = sides.map(({ Admin, by }) => [
  step(`${Admin}SetUserMFAPreference switches factors on, and one of them comes first`, async walk => {
    const all = await signedIn(walk);
    await setUp(walk, all);
    const set = more => walk.call(`${Admin}SetUserMFAPreference`, { ...by(all), ...more });
    const shown = async () => {
      const { UserMFASettingList, PreferredMfaSetting, Username, ConfiguredUserAuthFactors } =
        await walk.call(`${Admin}GetUserAuthFactors`, by(all));
      assert.equal(Username, 'ana');
      assert.deepEqual(ConfiguredUserAuthFactors, ['PASSWORD', 'SOFTWARE_TOKEN']);
      return [UserMFASettingList, PreferredMfaSetting];
    };
    await set({
      SMSMfaSettings: { Enabled: true },
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    assert.deepEqual(await shown(), [['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], 'SOFTWARE_TOKEN_MFA']);
    await set({ SoftwareTokenMfaSettings: { Enabled: false } });
    assert.deepEqual(await shown(), [['SMS_MFA'], undefined]);
    const { UserMFASettingList } = await walk.call('AdminGetUser', all.whom);
    assert.deepEqual(UserMFASettingList, ['SMS_MFA']);
  }),

  step(`${Admin}SetUserMFAPreference refuses what the user or the pool lacks`, async walk => {
    const all = await signedIn(walk);
    const refused = more =>
      walk.refused(`${Admin}SetUserMFAPreference`, 'InvalidParameterException', { ...by(all), ...more });
    await refused({ SoftwareTokenMfaSettings: { Enabled: true } });
    await refused({ EmailMfaSettings: { Enabled: true } });
    await refused({ SMSMfaSettings: { Enabled: false, PreferredMfa: true } });
    const { UserMFASettingList } = await walk.call(`${Admin}GetUserAuthFactors`, by(all));
    assert.equal(UserMFASettingList, undefined);
  }),

  step(`${Admin}SetUserSettings knows SMS alone`, async walk => {
    const all = await signedIn(walk);
    const operation = `${Admin}SetUserSettings`;
    const options = (DeliveryMedium, AttributeName) => (
      { ...by(all), MFAOptions: [{ DeliveryMedium, AttributeName }] });
    const shown = async () => (await walk.call('AdminGetUser', all.whom)).MFAOptions;
    const { MFAOptions, ...input } = options('SMS', 'phone_number');
    await walk.call(operation, { ...input, MFAOptions });
    assert.deepEqual(await shown(), MFAOptions);
    await walk.refused(operation, 'InvalidParameterException', options('EMAIL', 'email'));
    await walk.call(operation, { ...input, MFAOptions: [] });
    assert.equal(await shown(), undefined);
  }),
]);

const strangers = [
  ['AdminSetUserMFAPreference', {}], ['AdminSetUserSettings', { MFAOptions: [] }],
  ['AdminGetUserAuthFactors', {}], ['AdminDeleteSoftwareToken', {}],
].map(([operation, more]) => step(`${operation} knows nobody who is not there`, async walk => {
  const { UserPoolId } = await place(walk);
  await walk.refused(operation, 'UserNotFoundException', { UserPoolId, Username: 'nobody', ...more });
}));

/** What every operation is given beside the token. */
const own = {
  AssociateSoftwareToken: {},
  VerifySoftwareToken: { UserCode: '123456' },
  SetUserMFAPreference: {},
  SetUserSettings: { MFAOptions: [] },
  GetUserAuthFactors: {},
};

const holders = Object.entries(own).map(([operation, more]) =>
  step(`${operation} turns away tokens that are forged, old, of a reset or of the deleted`, async walk =>
    turnsAway(walk, operation, await signedIn(walk), more)));

/** The answer to a challenge of a sign-in by password. */
async function challenged(walk, way, there, expected) {
  const { ChallengeName, Session } = await walk.call(way.begin, withPassword(way, there, 'ana'));
  assert.equal(ChallengeName, expected);
  return (responses, session = Session) => ({
    ...way.whose(there), ChallengeName, Session: session,
    ChallengeResponses: { USERNAME: 'ana', ...responses },
  });
}

const signIns = ways.map(way => [
  step(`${way.answer} takes each code of an authenticator once`, async walk => {
    const { there, SecretCode, code } = await armed(walk);
    const answer = await challenged(walk, way, there, 'SOFTWARE_TOKEN_MFA');
    const typed = SOFTWARE_TOKEN_MFA_CODE => answer({ SOFTWARE_TOKEN_MFA_CODE });
    await walk.refused(way.answer, 'CodeMismatchException', typed(wrong(code)));
    // It was taken when the authenticator was set up; the next one is good already.
    await walk.refused(way.answer, 'ExpiredCodeException', typed(code));
    const { AuthenticationResult } = await walk.call(way.answer, typed(codeOf(SecretCode, 1)));
    assert.equal((await walk.call('GetUser', AuthenticationResult)).Username, 'ana');
  }),

  step(`${way.answer} tells that the authenticator was lost meanwhile`, async walk => {
    const { there, whom, SecretCode } = await armed(walk);
    const answer = await challenged(walk, way, there, 'SOFTWARE_TOKEN_MFA');
    await walk.call('AdminDeleteSoftwareToken', whom);
    await walk.refused(
      way.answer, 'SoftwareTokenMFANotFoundException',
      answer({ SOFTWARE_TOKEN_MFA_CODE: codeOf(SecretCode, 1) }));
  }),

  step(`${way.begin} lets nobody in without the factor that was chosen`, async walk => {
    const { there, whom } = await signedIn(walk);
    await walk.call('AdminSetUserMFAPreference', { ...whom, SMSMfaSettings: { Enabled: true } });
    await walk.call('AdminDeleteUserAttributes', { ...whom, UserAttributeNames: ['phone_number'] });
    await walk.refused(way.begin, 'MFAMethodNotFoundException', withPassword(way, there, 'ana'));
  }),

  step(`${way.answer} goes on once an authenticator was set up on the way`, async walk => {
    const there = await place(walk, {}, {}, demanded);
    await person(walk, there, 'ana');
    const answer = await challenged(walk, way, there, 'MFA_SETUP');
    const { SecretCode, Session } = await walk.call('AssociateSoftwareToken', { Session: answer().Session });
    const verified = await walk.call('VerifySoftwareToken', { Session, UserCode: codeOf(SecretCode) });
    assert.equal(verified.Status, 'SUCCESS');
    const { AuthenticationResult } = await walk.call(way.answer, answer({}, verified.Session));
    const { AccessToken } = AuthenticationResult;
    const factors = await walk.call('GetUserAuthFactors', { AccessToken });
    assert.deepEqual(factors.UserMFASettingList, ['SOFTWARE_TOKEN_MFA']);
    await challenged(walk, way, there, 'SOFTWARE_TOKEN_MFA');
  }),
]);

export default area('mfa', [
  configuration, authenticators, preferences, strangers, holders, signIns,
]);
