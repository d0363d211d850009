/** A tab of a browser with cookies of its own. It is used as a person does: by what is seen. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const patience = 50_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Screens that pages have to look well on. What is wrong on one of the others is so on one of those that are
 * `checked`. */
export const looks = ['desktop', 'phone'].flatMap(screen =>
  ['light', 'dark'].map(scheme => ({
    screen, scheme, name: `${screen}-${scheme}`, checked: (screen === 'phone') === (scheme === 'dark'),
  })));

const screens = {
  desktop: { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false },
  phone: { width: 390, height: 844, deviceScaleFactor: 2, mobile: true },
};

/** Functions of the page: what is meant by what can be seen. */
const eyes = `({
  seen: selector => [...document.querySelectorAll(selector)].filter(each => each.checkVisibility()),
  button(words) {
    const all = this.seen('button, a, summary, input[type=submit]');
    const said = each => (each.innerText || each.value || '').trim();
    return all.find(each => said(each) === words) ?? all.find(each => said(each).includes(words));
  },
  field(name) { return this.seen('input').find(each => each.name === name || each.id === name); },
  where(found) {
    if (!found) return null;
    found.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = found.getBoundingClientRect();
    const at = { x: x + width / 2, y: y + height / 2 };
    const top = document.elementFromPoint(at.x, at.y);
    return found.contains(top) || top?.contains(found) ? at : { covered: top?.outerHTML };
  },
})`;

export class Tab {
  /** What the browser complains of: errors of scripts, and what a page's policy forbids. Not every site has
   * an icon, which browsers ask for by themselves. */
  complaints = [];
  #send;
  #scripts;
  #authenticator;
  #url = 'about:blank';
  #loaded = true;
  #waiting = new Set();

  /** Opens one. `scripts: false` is a browser that runs none; `passkeys: true` one that can make passkeys. */
  static async open(browser, { scripts = true, passkeys = false, language = 'en' } = {}) {
    const { browserContextId } = await browser.send('Target.createBrowserContext');
    const { targetId } = await browser.send(
      'Target.createTarget', { url: 'about:blank', browserContextId, width: 1280, height: 900 });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const tab = new Tab((method, params) => browser.send(method, params, sessionId), scripts);
    browser.listen(sessionId, (method, params) => tab.#hear(method, params));
    await tab.#prepare(passkeys, language);
    return tab;
  }

  constructor(send, scripts) {
    this.#send = send;
    this.#scripts = scripts;
  }

  /** Where it is. */
  get location() {
    return new URL(this.#url);
  }

  /** Opens an address; the tab itself is the page. */
  async open(url) {
    await this.#then(() => true, () => this.#send('Page.navigate', { url: String(url) }));
    return this;
  }

  /** Presses a button or follows a link by its words, and waits for the page that comes. */
  press(words) {
    return this.#then(() => true, () => this.click(`button(${JSON.stringify(words)})`));
  }

  /** Fills in fields by their names, and presses a button. */
  async fill(fields, words) {
    await this.type(fields);
    return this.press(words);
  }

  async type(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = `field(${JSON.stringify(name)})`;
      await this.click(field);
      // How a date is typed depends on where one lives.
      if (await this.evaluate(`${eyes}.${field}.type === 'date'`)) {
        await this.evaluate(`${eyes}.${field}.value = ${JSON.stringify(value)}`);
        continue;
      }
      await this.#send('Input.dispatchKeyEvent', {
        type: 'keyDown', key: 'a', code: 'KeyA', modifiers: 2, commands: ['selectAll'],
      });
      await this.#send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'a', code: 'KeyA', modifiers: 2 });
      await this.#send('Input.insertText', { text: value });
    }
  }

  /** Clicks in the middle of something that must be seen there. */
  async click(what) {
    const at = await this.evaluate(`(eyes => eyes.where(eyes.${what}))(${eyes})`);
    assert.ok(at?.x, `no ${what} ${at?.covered ?? ''} on ${this.#url}: ${await this.text()}`);
    for (const type of ['mousePressed', 'mouseReleased']) {
      await this.#send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 });
    }
  }

  /** Lets a script of the page begin something that leads to another page. */
  leave(isThere, script) {
    return this.#then(isThere, () => this.evaluate(`${script}; 0`));
  }

  /** Waits until it has come to a page, whatever leads there. */
  async until(isThere) {
    if (!this.#loaded || !isThere(this.location)) await this.#then(isThere, () => {});
    return this;
  }

  text() {
    return this.evaluate('document.body.innerText');
  }

  /** Fails unless the page says so. */
  async says(words) {
    const text = await this.text();
    const says = words instanceof RegExp ? words.test(text) : text.includes(words);
    assert.ok(says, `no ${words} on ${this.#url}: ${text}`);
    return this;
  }

  /** Is it to be seen? */
  sees(what) {
    return this.evaluate(`Boolean(${eyes}.${what})`);
  }

  /** Whether somebody touches the authenticator as soon as it asks. */
  async present(enabled) {
    await this.#send(
      'WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.#authenticator, enabled });
  }

  /** Waits until the page has had its passkeys offered in a field: it asks for that once it knows that the
   * browser can, and so before who asks later. */
  offered() {
    return this.evaluate(`PublicKeyCredential.isConditionalMediationAvailable()
      .then(() => new Promise(resolve => setTimeout(resolve)))`);
  }

  /** How many passkeys it holds. */
  async passkeys() {
    const { credentials } = await this.#send(
      'WebAuthn.getCredentials', { authenticatorId: this.#authenticator });
    return credentials.length;
  }

  /** Loses all cookies. */
  async forget() {
    await this.#send('Network.clearBrowserCookies');
  }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.#send(
      'Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async look({ screen, scheme }) {
    await this.#send('Emulation.setDeviceMetricsOverride', screens[screen]);
    await this.#send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' },
      ],
    });
  }

  /** A picture of the whole page, as PNG. */
  async picture() {
    const { cssContentSize: { width, height } } = await this.#send('Page.getLayoutMetrics');
    const { data } = await this.#send('Page.captureScreenshot', {
      captureBeyondViewport: true, clip: { x: 0, y: 0, width, height, scale: 1 },
    });
    return Buffer.from(data, 'base64');
  }

  /** What is wrong with the page as it looks now: what keeps people out, and what hangs over its edge. */
  async faults() {
    const over = await this.evaluate('document.documentElement.scrollWidth - innerWidth');
    const faults = over > 0 ? [`${over}px too wide`] : [];
    if (!this.#scripts) return faults;
    if (await this.evaluate('!globalThis.axe')) await this.evaluate(`${axe}; 0`);
    const barred = await this.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(found =>
      found.violations.filter(each => ['serious', 'critical'].includes(each.impact)).map(each =>
        each.id + ': ' + each.nodes.map(node => node.html).join(' ')))`);
    return [...faults, ...barred];
  }

  async #prepare(passkeys, language) {
    for (const domain of ['Page', 'Log', 'Runtime']) await this.#send(`${domain}.enable`);
    await this.#send('Emulation.setLocaleOverride', { locale: language });
    await this.#send('Network.enable');
    await this.#send('Network.setExtraHTTPHeaders', { headers: { 'Accept-Language': language } });
    if (!this.#scripts) await this.#send('Emulation.setScriptExecutionDisabled', { value: true });
    if (passkeys) {
      await this.#send('WebAuthn.enable');
      const { authenticatorId } = await this.#send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
          isUserVerified: true, automaticPresenceSimulation: true,
        },
      });
      this.#authenticator = authenticatorId;
    }
    await this.look(looks[0]);
  }

  /** Does something, and waits for a page that has loaded after it. */
  async #then(isThere, act) {
    let timer;
    const there = new Promise((resolve, reject) => {
      const waiting = { isThere, resolve };
      this.#waiting.add(waiting);
      timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        this.text().then(text => reject(new Error(`It stays at ${this.#url}: ${text}`)), reject);
      }, patience);
    });
    try {
      await act();
      await there;
      return this;
    } finally {
      clearTimeout(timer);
    }
  }

  #hear(method, params) {
    if (method === 'Page.frameNavigated' && !params.frame.parentId) {
      this.#url = params.frame.url + (params.frame.urlFragment ?? '');
      this.#loaded = false;
    } else if (method === 'Page.loadEventFired') {
      this.#loaded = true;
      for (const each of this.#waiting) {
        if (!each.isThere(this.location)) continue;
        this.#waiting.delete(each);
        each.resolve();
      }
    } else if (method === 'Runtime.exceptionThrown') {
      this.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    } else if (method === 'Log.entryAdded' && params.entry.level === 'error'
      && !params.entry.url?.endsWith('/favicon.ico')) {
      this.complaints.push(`${params.entry.text} ${params.entry.url ?? ''}`);
    }
  }
}
