/**
 * An HTTP receiver: each request becomes one JSON line.
 *
 *   node webhook-sink.mjs <port, 0 = any>
 *
 * First line: {"ready":true,"port":…}
 * then, for each request: {"method":…,"path":…,"headers":{…},"body":"<text>"}
 *
 * STATUS  what it answers with, 200 when unset
 * ANSWER  the JSON text it answers with, {} when unset
 */
import { createServer } from 'node:http';
import { endWithParent, say } from './lifeline.mjs';

const [port = '0'] = process.argv.slice(2);
const { STATUS = '200', ANSWER = '{}' } = process.env;
const bodyLimit = 1024 * 1024;

async function textOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > bodyLimit) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const server = createServer(async (request, response) => {
  const body = await textOf(request).catch(() => undefined);
  if (body === undefined) return;
  if (body === null) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  say({ method: request.method, path: request.url, headers: request.headers, body });
  response.writeHead(Number(STATUS), { 'content-type': 'application/json' }).end(ANSWER);
});

endWithParent();
server.listen(Number(port), '127.0.0.1', () => say({ ready: true, port: server.address().port }));
