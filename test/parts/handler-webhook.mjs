/**
 * A Lambda handler behind plain HTTP, as a webhook of Lifeguard's.
 *
 *   SECRET=… node handler-webhook.mjs <port, 0 = any> <file>
 *
 * First line: {"ready":true,"port":…}
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buffer } from 'node:stream/consumers';
import { endWithParent, say } from './lifeline.mjs';

const [port = '0', file] = process.argv.slice(2);
const loaded = await import(pathToFileURL(resolve(file)));
const { handler } = loaded.handler ? loaded : loaded.default;
const context = { functionName: 'webhook' };

function isSigned(headers, body) {
  const timestamp = headers['x-lifeguard-timestamp'] ?? '';
  const mac = createHmac('sha256', process.env.SECRET).update(`${timestamp}.`).update(body).digest('hex');
  const [expected, given] = [Buffer.from(`v1=${mac}`), Buffer.from(headers['x-lifeguard-signature'] ?? '')];
  return given.length === expected.length && timingSafeEqual(given, expected)
    && Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
}

function call(event) {
  return new Promise((done, fail) => {
    const returned = handler(event, context, (error, result) => (error ? fail(error) : done(result)));
    if (returned?.then) returned.then(done, fail);
  });
}

const server = createServer(async (request, response) => {
  const body = await buffer(request);
  if (!isSigned(request.headers, body)) {
    response.writeHead(401).end();
    return;
  }
  try {
    response.end(JSON.stringify(await call(JSON.parse(body))));
  } catch (error) {
    response.writeHead(400).end(JSON.stringify({ errorMessage: error.message }));
  }
});

// What handlers print is not for those who read our lines.
console.log = console.error;
endWithParent();
server.listen(Number(port), '127.0.0.1', () => say({ ready: true, port: server.address().port }));
