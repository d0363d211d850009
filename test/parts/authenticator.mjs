/** An authenticator app (RFC 6238), as far as tests need one. */
import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function decoded(secretCode) {
  const bits = [...secretCode].map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map(eight => parseInt(eight, 2)));
}

/** The code that the app shows now, or so many steps of 30 seconds ahead. */
export function codeOf(secretCode, ahead = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac('sha1', decoded(secretCode)).update(counter).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 0x0f) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
