/**
 * Walks over every operation through the AWS SDK, causing every error on the way.
 *
 *   node walk/run.mjs <configuration>
 *
 * The configuration is JSON:
 *   address     of a `lifeguard dev` that finds triggers and text messages at walk/outside.mjs
 *   limited     address of one that takes one request of a category in a second
 *   forbidden   {"address","accessKeyId","secretAccessKey"}: a `lifeguard serve`, and a key for nothing
 *   operations  [{"name","authority","errors"}], the contract
 *   only        names of areas, where not all are wanted
 *
 * One line for each step, and then one of JSON: what was called, what was refused, and what is excused.
 */
import { Walk } from './walk.mjs';
import { excused } from './excused.mjs';
import { leaveAll } from './places.mjs';
import account from './account.mjs';
import branding from './branding.mjs';
import clients from './clients.mjs';
import devices from './devices.mjs';
import domains from './domains.mjs';
import everywhere from './everywhere.mjs';
import groups from './groups.mjs';
import identityProviders from './identity-providers.mjs';
import imports from './imports.mjs';
import limits from './limits.mjs';
import logs from './logs.mjs';
import mfa from './mfa.mjs';
import passkeys from './passkeys.mjs';
import pools from './pools.mjs';
import registration from './registration.mjs';
import replicas, { region } from './replicas.mjs';
import resourceServers from './resource-servers.mjs';
import risk from './risk.mjs';
import sessions from './sessions.mjs';
import signIn from './sign-in.mjs';
import tags from './tags.mjs';
import terms from './terms.mjs';
import tokens from './tokens.mjs';
import users from './users.mjs';

const { address, limited, forbidden, operations, only } = JSON.parse(process.argv[2]);

const walk = new Walk(address, operations);
const others = {
  limited: new Walk(limited, operations),
  forbidden: new Walk(forbidden.address, operations, forbidden),
  elsewhere: new Walk(new URL(`/_region/${region}`, address).href, operations),
};
// The last two repeat what the others did.
const areas = [
  pools, clients, users, registration, account, signIn, mfa, passkeys, devices, tokens, sessions,
  resourceServers, domains, identityProviders, branding, terms, groups, tags, logs, limits, imports, risk,
  replicas, everywhere,
].filter(({ name }) => !only || only.includes(name));

async function outcomeOf({ run, pending }) {
  try {
    await run(walk, others);
    return pending ? ['FAILED', `It works now; it is no longer pending. (${pending})`] : ['ok', ''];
  } catch (error) {
    if (pending) return ['pending', `${pending} ${error.message.split('\n')[0]}`];
    return ['FAILED', error.stack];
  }
}

const counts = { ok: 0, pending: 0, FAILED: 0 };
for (const { name, steps } of areas) {
  for (const step of steps) {
    const start = performance.now();
    const [outcome, why] = await outcomeOf(step);
    await leaveAll(walk);
    counts[outcome]++;
    const time = `${Math.round(performance.now() - start)} ms`;
    process.stdout.write(`${outcome.padEnd(8)} ${name.padEnd(13)} ${step.title} (${why || time})\n`);
  }
}

process.stdout.write(`${JSON.stringify({
  counts,
  called: [...walk.called.keys()],
  refused: Object.fromEntries([...walk.seen].map(([operation, names]) => [operation, [...names]])),
  excused: excused(operations),
})}\n`);
process.exit(0);
