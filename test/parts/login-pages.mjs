/**
 * The login pages in a real browser: nothing on them keeps anybody out, nothing leaves a small screen, and
 * their passkey forms send what a passkey signs.
 *
 *   node login-pages.mjs <folder with PAGE.LOOK.LANGUAGE.html, _pages and policy.txt> <Chromium>
 *
 * Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import decodeQR from 'qr/decode.js';
import { chromium } from './chromium.mjs';

const [folder, program] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const policy = readFileSync(join(folder, 'policy.txt'), 'utf8');
const types = {
  html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', assets: 'image/svg+xml',
};
const kind = page => page.split('.').slice(1).join('.');
const pages = readdirSync(folder)
  .filter(name => name.endsWith('.html'))
  .sort((one, other) => kind(one).localeCompare(kind(other)));
assert.ok(pages.length > 300, `only ${pages.length} pages`);

/* Colours are the same in every language, and take the longest to look at. */
const optionsOf = page => ({
  resultTypes: ['violations'],
  rules: { 'color-contrast': { enabled: page.includes('.en.') } },
});

/** Forms that were sent. */
const sent = [];
let onSent = () => {};

async function serve() {
  const server = createServer((request, answer) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    if (request.method === 'POST') {
      let body = '';
      request.on('data', data => { body += data; });
      request.on('end', () => {
        sent.push({ pathname, searchParams, form: new URLSearchParams(body) });
        answer.end('sent');
        onSent();
      });
      return;
    }
    const file = join(folder, pathname);
    if (!existsSync(file)) { answer.writeHead(404).end(); return; }
    answer.setHeader('Content-Type', types[/^.assets/.test(pathname) ? 'assets' : pathname.split('.').pop()]);
    answer.setHeader('Content-Security-Policy', policy);
    answer.end(readFileSync(file));
  });
  await new Promise(resolve => server.listen(0, 'localhost', resolve));
  return { server, address: `http://localhost:${server.address().port}/` };
}

/** A tab in which a script runs before those of the pages. */
async function tab(before = '') {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method, params) => browser.send(method, params, sessionId);
  await send('Page.enable');
  await send('Page.addScriptToEvaluateOnNewDocument', { source: before });
  await send('WebAuthn.enable');
  await send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });

  return {
    send,
    async evaluate(expression) {
      const { result, exceptionDetails } = await send(
        'Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    async open(page) {
      const loaded = browser.event('Page.loadEventFired');
      await send('Page.navigate', { url: address + page });
      await loaded;
    },
    screen: (width, height, scheme) => Promise.all([
      send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
      send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] }),
    ]),
    close: () => browser.send('Target.closeTarget', { targetId }),
  };
}

const faults = [];

/** Puts a page into the place of another of the same look and language: reading axe anew takes far longer
 * than using it. All that can be unfolded is, and what waits for the script is shown. */
function show(html) {
  const { title, body } = new DOMParser().parseFromString(html, 'text/html');
  document.title = title;
  document.body.replaceWith(body);
  for (const each of document.querySelectorAll('details')) each.open = true;
  for (const each of document.querySelectorAll('[data-start]')) each.hidden = false;
}

async function lookOver(page, { evaluate }) {
  await evaluate(`(${show})(${JSON.stringify(readFileSync(join(folder, page), 'utf8'))})`);
  const found = await evaluate(`axe.run(document, ${JSON.stringify(optionsOf(page))})
    .then(({ violations }) => violations.map(({ id, impact, nodes }) =>
      id + ' (' + impact + '): ' + nodes.map(each => each.html.slice(0, 160)).join(' | ')))`);
  faults.push(...found.map(fault => `${page}: ${fault}`));
}

/** 320 pixels are 1280 at a zoom of 400 % (WCAG 2.2, 1.4.10). */
async function lookForOverflow(page, { evaluate }) {
  const width = await evaluate('document.documentElement.scrollWidth');
  if (width > 320) faults.push(`${page}: is ${width} pixels wide on a screen of 320`);
}

/** What is pressed is as large as a fingertip; links within a sentence are as large as their words. */
async function lookForSmallTargets(page, { evaluate }) {
  const small = await evaluate(`[...document.querySelectorAll('a, button, input:not([type=hidden]), summary')]
    .filter(each => each.checkVisibility() && !each.closest('.small'))
    .filter(each => each.getBoundingClientRect().height < 43.5)
    .map(each => each.outerHTML.slice(0, 100))`);
  faults.push(...small.map(each => `${page}: is less than 44 pixels high: ${each}`));
}

async function lookAtAllPages() {
  const here = await tab();
  let group = '';
  for (const page of pages) {
    const [, look, language] = page.split('.');
    if (group !== `${look}.${language}`) {
      group = `${look}.${language}`;
      await here.screen(look === 'dynamic' ? 1280 : 320, 640, look === 'dynamic' ? 'dark' : 'light');
      await here.open(page);
      await here.evaluate(axe);
    }
    await lookOver(page, here);
    if (look !== 'dynamic') await lookForOverflow(page, here);
    if (look !== 'classic' && language === 'en') await lookForSmallTargets(page, here);
  }
  await here.close();
}

async function readQrCode() {
  const here = await tab();
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

  const signed = await sending(() => here.open('passkey.light.en.html'));
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
  const here = await tab();
  const id = await makeAndUse(here);
  const offered = await sending(() => here.open('sign-in-choice.light.en.html'));
  assert.equal(JSON.parse(offered.form.get('credential')).id, id);
  await here.close();
}

/** A browser that neither reads nor writes the JSON, and offers nothing by itself. */
async function useOldBrowser() {
  const here = await tab(`
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
  const here = await tab();
  await here.open('add-passkey.light.en.html');
  for (const [error, words] of [['InvalidStateError', 'exists'], ['NotAllowedError', 'failed']]) {
    await here.evaluate(
      `navigator.credentials.create = async () => { throw new DOMException('', '${error}'); }`);
    await press(here);
    assert.equal(await said(here), words);
  }
  await here.close();

  const without = await tab('delete window.PublicKeyCredential;');
  await without.open('add-passkey.light.en.html');
  assert.equal(await said(without), 'unsupported');
  await without.open('sign-in-choice.light.en.html');
  assert.equal(await said(without), '');
  assert.equal(
    await without.evaluate('document.querySelector("[data-start]").checkVisibility()'), false);
  await without.close();
}

const { server, address } = await serve();
const browser = chromium(program);
try {
  await lookAtAllPages();
  assert.deepEqual(faults, []);
  await readQrCode();
  await usePasskeys();
  await useOldBrowser();
  await sayWhatWentWrong();
} finally {
  await browser.close();
  server.close();
}
