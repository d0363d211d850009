/** The form in which every area lists what it does. */

/** A part of the service, with its steps in order. */
export function area(name, steps) {
  return { name, steps: steps.flat(2) };
}

/** Something that a caller does, and what comes of it. */
export function step(title, run) {
  return { title, run };
}

/** A step that is known to fail for now; it fails the walk as soon as it no longer does. */
export function pending(reason, { title, run }) {
  return { title, run, pending: reason };
}
