/** What every operation has in common. Repeats the calls that the other areas made, with one thing amiss. */
import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { place } from './places.mjs';

const illFormed = {
  UserPoolId: 'no pool', ClientId: 'no client', AccessToken: 'no token',
  ResourceArn: 'no arn, not even nearly one',
};

/** How many bursts of calls come at most, until their category has had enough of them. */
const rounds = 20;

/** Repeats every call so far whose operation declares this error; `cause` has to bring it about. */
async function everywhere(walk, name, cause) {
  const complaints = [];
  let count = 0;
  for (const [operation, input] of walk.called) {
    if (!walk.declares(operation, name)) continue;
    const error = await cause(operation, input);
    if (error === undefined) continue;
    count++;
    if (error?.name !== name) complaints.push(`${operation}: ${error ?? 'succeeded'}`);
  }
  assert.deepEqual(complaints, [], `not refused with ${name}`);
  assert.ok(count > 0, 'nothing was repeated');
}

const failureOf = async (walk, operation, input) => (await walk.attempt(operation, input)).error ?? null;

export default area('everywhere', [
  step('What is ill-formed is refused before it is looked for', async walk => {
    await everywhere(walk, 'InvalidParameterException', (operation, input) => {
      const member = Object.keys(illFormed).find(name => name in input);
      return member && failureOf(walk, operation, { ...input, [member]: illFormed[member] });
    });
  }),

  step('A pool that does not exist is told to administrators', async walk => {
    await everywhere(walk, 'ResourceNotFoundException', (operation, input) =>
      'UserPoolId' in input
        ? failureOf(walk, operation, { ...input, UserPoolId: 'us-east-1_Nothing99' })
        : undefined);
  }),

  step('A client that does not exist is told to everybody', async walk => {
    const { UserPoolId } = await place(walk);
    await everywhere(walk, 'ResourceNotFoundException', (operation, input) => {
      if (!('ClientId' in input)) return undefined;
      const there = 'UserPoolId' in input ? { UserPoolId } : {};
      return failureOf(walk, operation, { ...input, ...there, ClientId: 'nosuchclient' });
    });
  }),

  step('Too many requests of a kind are told so', async (walk, { limited }) => {
    await everywhere(walk, 'TooManyRequestsException', async (operation, input) => {
      let error;
      for (let round = 0; round < rounds && error?.name !== 'TooManyRequestsException'; round++) {
        const burst = Array.from({ length: 4 }, () => failureOf(limited, operation, input));
        error = (await Promise.all(burst)).find(one => one?.name === 'TooManyRequestsException');
      }
      if (error?.name === 'TooManyRequestsException') walk.note(operation, error.name);
      return error ?? null;
    });
  }),

  step('A key that may do nothing is told so', async (walk, { forbidden }) => {
    const complaints = [];
    for (const [operation, input] of walk.called) {
      if (walk.authorityOf(operation) !== 'Administrator') continue;
      const error = await failureOf(forbidden, operation, input);
      if (error?.name !== 'AccessDeniedException') complaints.push(`${operation}: ${error ?? 'succeeded'}`);
      else walk.note(operation, error.name);
    }
    assert.deepEqual(complaints, []);
  }),
]);
