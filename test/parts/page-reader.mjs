/** Reads and fills in pages as somebody does whose browser runs no scripts: forms, links and cookies. */
import assert from 'node:assert/strict';

const unescaped = { amp: '&', lt: '<', gt: '>', quot: '"' };
const decode = text => text
  .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  .replace(/&(amp|lt|gt|quot);/g, (_, name) => unescaped[name]);
const attribute = (tag, name) => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? decode(found[1]) : undefined;
};

/** A person at a browser, whose cookies stay from page to page. */
export class Reader {
  cookies = new Map();

  /** Opens an address and follows it on, as far as pages of the same server go. Returns the page, or where
   * the way leads out: `{ status, url, text, forms }` or `{ location }`. */
  async open(address, init = {}) {
    const url = new URL(address);
    const answer = await fetch(url, {
      redirect: 'manual',
      ...init,
      headers: { cookie: this.#jar(), ...init.headers },
    });
    this.#keep(answer);
    const location = answer.headers.get('location');
    if (location === null) return this.#page(url, answer, await answer.text());
    const next = new URL(location, url);
    return next.origin === url.origin ? this.open(next) : { location: next, status: answer.status };
  }

  /** Fills in the form that has all of these fields, and sends it. */
  async fill(page, fields) {
    const form = page.forms.find(each => Object.keys(fields).every(name => each.names.includes(name)));
    assert.ok(form, `no form with ${Object.keys(fields)} on ${page.url}: ${page.text}`);
    const body = new URLSearchParams({ ...form.hidden, ...fields });
    return this.open(new URL(form.action, page.url), { method: form.method, body });
  }

  #jar() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(answer) {
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  #page(url, answer, html) {
    const forms = [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag, inside]) => {
      const inputs = [...inside.matchAll(/<(?:input|button|select|textarea)\b[^>]*>/g)]
        .map(([input]) => input);
      return {
        action: attribute(tag, 'action') ?? url.href,
        method: (attribute(tag, 'method') ?? 'get').toUpperCase(),
        names: inputs.map(input => attribute(input, 'name')).filter(name => name),
        hidden: Object.fromEntries(inputs
          .filter(input => attribute(input, 'type') === 'hidden' || /\shidden\b/.test(input))
          .map(input => [attribute(input, 'name'), attribute(input, 'value') ?? ''])),
      };
    });
    const body = /<body[^>]*>(.*)<\/body>/s.exec(html)?.[1] ?? html;
    const text = decode(body.replace(/<(style|script)\b.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' '))
      .replace(/\s+/g, ' ').trim();
    return { status: answer.status, url, headers: answer.headers, html, text, forms };
  }
}
