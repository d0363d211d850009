/** A headless Chromium in front of pages that lie in a folder, with the policy they are sent with. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from './chromium.mjs';

const types = {
  html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', assets: 'image/svg+xml',
};

async function serve(folder, onForm) {
  const policy = readFileSync(join(folder, 'policy.txt'), 'utf8');
  const server = createServer((request, answer) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    if (request.method === 'POST') {
      let body = '';
      request.on('data', data => { body += data; });
      request.on('end', () => {
        answer.end('sent');
        onForm({ pathname, searchParams, form: new URLSearchParams(body) });
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

/** Starts both; `onForm` gets every form that a page sends. */
export async function pageBrowser(folder, program, onForm = () => {}) {
  const { server, address } = await serve(folder, onForm);
  const browser = chromium(program);

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

    async function evaluate(expression) {
      const { result, exceptionDetails } = await send(
        'Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
      if (exceptionDetails)
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    }

    /** Goes to a page that may go on by itself. */
    const go = page => send('Page.navigate', { url: address + page });

    return {
      send,
      evaluate,
      go,
      /** Goes to a page that stays, and waits until it is there. The one before may still be loading: what
       * is asked of it fails, or is no answer. */
      async open(page) {
        await go(page);
        const isThere = `location.pathname === '/${page}' && document.readyState === 'complete'`;
        while (!await evaluate(isThere).catch(() => false));
      },
      screen: (width, height, scheme) => Promise.all([
        send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
        send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] }),
      ]),
      close: () => browser.send('Target.closeTarget', { targetId }),
    };
  }

  return {
    tab,
    async close() {
      await browser.close();
      server.close();
    },
  };
}
