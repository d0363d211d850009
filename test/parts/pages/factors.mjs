/** Second factors: set up on the way, and asked for the next time. */
import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import decode from 'qr/decode.js';
import { codeOf } from '../authenticator.mjs';
import { Password } from '../login-app.mjs';

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' };
const withTotp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const withSms = { SmsMfaConfiguration: { SmsConfiguration } };
const withEmail = { EmailMfaConfiguration: { Message: 'Code {####}' } };
const recovery = {
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
};
// Nobody's code, whatever the authenticator shows.
const wrong = '000000';

/** The secret in the picture, read as a camera does. */
async function scan(page) {
  const { width, height, data } = PNG.sync.read(await page.picture());
  const uri = new URL(decode({ width, height, data }));
  assert.equal(uri.protocol, 'otpauth:');
  return uri.searchParams;
}

export default async function factors({
  api, pool, user, begin, codeFor, tab, step, arrives,
}) {
  const secured = async (name, mfa, settings = {}) => {
    const made = await pool(name, 2, { ...recovery, ...settings });
    const { UserPoolId } = made;
    await api.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: 'ON', ...mfa });
    return made;
  };
  const enter = async (where, name, page) => {
    const { finish } = await begin(where, page);
    await page.fill({ username: name, password: Password }, 'Sign in');
    return finish;
  };

  {
    // An authenticator app.
    const safes = await secured('safes', withTotp);
    await user(safes.UserPoolId, 'ana');
    const page = await tab();
    let finish = await enter(safes, 'ana', page);
    await page.says('Set up an authenticator app');
    await step(page, 'totp');
    const scanned = await scan(page);
    await page.click('button("Enter the key by hand")');
    const secret = scanned.get('secret');
    assert.ok((await page.text()).replaceAll(/\s/g, '').includes(secret));
    await step(page, 'totp-by-hand');
    await page.fill({ code: wrong }, 'Verify');
    await step(page, 'totp-refused');
    assert.equal((await scan(page)).get('secret'), secret);
    await page.fill({ code: codeOf(secret), device_name: 'phone' }, 'Verify');
    assert.equal((await arrives(page, finish)).email, 'ana@example.com');

    const next = await tab();
    finish = await enter(safes, 'ana', next);
    await step(next, 'totp-code');
    await next.fill({ code: wrong }, 'Verify');
    await next.says('Invalid verification code provided, please try again.');
    await step(next, 'totp-code-refused');
    // The code of the set-up is used up; the app's next one is good already.
    await next.fill({ code: codeOf(secret, 1) }, 'Verify');
    assert.equal((await arrives(next, finish)).email, 'ana@example.com');
  }

  {
    // Text messages, to a number that is given on the way.
    const phones = await secured('phones', withSms);
    await user(phones.UserPoolId, 'ana');
    const page = await tab();
    let finish = await enter(phones, 'ana', page);
    await page.says('Add your phone number');
    await step(page, 'sms');
    await page.fill({ phone_number: '12' }, 'Send code');
    await step(page, 'sms-refused');
    await page.fill({ phone_number: '+15550100199' }, 'Send code');
    await step(page, 'sms-code');
    await page.fill({ code: await codeFor('+15550100199') }, 'Verify');
    await arrives(page, finish);

    const next = await tab();
    finish = await enter(phones, 'ana', next);
    await next.says(/texted a code to .*0199/);
    await next.fill({ code: wrong }, 'Verify');
    await step(next, 'sms-code-refused');
    await next.fill({ code: await codeFor('+15550100199') }, 'Verify');
    await arrives(next, finish);
  }

  // All of them: one is chosen to be set up, and later one to sign in with.
  const all = await secured('all', { ...withTotp, ...withSms, ...withEmail }, {
    EmailConfiguration: {
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.com',
    },
  });
  await user(all.UserPoolId, 'ana', { email: 'ana@example.com', email_verified: 'true' });
  await user(all.UserPoolId, 'bea', {});
  const page = await tab();
  let finish = await enter(all, 'bea', page);
  await page.says('Set up a second step');
  await step(page, 'set-up');
  await page.press('Code by email');
  await step(page, 'email');
  await page.press('Try another way');
  await page.press('Authenticator app');
  await page.press('Try another way');
  await page.press('Code by email');
  await page.fill({ email: 'bea@example.com' }, 'Send code');
  await step(page, 'email-code');
  await page.fill({ code: await codeFor('bea@example.com') }, 'Verify');
  await arrives(page, finish);

  await api.adminUpdateUserAttributes({
    UserPoolId: all.UserPoolId, Username: 'ana', UserAttributes: [
      { Name: 'phone_number', Value: '+15550100200' }, { Name: 'phone_number_verified', Value: 'true' },
    ],
  });
  await api.adminSetUserMFAPreference({
    UserPoolId: all.UserPoolId, Username: 'ana', SMSMfaSettings: { Enabled: true },
    EmailMfaSettings: { Enabled: true },
  });
  for (const [way, to] of [['Code by text message', '+15550100200'], ['Code by email', 'ana@example.com']]) {
    const chooser = await tab();
    finish = await enter(all, 'ana', chooser);
    await chooser.says('Choose how to verify');
    await step(chooser, 'choose');
    await chooser.press(way);
    await step(chooser, 'chosen');
    await chooser.fill({ code: await codeFor(to) }, 'Verify');
    await arrives(chooser, finish);
  }
}
