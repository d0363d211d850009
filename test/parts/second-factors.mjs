/** The operations of second factors, as a part of sdk-journey.mjs: a pool of its own, and a user with all. */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { codeOf } from './authenticator.mjs';

const password = 'First-Passw0rd!';
const phone = '+15551230000';

async function pool(call, refused) {
  const { UserPool: { Id: UserPoolId } } = await call('CreateUserPool', { PoolName: 'factors' });
  await refused(
    sdk.InvalidParameterException, 'SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'ON' });
  const set = await call('SetUserPoolMfaConfig', {
    UserPoolId, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: { Message: 'Code {####}' },
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' } },
  });
  const got = await call('GetUserPoolMfaConfig', { UserPoolId });
  assert.deepEqual({ ...got, $metadata: 0 }, { ...set, $metadata: 0 });
  const { UserPoolClient: { ClientId } } = await call('CreateUserPoolClient', {
    UserPoolId, ClientName: 'app',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  await call('AdminCreateUser', {
    UserPoolId, Username: 'eve', MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'phone_number', Value: phone }],
  });
  await call('AdminSetUserPassword', { UserPoolId, Username: 'eve', Password: password, Permanent: true });
  return { UserPoolId, ClientId };
}

/** Sets an authenticator up, and signs in with it. */
export async function secondFactors(call, refused) {
  const { UserPoolId, ClientId } = await pool(call, refused);
  const user = { UserPoolId, Username: 'eve' };
  const signIn = () => call('InitiateAuth', {
    ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'eve', PASSWORD: password },
  });
  const { AuthenticationResult: { AccessToken } } = await signIn();
  const { SecretCode } = await call('AssociateSoftwareToken', { AccessToken });
  const wrong = codeOf(SecretCode) === '000000' ? '111111' : '000000';
  await refused(sdk.EnableSoftwareTokenMFAException, 'VerifySoftwareToken', { AccessToken, UserCode: wrong });
  const { Status } = await call('VerifySoftwareToken', {
    AccessToken, UserCode: codeOf(SecretCode), FriendlyDeviceName: 'phone',
  });
  assert.equal(Status, 'SUCCESS');
  await call('SetUserMFAPreference', {
    AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  await call('AdminSetUserMFAPreference', { ...user, SMSMfaSettings: { Enabled: true } });
  const factors = await call('GetUserAuthFactors', { AccessToken });
  assert.deepEqual(factors.UserMFASettingList, ['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
  assert.deepEqual(factors.ConfiguredUserAuthFactors, ['PASSWORD', 'SOFTWARE_TOKEN']);
  const shown = await call('AdminGetUserAuthFactors', user);
  assert.equal(shown.PreferredMfaSetting, 'SOFTWARE_TOKEN_MFA');

  const { ChallengeName, Session, ChallengeParameters } = await signIn();
  assert.equal(ChallengeName, 'SOFTWARE_TOKEN_MFA');
  assert.equal(ChallengeParameters.FRIENDLY_DEVICE_NAME, 'phone');
  const answer = SOFTWARE_TOKEN_MFA_CODE => ({
    ClientId, ChallengeName, Session, ChallengeResponses: { USERNAME: 'eve', SOFTWARE_TOKEN_MFA_CODE },
  });
  await refused(sdk.CodeMismatchException, 'RespondToAuthChallenge', answer(wrong));
  // The code of the set-up is used up; the app's next one is good already.
  const { AuthenticationResult: tokens } = await call(
    'RespondToAuthChallenge', answer(codeOf(SecretCode, 1)));
  assert.ok(tokens.AccessToken);

  await call('AdminDeleteSoftwareToken', user);
  assert.equal((await signIn()).ChallengeName, 'SMS_MFA');
  await call('SetUserSettings', { AccessToken, MFAOptions: [] });
  const MFAOptions = [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }];
  await call('AdminSetUserSettings', { ...user, MFAOptions });
  assert.deepEqual((await call('AdminGetUser', user)).MFAOptions, MFAOptions);
  await call('DeleteUserPool', { UserPoolId });
}
