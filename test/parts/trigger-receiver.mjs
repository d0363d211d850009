/**
 * Every function of a pool behind one webhook: each event becomes one JSON line, and is answered so that the
 * call that caused it goes on.
 *
 *   node trigger-receiver.mjs <port, 0 = any>
 *
 * First line: {"ready":true,"port":…}, then one event a line, as it came.
 */
import { createServer } from 'node:http';
import { endWithParent, say } from './lifeline.mjs';

const [port = '0'] = process.argv.slice(2);
const bodyLimit = 1024 * 1024;

const elsewhere = userName => ({
  userAttributes: { email: `${userName}@example.com`, email_verified: 'true' },
  finalUserStatus: 'CONFIRMED',
  messageAction: 'SUPPRESS',
});

/** What a function fills in; the rest return the event as it is. */
const fillers = {
  DefineAuthChallenge_Authentication: ({ request: { session } }) =>
    (session.at(-1)?.challengeResult ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE' }),
  CreateAuthChallenge_Authentication: () => ({
    publicChallengeParameters: { riddle: 'What is grass?' },
    privateChallengeParameters: { answer: 'green' },
    challengeMetadata: 'RIDDLE',
  }),
  VerifyAuthChallengeResponse_Authentication: ({ request }) =>
    ({ answerCorrect: request.challengeAnswer === request.privateChallengeParameters.answer }),
  UserMigration_Authentication: ({ userName }) => elsewhere(userName),
  UserMigration_ForgotPassword: ({ userName }) => elsewhere(userName),
};

async function textOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > bodyLimit) throw new Error('An event is not that long.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const server = createServer(async (request, response) => {
  const event = JSON.parse(await textOf(request));
  say(event);
  const filled = { ...event.response, ...fillers[event.triggerSource]?.(event) };
  response.writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ ...event, response: filled }));
});

endWithParent();
server.listen(Number(port), '127.0.0.1', () => say({ ready: true, port: server.address().port }));
