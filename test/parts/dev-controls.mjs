/** What `lifeguard dev` offers to tests, next to its API. */
import assert from 'node:assert/strict';

/** The newest sequence in the inbox, to wait for what comes after it. */
export async function newest(endpoint) {
  const { messages } = await (await fetch(`${endpoint}/_lifeguard/inbox`)).json();
  return messages.at(-1)?.sequence ?? 0;
}

/** The digits in the next message to an address, six unless told otherwise. */
export async function codeTo(endpoint, to, after = 0, digits = 6) {
  const query = new URLSearchParams({ to, after, timeout: 20 });
  const answer = await fetch(`${endpoint}/_lifeguard/inbox/wait?${query}`);
  assert.equal(answer.status, 200, `no message to ${to}`);
  const { body } = await answer.json();
  return new RegExp(`\\b\\d{${digits}}\\b`).exec(body)[0];
}
