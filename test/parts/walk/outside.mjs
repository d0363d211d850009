/**
 * What the program calls in the world outside: Lambda's Invoke API, and a gateway for text messages.
 *
 *   node walk/outside.mjs <port, 0 = any>
 *
 * First line: {"ready":true,"address":"http://127.0.0.1:<port>"}
 *
 * POST /2015-03-31/functions/<name>/invocations
 *   agrees    hands the event back as it came
 *   confirms  confirms whoever signs up
 *   refuses   throws
 *   rubbish   returns something that is no event
 *   others    do not exist
 * POST /sms   takes every message but those to numbers that end in 99
 */
import { createServer } from 'node:http';
import { endWithParent, say } from '../lifeline.mjs';

const [port = '0'] = process.argv.slice(2);
const invoke = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const functions = {
  agrees: event => [200, event],
  confirms: event => [200, { ...event, response: { autoConfirmUser: true, autoVerifyEmail: true } }],
  refuses: () => [200, { errorMessage: 'Not today' }, { 'x-amz-function-error': 'Unhandled' }],
  rubbish: () => [200, 'nothing of the kind'],
};
const missing = () => [404, {}, { 'x-amzn-errortype': 'ResourceNotFoundException' }];

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function answerTo(url, body) {
  if (url === '/sms') return [body.to.endsWith('99') ? 400 : 200, {}];
  const name = invoke.exec(url)?.[1];
  return (functions[name] ?? missing)(body);
}

const server = createServer(async (request, response) => {
  const [status, answer, headers = {}] = answerTo(request.url, await bodyOf(request));
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer));
});

endWithParent();
server.listen(Number(port), '127.0.0.1', () =>
  say({ ready: true, address: `http://127.0.0.1:${server.address().port}` }));
