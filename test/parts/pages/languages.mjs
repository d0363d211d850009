/** Languages, by the address, by the choice below the form, and by the browser's own. */
import assert from 'node:assert/strict';

export default async function languages({ pool, begin, tab, step }) {
  const planets = await pool('planets', 2);
  const reader = await tab();
  await begin(planets, reader, { lang: 'de' });
  assert.equal(await reader.evaluate('document.documentElement.lang'), 'de');
  await step(reader, 'german');
  await begin(planets, reader);
  assert.equal(await reader.evaluate('document.documentElement.lang'), 'de');
  await reader.click('button("Deutsch")');
  await step(reader, 'languages');
  await reader.press('日本語');
  assert.equal(await reader.evaluate('document.documentElement.lang'), 'ja');
  await step(reader, 'japanese');
  const french = await tab({ language: 'fr-CA' });
  await begin(planets, french);
  assert.equal(await french.evaluate('document.documentElement.lang'), 'fr');
}
