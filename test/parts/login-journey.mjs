/**
 * People sign in on the pages of a pool's domain, and an OAuth library fetches their tokens.
 *
 *   node login-journey.mjs <endpoint of `lifeguard dev --set Pages:DefaultStyle=true`>
 *
 * Exit code 0 when everything was as it should be.
 */
import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { codeOf } from './authenticator.mjs';
import { loginApp, Password } from './login-app.mjs';
import { Reader } from './page-reader.mjs';

const [address] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
const { api, pool, user, begin, codeFor } = loginApp(endpoint, 'https://app.example');

for (const version of [1, 2]) {
  const name = `planets${version}`;
  const planets = await pool(name, version);
  await user(planets.UserPoolId, 'ana');
  const reader = new Reader();

  // Wrong, then right.
  const { page, finish } = await begin(planets, reader);
  assert.equal(page.status, 200, page.text);
  const again = await reader.fill(page, { username: 'ana', password: 'wrong' });
  assert.match(again.text, /Incorrect username or password/);
  const back = await reader.fill(again, { username: 'ana', password: Password });
  assert.ok(back.location, back.text);
  const tokens = await finish(back);
  assert.equal(tokens.claims().email, 'ana@example.com');
  const info = await oauth.fetchUserInfo(planets.config, tokens.access_token, tokens.claims().sub);
  assert.equal(info.username, 'ana');
  const fresh = await oauth.refreshTokenGrant(planets.config, tokens.refresh_token);
  assert.equal(fresh.claims().sub, tokens.claims().sub);

  // A code works once; the second use ends what the first began.
  await assert.rejects(finish(back), { error: 'invalid_grant' });
  await assert.rejects(
    oauth.refreshTokenGrant(planets.config, tokens.refresh_token), { error: 'invalid_grant' });

  // Single sign-on, and its end.
  const silent = await begin(planets, reader);
  assert.ok(silent.page.location, silent.page.text);
  const known = await silent.finish(silent.page);
  assert.equal(known.claims().auth_time, tokens.claims().auth_time);
  await oauth.tokenRevocation(planets.config, known.refresh_token);
  const out = await reader.open(
    `${endpoint}/_domain/${name}/logout?client_id=${planets.client.ClientId}`
    + `&logout_uri=${encodeURIComponent('https://app.example/bye')}`);
  assert.equal(out.location?.href, 'https://app.example/bye');
  assert.equal((await begin(planets, reader)).page.status, 200);

  // A new account.
  const stranger = new Reader();
  const first = await begin(planets, stranger);
  const signUp = await stranger.open(first.page.url.href.replace('/login?', '/signup?'));
  const confirm = await stranger.fill(signUp, {
    username: 'bea', password: Password, 'requiredAttributes[email]': 'bea@example.com',
  });
  const home = await stranger.fill(confirm, { code: await codeFor('bea@example.com') });
  assert.ok(home.location, home.text);
  assert.equal((await first.finish(home)).claims()['cognito:username'], 'bea');

  // An administrator's reset.
  await api.adminResetUserPassword({ UserPoolId: planets.UserPoolId, Username: 'ana' });
  const code = await codeFor('ana@example.com');
  const person = new Reader();
  const start = await begin(planets, person);
  const reset = await person.fill(start.page, { username: 'ana', password: Password });
  const wrong = await person.fill(reset, { code: '000000', password: 'Second-Passw0rd!' });
  const done = await person.fill(wrong, { code, password: 'Second-Passw0rd!' });
  assert.ok(done.location, done.text);
  await start.finish(done);

  // A forgotten password.
  const forgetful = new Reader();
  const lost = await begin(planets, forgetful);
  const ask = await forgetful.open(lost.page.url.href.replace('/login?', '/forgotPassword?'));
  const given = await forgetful.fill(ask, { username: 'bea' });
  const found = await forgetful.fill(given, {
    code: await codeFor('bea@example.com'), password: 'Third-Passw0rd!',
  });
  assert.ok(found.location, found.text);
  await lost.finish(found);

  // A temporary password.
  await api.adminCreateUser({
    UserPoolId: planets.UserPoolId, Username: 'cai', MessageAction: 'SUPPRESS',
    TemporaryPassword: 'Temporary-1!',
  });
  const fresher = new Reader();
  const invited = await begin(planets, fresher);
  const change = await fresher.fill(invited.page, { username: 'cai', password: 'Temporary-1!' });
  const changed = await fresher.fill(change, { password: 'Fourth-Passw0rd!' });
  assert.ok(changed.location, changed.text);
  await invited.finish(changed);
}

// A second factor that everybody has to have, set up on the way.
const safes = await pool('safes', 2, { MfaConfiguration: 'OFF' });
await api.setUserPoolMfaConfig({
  UserPoolId: safes.UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true },
});
await user(safes.UserPoolId, 'ana');
const careful = new Reader();
const entry = await begin(safes, careful);
const setUp = await careful.fill(entry.page, { username: 'ana', password: Password });
const secret = /\b([A-Z2-7]{4}(?: ?[A-Z2-7]{4}){7,})\b/.exec(setUp.text)[1].replaceAll(' ', '');
const inside = await careful.fill(setUp, { code: codeOf(secret), device_name: 'phone' });
assert.ok(inside.location, inside.text);
await entry.finish(inside);

// A choice of first factors.
const choices = await pool('choices', 2, {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
}, { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
await user(choices.UserPoolId, 'ana');
const chooser = new Reader();
const choice = await begin(choices, chooser);
const offered = await chooser.fill(choice.page, { username: 'ana' });
const mailed = await chooser.fill(offered, { factor: 'EMAIL_OTP' });
const missed = await chooser.fill(mailed, { code: '00000000' });
const mailedIn = await chooser.fill(missed, { code: await codeFor('ana@example.com') });
assert.ok(mailedIn.location, mailedIn.text);
await choice.finish(mailedIn);
console.log('done');
