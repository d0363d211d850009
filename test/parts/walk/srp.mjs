/** The client's half of SRP as the service speaks it (RFC 5054 with its own key derivation). */
import { createHash, createHmac, getDiffieHellman, randomBytes } from 'node:crypto';

/** The 3072-bit group of RFC 3526 §4, which is that of RFC 5054, with the generator 2. */
const prime = getDiffieHellman('modp15').getPrime('hex');
const [N, g] = [BigInt(`0x${prime}`), 2n];
const k = numberOf(hash(`00${prime}02`));

/** A sign-in that has begun: `A` for the service, and the answer to its PASSWORD_VERIFIER. */
export function beginSrp() {
  const a = numberOf(randomBytes(32).toString('hex'));
  const A = power(g, a);
  return {
    A: A.toString(16),
    answer: (poolId, challenge, password) => proof(poolId, challenge, password, a, A),
  };
}

function proof(poolId, { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP }, password, a, A) {
  const poolName = poolId.split('_')[1];
  const B = numberOf(SRP_B);
  const u = numberOf(hash(padded(A) + padded(B)));
  const identity = createHash('sha256').update(`${poolName}${USER_ID_FOR_SRP}:${password}`).digest('hex');
  const x = numberOf(hash(padded(numberOf(SALT)) + identity));
  const secret = power((((B - k * power(g, x)) % N) + N) % N, a + u * x);
  const key = derived(padded(secret), padded(u));
  const TIMESTAMP = timestamp(new Date());
  const signature = createHmac('sha256', key)
    .update(poolName + USER_ID_FOR_SRP).update(Buffer.from(SECRET_BLOCK, 'base64')).update(TIMESTAMP)
    .digest('base64');
  return {
    USERNAME: USER_ID_FOR_SRP, PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signature, TIMESTAMP,
  };
}

/** HKDF (RFC 5869) of which the service takes the first 16 bytes. */
function derived(secretHex, saltHex) {
  const extracted = createHmac('sha256', Buffer.from(saltHex, 'hex'))
    .update(Buffer.from(secretHex, 'hex')).digest();
  return createHmac('sha256', extracted).update('Caldera Derived Key\x01').digest().subarray(0, 16);
}

/** `Tue Jan 2 03:04:05 UTC 2024` */
function timestamp(now) {
  const [day, date, month, year, time] = now.toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${Number(date)} ${time} UTC ${year}`;
}

function hash(hex) {
  return createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
}

function numberOf(hex) {
  return BigInt(`0x${hex}`);
}

/** Hexadecimal of whole bytes that no reader takes for a negative number. */
function padded(number) {
  const hex = number.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
}

function power(base, exponent) {
  let [result, factor, rest] = [1n, base % N, exponent];
  for (; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % N;
    factor = (factor * factor) % N;
  }
  return result;
}
