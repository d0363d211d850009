import { setTimeout } from 'node:timers/promises';

/** Takes longer than the five seconds that a trigger has. */
export const handler = async (event) => {
  await setTimeout(7_000);
  return event;
};
