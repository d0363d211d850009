/** A headless Chromium, spoken to by its own protocol through a pair of pipes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const quiet = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Starts the browser; `send` calls a method of the protocol, `event` waits for what the browser tells,
 * `listen` hears all that it tells of one page, and `close` ends it. */
export function chromium(program, ...flags) {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const browser = spawn(
    program,
    [...quiet, ...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = new Promise(resolve => browser.once('exit', resolve));
  const [, , , commands, answers] = browser.stdio;
  const waiting = new Map();
  const listeners = new Map();
  let received = '';
  let count = 0;
  answers.setEncoding('utf8').on('data', data => {
    received += data;
    for (let end = received.indexOf('\0'); end >= 0; end = received.indexOf('\0')) {
      const message = JSON.parse(received.slice(0, end));
      received = received.slice(end + 1);
      if (message.id === undefined) listeners.get(message.sessionId)?.(message.method, message.params);
      const key = message.id ?? message.method;
      const { resolve, reject } = waiting.get(key) ?? {};
      waiting.delete(key);
      if (message.error) reject?.(new Error(message.error.message));
      else resolve?.(message.result ?? message.params);
    }
  });
  ended.then(code => {
    for (const { reject } of waiting.values()) reject(new Error(`Chromium ended with ${code}`));
  });

  return {
    send(method, params = {}, sessionId = undefined) {
      count += 1;
      const id = count;
      commands.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    /** The next event of that name. */
    event(method) {
      return new Promise((resolve, reject) => waiting.set(method, { resolve, reject }));
    },
    /** Tells every event of a session from now on. */
    listen(sessionId, hear) {
      listeners.set(sessionId, hear);
    },
    /** Its processes write to the profile until the last of them is gone. */
    async close() {
      await this.send('Browser.close').catch(() => browser.kill());
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    },
  };
}
