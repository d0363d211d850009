/**
 * People walk through the pages of a domain in a real browser.
 *
 *   node pages/run.mjs <endpoint of `lifeguard dev --set Pages:DefaultStyle=true`> <Chromium> <journey>
 *     [<folder for a picture of every step>]
 *
 * A journey is one of the files beside this one; with `-without-scripts` after its name the browser runs
 * none. Each step is a line of the output, and the last one is `done`. Exit code 0 when everything was as it
 * should be.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from '../chromium.mjs';
import { loginApp } from '../login-app.mjs';
import { looks, Tab } from './tab.mjs';

const [address, program, name, folder] = process.argv.slice(2);
const endpoint = address.replace(/\/$/, '');
// Browsers trust this name without TLS, and take it for passkeys.
const named = url => String(url).replace('127.0.0.1', 'localhost');
const scripts = !name.endsWith('-without-scripts');
const { default: journey } = await import(`./${name.replace('-without-scripts', '')}.mjs`);

/** The application, which says where one has come. From `/on` it sends people on to another name of its
 * own, as those with several hosts do. */
async function serve() {
  const server = createServer(({ url }, answer) => {
    if (url.startsWith('/on')) {
      const onward = `http://www.localhost:${server.address().port}/welcome`;
      answer.writeHead(302, { Location: onward }).end();
      return;
    }
    const title = url.startsWith('/bye') ? 'Good bye' : 'Welcome';
    answer.setHeader('Content-Type', 'text/html')
      .end(`<!doctype html><html lang="en"><title>${title}</title><link rel="icon" href="data:,">${title}`);
  });
  await new Promise(resolve => server.listen(0, 'localhost', resolve));
  return { server, home: `http://localhost:${server.address().port}` };
}

const { server, home } = await serve();
const browser = chromium(program);
const app = loginApp(endpoint, home);
const tabs = [];
const faults = [];
let steps = 0;
if (folder) mkdirSync(folder, { recursive: true });

/** Pages of managed login that are dark where the browser is. */
async function styled(made) {
  await app.api.createManagedLoginBranding({
    UserPoolId: made.UserPoolId, ClientId: made.client.ClientId,
    Settings: { categories: { global: { colorSchemeMode: 'DYNAMIC' } } },
  });
  return made;
}

const world = {
  ...app, endpoint, home, named,
  async pool(of, version, ...settings) {
    const made = await app.pool(of, version, ...settings);
    return version === 2 ? styled(made) : made;
  },
  clientOf: async (...settings) => styled(await app.clientOf(...settings)),
  begin: (pool, tab, more) => app.begin(pool, { open: url => tab.open(named(url)) }, more),
  /** `mayComplain` is for somebody who is led to errors, which browsers note. */
  async tab({ mayComplain = false, ...options } = {}) {
    const tab = await Tab.open(browser, { scripts, ...options });
    if (!mayComplain) tabs.push(tab);
    return tab;
  },
  /** Looks at a page on every screen. */
  async step(tab, what) {
    steps += 1;
    console.log(`${steps} ${what}`);
    for (const look of looks.filter(each => folder || each.checked)) {
      await tab.look(look);
      const step = `${name}-${String(steps).padStart(2, '0')}-${what}-${look.name}`;
      if (look.checked) faults.push(...(await tab.faults()).map(fault => `${step}: ${fault}`));
      if (folder) writeFileSync(join(folder, `${step}.png`), await tab.picture());
    }
    await tab.look(looks[0]);
  },
  /** The application has got somebody in. */
  async arrives(tab, finish) {
    await tab.until(url => url.href.startsWith(app.callback));
    assert.equal(await tab.evaluate('document.title'), 'Welcome');
    return (await finish(tab)).claims();
  },
};

try {
  await journey(world);
  assert.deepEqual(faults, []);
  assert.deepEqual(tabs.flatMap(tab => tab.complaints), []);
  console.log('done');
} finally {
  await browser.close();
  server.close();
}
