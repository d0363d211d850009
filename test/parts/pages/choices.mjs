/** First factors to choose from. */
import assert from 'node:assert/strict';
import { Password } from '../login-app.mjs';

export default async function choices({ pool, user, begin, codeFor, tab, step, arrives }) {
  const made = await pool('choices', 2, {
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] } },
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
  }, { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
  await user(made.UserPoolId, 'ana', {
    email: 'ana@example.com', email_verified: 'true',
    phone_number: '+15550100199', phone_number_verified: 'true',
  });

  for (const [way, to] of [['Code by email', 'ana@example.com'], ['Code by text message', '+15550100199']]) {
    const page = await tab();
    const { finish } = await begin(made, page);
    await step(page, 'name');
    await page.fill({ username: 'ana' }, 'Next');
    await page.says('Choose how to sign in');
    await step(page, 'choose');
    await page.press(way);
    await step(page, 'code');
    await page.fill({ code: '00000000' }, 'Verify');
    await step(page, 'code-refused');
    await codeFor(to);
    await page.press('Send a new code');
    await page.fill({ code: await codeFor(to) }, 'Verify');
    assert.equal((await arrives(page, finish)).email, 'ana@example.com');
  }

  // A password after all, and another way than the one that was chosen.
  const page = await tab();
  const { finish } = await begin(made, page, { login_hint: 'ana' });
  await page.press('Next');
  await page.press('Code by email');
  await page.press('Try another way');
  await page.says('Choose how to sign in');
  await page.press('Password');
  await step(page, 'password');
  await page.fill({ password: 'Wrong-Passw0rd!' }, 'Sign in');
  await page.says('Incorrect username or password.');
  await step(page, 'password-refused');
  await page.fill({ password: Password }, 'Sign in');
  assert.equal((await arrives(page, finish)).email, 'ana@example.com');

  // Who is not there is told nothing of it.
  const stranger = await tab();
  await begin(made, stranger);
  await stranger.fill({ username: 'nobody' }, 'Next');
  await step(stranger, 'nobody');
}
