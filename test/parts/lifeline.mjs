/**
 * What every part here has in common: it speaks JSON lines on standard output,
 * and it ends when the test that started it has gone.
 */
export function say(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Ends the process, after `cleanUp`, when it is asked to or when its parent is no more. */
export function endWithParent(cleanUp = () => {}) {
  const parent = process.ppid;
  const end = () => {
    cleanUp();
    process.exit(0);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  setInterval(() => process.ppid !== parent && end(), 500).unref();
}
