/**
 * What people's devices make of the login pages: the code of an authenticator can be scanned, and passkeys
 * are made and used.
 *
 *   node login-devices.mjs <folder with PAGE.LOOK.LANGUAGE.html, _pages and policy.txt> <Chromium>
 *
 * Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import decodeQR from 'qr/decode.js';
import { pageBrowser } from './page-browser.mjs';

const [folder, program] = process.argv.slice(2);
const sent = [];
let onSent = () => {};
const browser = await pageBrowser(folder, program, form => {
  sent.push(form);
  onSent();
});

async function readQrCode() {
  const here = await browser.tab();
  await here.send('Page.setBypassCSP', { enabled: true });
  await here.open('set-up-totp.dark.en.html');
  const link = await here.evaluate('document.querySelector("a[href^=otpauth]").getAttribute("href")');
  const [width, data] = await here.evaluate(`(async () => {
    const drawing = document.querySelector('.qr svg').cloneNode(true);
    const size = 6 * drawing.viewBox.baseVal.width;
    drawing.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    drawing.setAttribute('width', size);
    drawing.setAttribute('height', size);
    const image = new Image();
    image.src = 'data:image/svg+xml,' + encodeURIComponent(drawing.outerHTML);
    await image.decode();
    const canvas = new OffscreenCanvas(size, size).getContext('2d');
    canvas.drawImage(image, 0, 0);
    return [size, Array.from(canvas.getImageData(0, 0, size, size).data)];
  })()`);
  assert.equal(decodeQR({ width, height: width, data: Uint8ClampedArray.from(data) }), link);
  await here.close();
}

/** The one form that is sent when `act` is done. */
async function sending(act) {
  const before = sent.length;
  const arrived = new Promise(resolve => { onSent = resolve; });
  await act();
  await arrived;
  assert.equal(sent.length, before + 1);
  return sent.at(-1);
}

const press = ({ evaluate }) => evaluate('document.querySelector("[data-start]").click()');
const said = ({ evaluate }) => evaluate(`[...document.querySelectorAll('[data-said]')]
  .filter(each => each.checkVisibility()).map(each => each.dataset.said).join()`);

/** Makes a passkey, and signs in with it on the page that asks at once; its id. */
async function makeAndUse(here) {
  const created = await sending(async () => {
    await here.open('add-passkey.light.en.html');
    await press(here);
  });
  assert.equal(created.pathname, '/passkeys/add');
  assert.equal(created.searchParams.get('response_type'), 'code');
  assert.equal(created.form.get('csrf'), 'token');
  assert.equal(created.form.get('username'), 'ana@example.com');
  const made = JSON.parse(created.form.get('credential'));
  assert.ok(made.response.attestationObject && made.response.clientDataJSON);

  const signed = await sending(() => here.go('passkey.light.en.html'));
  assert.equal(signed.pathname, '/login');
  assert.equal(signed.form.get('session'), 'AYABeOpaque-session_0123456789');
  const got = JSON.parse(signed.form.get('credential'));
  assert.equal(got.id, made.id);
  const told = JSON.parse(Buffer.from(got.response.clientDataJSON, 'base64url'));
  assert.equal(Buffer.from(told.challenge, 'base64url').toString(), 'challenge');
  assert.equal(Buffer.from(got.response.userHandle, 'base64url').toString(), 'ana');
  assert.ok(got.response.signature && got.response.authenticatorData);
  return made.id;
}

/** The browser offers its passkeys as soon as the page is there; the authenticator takes one. */
async function usePasskeys() {
  const here = await browser.tab();
  const id = await makeAndUse(here);
  const offered = await sending(() => here.go('sign-in-choice.light.en.html'));
  assert.equal(JSON.parse(offered.form.get('credential')).id, id);
  await here.close();
}

/** A browser that neither reads nor writes the JSON, and offers nothing by itself. */
async function useOldBrowser() {
  const here = await browser.tab(`
    delete PublicKeyCredential.parseCreationOptionsFromJSON;
    delete PublicKeyCredential.parseRequestOptionsFromJSON;
    delete PublicKeyCredential.isConditionalMediationAvailable;
    delete PublicKeyCredential.prototype.toJSON;`);
  const id = await makeAndUse(here);
  const pressed = await sending(async () => {
    await here.open('sign-in-choice.light.en.html');
    await press(here);
  });
  assert.equal(JSON.parse(pressed.form.get('credential')).id, id);
  await here.close();
}

async function sayWhatWentWrong() {
  const here = await browser.tab();
  await here.open('add-passkey.light.en.html');
  for (const [error, words] of [['InvalidStateError', 'exists'], ['NotAllowedError', 'failed']]) {
    await here.evaluate(
      `navigator.credentials.create = async () => { throw new DOMException('', '${error}'); }`);
    await press(here);
    assert.equal(await said(here), words);
  }
  await here.close();

  const without = await browser.tab('delete window.PublicKeyCredential;');
  await without.open('add-passkey.light.en.html');
  assert.equal(await said(without), 'unsupported');
  await without.open('sign-in-choice.light.en.html');
  assert.equal(await said(without), '');
  assert.equal(
    await without.evaluate('document.querySelector("[data-start]").checkVisibility()'), false);
  await without.close();
}

try {
  await readQrCode();
  await usePasskeys();
  await useOldBrowser();
  await sayWhatWentWrong();
} finally {
  await browser.close();
}
