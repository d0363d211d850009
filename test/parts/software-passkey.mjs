/** A passkey in software, with Node's own cryptography, and the browser in front of it. */
import { createHash, webcrypto } from 'node:crypto';

const { subtle } = webcrypto;
const sha256 = bytes => createHash('sha256').update(bytes).digest();
const text = bytes => Buffer.from(bytes).toString('base64url');
const origin = 'https://example.org';

/** A CBOR head of a type and a number below 65,536. */
const head = (type, number) => {
  if (number < 24) return [(type << 5) | number];
  return number < 256
    ? [(type << 5) | 24, number]
    : [(type << 5) | 25, number >> 8, number & 255];
};
const cborText = value => [...head(3, value.length), ...Buffer.from(value)];
const cborBytes = value => [...head(2, value.length), ...value];

/** WebCrypto gives both halves of a signature side by side; authenticators send them in DER. */
function der(signature) {
  const integer = bytes => {
    let start = 0;
    while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
    const value = bytes[start] & 0x80 ? [0, ...bytes.slice(start)] : [...bytes.slice(start)];
    return [2, value.length, ...value];
  };
  const both = [...integer(signature.slice(0, 32)), ...integer(signature.slice(32))];
  return Uint8Array.from([0x30, both.length, ...both]);
}

/** With `create` and `get` in place of those of navigator.credentials, from JSON to JSON. */
export async function softwarePasskey() {
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const jwk = await subtle.exportKey('jwk', pair.publicKey);
  const [x, y] = [jwk.x, jwk.y].map(each => Buffer.from(each, 'base64url'));
  const id = webcrypto.getRandomValues(new Uint8Array(32));
  const cose = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, ...cborBytes(x), 0x22, ...cborBytes(y)];
  let userHandle = '';

  const clientData = (type, challenge) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const answer = response => ({
    id: text(id), rawId: text(id), type: 'public-key', response,
    authenticatorAttachment: 'platform', clientExtensionResults: {},
  });

  return {
    id: text(id),
    create(options) {
      userHandle = options.user.id;
      const data = [
        ...sha256(options.rp.id), 0x5d, 0, 0, 0, 0, ...new Uint8Array(16), 0, id.length, ...id, ...cose,
      ];
      const attestation = [
        0xa3, ...cborText('fmt'), ...cborText('none'), ...cborText('attStmt'), 0xa0,
        ...cborText('authData'), ...cborBytes(data),
      ];
      return answer({
        clientDataJSON: text(clientData('webauthn.create', options.challenge)),
        attestationObject: text(attestation), transports: ['internal'],
      });
    },
    async get(options) {
      const client = clientData('webauthn.get', options.challenge);
      const data = Uint8Array.from([...sha256(options.rpId), 0x1d, 0, 0, 0, 0]);
      const signature = new Uint8Array(await subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, Buffer.concat([data, sha256(client)])));
      return answer({
        clientDataJSON: text(client), authenticatorData: text(data), signature: text(der(signature)),
        userHandle,
      });
    },
  };
}
