/**
 * Runs one handler as Lambda's Node.js runtime does: node -e <this> FILE EXPORT
 * Events are lines of JSON on descriptor 4, answers lines on descriptor 3, of which the first says that the
 * handler is loaded.
 */
'use strict';
const { writeSync } = require('node:fs');
const { Socket } = require('node:net');
const { basename, extname } = require('node:path');
const { pathToFileURL } = require('node:url');
const { isNativeError } = require('node:util').types;

const [file, exportName] = process.argv.slice(1);
const input = new Socket({ fd: 4, readable: true, writable: false });
const module_ = basename(file, extname(file));
let current = null;

/** Writes the whole line, however much of it the pipe takes at a time. */
function send(answer) {
  let rest = Buffer.from(`${JSON.stringify(answer)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(3, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

/** What was thrown, in the form in which Lambda returns errors: it need not be an Error. */
function described(thrown) {
  try {
    if (isNativeError(thrown) || (thrown.name && thrown.message && thrown.stack)) {
      return {
        errorType: `${thrown.name}`, errorMessage: `${thrown.message}`, trace: `${thrown.stack}`.split('\n'),
      };
    }
    return { errorType: typeof thrown, errorMessage: thrown.toString(), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or '
        + 'more of its message, name, and stack',
      trace: [],
    };
  }
}

function isNothing(error) {
  return error === undefined || error === null;
}

function failure(errorType, errorMessage) {
  return { errorType, errorMessage: `${errorMessage}`, trace: [] };
}

/** The handler, or what Lambda says when it cannot be loaded. */
async function load() {
  let loaded;
  try {
    loaded = extname(file) === '.cjs' ? require(file) : await import(pathToFileURL(file));
  } catch (error) {
    console.error(error);
    if (error?.code === 'MODULE_NOT_FOUND') return { error: failure('Runtime.ImportModuleError', error) };
    return { error: error instanceof SyntaxError
      ? failure('Runtime.UserCodeSyntaxError', error) : described(error) };
  }
  const find = root => exportName.split('.').reduce((value, name) => value?.[name], root);
  const handler = find(loaded) ?? find(loaded.default);
  if (typeof handler === 'function') return { handler };
  const state = handler === undefined ? 'undefined or not exported' : 'not a function';
  return { error: failure('Runtime.HandlerNotFound', `${module_}.${exportName} is ${state}`) };
}

/** One event under way; it is answered once, whatever else is called. */
class Invocation {
  constructor(event) {
    this.event = event;
    this.deadline = Date.now() + event.remaining;
    this.isDone = false;
    this.isAnswered = false;
  }

  fail(thrown, last = {}) {
    // Where Lambda's log has it.
    if (!last.exits) console.error(thrown);
    this.answer({ error: described(thrown), ...last });
  }

  succeed(result) {
    let text;
    try {
      text = JSON.stringify(result === undefined ? null : result);
    } catch {
      this.fail(new Error('Unable to stringify response body'));
      return;
    }
    this.answer({ result: text === undefined ? null : JSON.parse(text) });
  }

  answer(what) {
    if (this.isAnswered) return;
    this.isAnswered = true;
    current = null;
    input.ref();
    send(what);
  }

  /** The first word of the handler counts, also while it still waits to be sent. */
  once(done) {
    return (...given) => {
      if (this.isDone) return;
      this.isDone = true;
      done(...given);
    };
  }

  context() {
    const done = this.once((error, result) => (isNothing(error) ? this.succeed(result) : this.fail(error)));
    const { id, arn, name } = this.event;
    return {
      callbackWaitsForEmptyEventLoop: true,
      functionVersion: '$LATEST',
      functionName: name,
      memoryLimitInMB: '128',
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: 'local',
      invokedFunctionArn: arn,
      awsRequestId: id,
      clientContext: undefined,
      identity: undefined,
      getRemainingTimeInMillis: () => Math.max(0, this.deadline - Date.now()),
      succeed: result => done(null, result),
      fail: error => done(isNothing(error) ? 'handled' : error),
      done,
    };
  }

  /** A handler that answers by callback is done when nothing else is left to do, unless it says otherwise. */
  callback(context) {
    return this.once((error, result) => {
      if (!isNothing(error)) this.fail(error);
      else if (context.callbackWaitsForEmptyEventLoop) this.waiting = () => this.succeed(result);
      else this.succeed(result);
    });
  }

  /** Nothing is left to do, and no answer has gone out. */
  drained(handler) {
    if (this.waiting) this.waiting();
    else if (handler.constructor.name !== 'AsyncFunction') this.succeed(null);
    else {
      const words = "The handler's promise was never settled, and nothing is left that could settle it.";
      this.answer({ error: failure('Runtime.NodeJsExit', words) });
    }
  }

  run(handler) {
    this.waiting = null;
    this.whenDrained = () => this.drained(handler);
    const context = this.context();
    const callback = this.callback(context);
    try {
      const result = handler(this.event.event, context, callback);
      if (typeof result?.then === 'function') {
        result.then(context.succeed, context.fail).catch(context.fail);
      }
    } catch (error) {
      callback(error);
    }
  }
}

async function main() {
  const { handler, error } = await load();
  let text = '';
  const lines = [];

  const next = () => {
    if (current || lines.length === 0) return;
    const event = JSON.parse(lines.shift());
    if (error) {
      send({ error });
      return;
    }
    current = new Invocation(event);
    // What keeps the process alive from here on is the handler's own.
    input.unref();
    current.run(handler);
  };

  input.setEncoding('utf8');
  input.on('data', part => {
    text += part;
    const whole = text.split('\n');
    text = whole.pop();
    lines.push(...whole);
    next();
  });
  input.on('end', () => process.exit(0));
  send({ ready: true });
}

process.on('beforeExit', () => current?.whenDrained());
process.on('uncaughtException', error => {
  console.error(error);
  current?.fail(error, { exits: true });
  process.exit(129);
});
process.on('unhandledRejection', reason => {
  console.error(reason);
  current?.answer({ error: failure('Runtime.UnhandledPromiseRejection', reason), exits: true });
  process.exit(128);
});

main();
