/**
 * Serves the functions of serverless.yml through Lambda's Invoke API, with no account and no network.
 *
 *   node lambda/start-lambda.mjs <port, 0 = any>
 *
 * One line when it answers: {"ready":true,"endpoint":"http://127.0.0.1:<port>"}
 * A function is invoked with POST <endpoint>/2015-03-31/functions/<name>/invocations.
 * What the framework and the functions print goes to standard error.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { endWithParent, say } from '../lifeline.mjs';

const [wanted = '0'] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const attempts = 600;

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => probe.once('listening', resolve));
  const { port } = probe.address();
  await new Promise(resolve => probe.close(resolve));
  return port;
}

async function answers(endpoint) {
  const url = `${endpoint}/2015-03-31/functions/postConfirmation/invocations`;
  const answer = await fetch(url, { method: 'POST', body: '{"ready":true}' }).catch(() => null);
  return answer?.status === 200 && (await answer.json()).ready === true;
}

const lambdaPort = Number(wanted) || await freePort();
const framework = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
const offline = spawn(process.execPath, [
  framework, 'offline', 'start', '--host', '127.0.0.1',
  '--lambdaPort', `${lambdaPort}`,
  '--httpPort', `${await freePort()}`,
  '--websocketPort', `${await freePort()}`,
], {
  cwd: here,
  env: {
    ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off', SLS_DEPRECATION_DISABLE: '*',
    AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', CI: '1',
  },
  stdio: ['ignore', 2, 2],
});
endWithParent(() => offline.kill('SIGKILL'));
offline.on('exit', code => {
  process.stderr.write(`serverless-offline ended with ${code}\n`);
  process.exit(1);
});

const endpoint = `http://127.0.0.1:${lambdaPort}`;
for (let attempt = 0; attempt < attempts; attempt++) {
  if (await answers(endpoint)) {
    say({ ready: true, endpoint });
    break;
  }
  if (attempt === attempts - 1) {
    process.stderr.write('serverless-offline did not answer in time\n');
    offline.kill('SIGKILL');
    process.exit(1);
  }
  await setTimeout(100);
}
