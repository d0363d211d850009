/**
 * A mail server that keeps nothing: each message received becomes one JSON line.
 *
 *   node smtp-sink.mjs <port, 0 = any> <scratch folder for its certificate>
 *
 * First line: {"ready":true,"port":…,"security":…,"certificate":"<path of a PEM, its own authority>"}
 * then, for each message: {"from":…,"to":[…],"user":…,"tls":true|false,"raw":"<RFC 5322 text>"}
 *
 * SMTP_USER and SMTP_PASSWORD  the only account; without them none is asked for
 * SECURITY=starttls|tls|none   starttls when unset: what is sent before STARTTLS is refused
 * REFUSE=rcpt|tempfail         550 for every recipient; 451 for every message
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { endWithParent, say } from './lifeline.mjs';

const [port = '0', folder] = process.argv.slice(2);
const { SMTP_USER, SMTP_PASSWORD, REFUSE = '', SECURITY = 'starttls' } = process.env;
const messageLimit = 10 * 1024 * 1024;

if (!folder) {
  process.stderr.write('usage: node smtp-sink.mjs <port> <folder>\n');
  process.exit(2);
}

/** A certificate for localhost and 127.0.0.1 that signs itself; the old one where the server comes back. */
function certify() {
  const [key, certificate] = [join(folder, 'smtp-key.pem'), join(folder, 'smtp-certificate.pem')];
  if (existsSync(key) && existsSync(certificate)) return { key, certificate };
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate,
  ], { stdio: 'pipe' });
  return { key, certificate };
}

function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}

function authenticate(given, session, done) {
  const known = given.username === SMTP_USER && given.password === SMTP_PASSWORD;
  return known ? done(null, { user: given.username }) : done(refusal(535, 'Authentication failed'));
}

function recipient(address, session, done) {
  return REFUSE === 'rcpt' ? done(refusal(550, 'No such mailbox')) : done();
}

function receive(stream, session, done) {
  const parts = [];
  stream.on('data', part => parts.push(part));
  stream.on('end', () => {
    if (REFUSE === 'tempfail') return done(refusal(451, 'Try again later'));
    if (stream.sizeExceeded) return done(refusal(552, 'Message too large'));
    say({
      from: session.envelope.mailFrom && session.envelope.mailFrom.address,
      to: session.envelope.rcptTo.map(to => to.address),
      user: session.user || null,
      tls: session.secure,
      raw: Buffer.concat(parts).toString('utf8'),
    });
    return done(null, 'Received');
  });
}

const { key, certificate } = certify();
const server = new SMTPServer({
  name: 'localhost',
  key: readFileSync(key),
  cert: readFileSync(certificate),
  secure: SECURITY === 'tls',
  hideSTARTTLS: SECURITY === 'none',
  allowInsecureAuth: SECURITY === 'none',
  authMethods: ['PLAIN', 'LOGIN'],
  authOptional: !SMTP_USER,
  disabledCommands: SMTP_USER ? [] : ['AUTH'],
  disableReverseLookup: true,
  size: messageLimit,
  onAuth: authenticate,
  onMailFrom(address, session, done) {
    const plain = SECURITY === 'starttls' && !session.secure;
    return plain ? done(refusal(530, 'Must issue a STARTTLS command first')) : done();
  },
  onRcptTo: recipient,
  onData: receive,
});
server.on('error', error => process.stderr.write(`${error.message}\n`));

endWithParent();
server.listen(Number(port), '127.0.0.1', () =>
  say({ ready: true, port: server.server.address().port, security: SECURITY, certificate }));
