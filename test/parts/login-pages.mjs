/**
 * The login pages keep nobody out: axe-core finds nothing, nothing is wider than the smallest screen, and
 * what is pressed is large enough.
 *
 *   node login-pages.mjs <folder with PAGE.LOOK.LANGUAGE.html, _pages and policy.txt> <Chromium>
 *     <LOOK.LANGUAGE>…
 *
 * Exit code 0 when all went well.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pageBrowser } from './page-browser.mjs';

const [folder, program, ...kinds] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/* Colours are the same in every language, and take the longest to look at. */
const optionsOf = page => ({
  resultTypes: ['violations'],
  rules: { 'color-contrast': { enabled: page.includes('.en.') } },
});

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

async function lookAtAll(kind, tab) {
  const [look, language] = kind.split('.');
  const pages = readdirSync(folder).filter(name => name.endsWith(`.${kind}.html`));
  assert.ok(pages.length > 25, `only ${pages.length} pages of ${kind}`);
  // The theme of an administrator is looked at on a large screen, and in the dark.
  const isLarge = look === 'dynamic';
  await tab.screen(isLarge ? 1280 : 320, 640, isLarge ? 'dark' : 'light');
  await tab.open(pages[0]);
  await tab.evaluate(axe);
  for (const page of pages) {
    await lookOver(page, tab);
    if (!isLarge) await lookForOverflow(page, tab);
    if (look !== 'classic' && language === 'en') await lookForSmallTargets(page, tab);
  }
}

const browser = await pageBrowser(folder, program);
try {
  const tab = await browser.tab();
  for (const kind of kinds) await lookAtAll(kind, tab);
  assert.deepEqual(faults, []);
} finally {
  await browser.close();
}
