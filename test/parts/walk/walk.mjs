/** Calls through the SDK, with a note of what was called and what it was refused with. */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';

export class Walk {
  /** Operations that succeeded, with the input that did so first. */
  called = new Map();

  /** The errors that each operation was refused with. */
  seen = new Map();

  #operations;
  #client;

  constructor(endpoint, operations, credentials = { accessKeyId: 'any', secretAccessKey: 'any' }) {
    this.endpoint = endpoint.replace(/\/$/, '');
    this.#operations = new Map(operations.map(operation => [operation.name, operation]));
    this.#client = new sdk.CognitoIdentityProviderClient({
      endpoint: this.endpoint, region: 'us-east-1', maxAttempts: 1, credentials,
      requestHandler: { requestTimeout: 30_000 },
    });
  }

  declares(operation, error) {
    return this.#operations.get(operation).errors.includes(error);
  }

  authorityOf(operation) {
    return this.#operations.get(operation).authority;
  }

  /** What a call answers; it must succeed. */
  async call(operation, input) {
    const { answer, error } = await this.attempt(operation, input);
    if (error) throw new Error(`${operation}(${JSON.stringify(input)}): ${error}`);
    return answer;
  }

  /** What a call is told by which it is refused with this error. */
  async refused(operation, name, input) {
    const { error } = await this.attempt(operation, input);
    const got = `${operation}(${JSON.stringify(input)}) gave no ${name}: ${error ?? 'it succeeded'}`;
    assert.equal(error?.name, name, got);
    assert.ok(error instanceof sdk[name], `${name} has no class of its own`);
    assert.ok(error instanceof sdk.CognitoIdentityProviderServiceException);
    assert.equal(error.$metadata.httpStatusCode, 400, got);
    assert.equal(error.$fault, 'client', got);
    assert.ok(error.$metadata.requestId, got);
    assert.ok(error.message.length > 0, got);
    return error.message;
  }

  /** One call, whatever comes of it. */
  async attempt(operation, input) {
    try {
      const answer = await this.aside(operation, input);
      if (!this.called.has(operation)) this.called.set(operation, input);
      return { answer };
    } catch (error) {
      if (!(error instanceof sdk.CognitoIdentityProviderServiceException)) throw error;
      this.note(operation, error.name);
      return { error };
    }
  }

  /** A call of which no note is taken. */
  async aside(operation, input) {
    return this.#client.send(new sdk[`${operation}Command`](input));
  }

  /** Takes note of an error that the operation was refused with. */
  note(operation, error) {
    if (!this.seen.has(operation)) this.seen.set(operation, new Set());
    this.seen.get(operation).add(error);
  }

  /** All pages of a list, by the paginator where the SDK has one. */
  async pages(operation, list, input, pageSize) {
    const [size, next] = operation === 'ListUserImportJobs' ? ['MaxResults', 'PaginationToken']
      : operation === 'ListUsers' ? ['Limit', 'PaginationToken']
        : /^(ListGroups|ListUsersInGroup|AdminListGroupsForUser)$/.test(operation) ? ['Limit', 'NextToken']
          : ['MaxResults', 'NextToken'];
    const found = [];
    let token;
    do {
      const answer = await this.call(operation, { ...input, [size]: pageSize, [next]: token });
      assert.ok(answer[list].length <= pageSize, `${operation} answered with more than a page`);
      found.push(...answer[list]);
      token = answer[next];
    } while (token);
    return found;
  }

  /** Moves the clock of `lifeguard dev` while something is done. */
  async later(duration, done) {
    await this.#control('POST', 'clock', { advance: duration });
    try {
      return await done();
    } finally {
      await this.#control('POST', 'clock', {});
    }
  }

  /** The next message to an address that something causes, with what that something answers. */
  async messageTo(to, cause) {
    const { messages } = await this.#control('GET', 'inbox?limit=1000');
    const after = messages.at(-1)?.sequence ?? 0;
    const answer = await cause();
    const query = new URLSearchParams({ to, after, timeout: 20 });
    const { body } = await this.#control('GET', `inbox/wait?${query}`);
    return { answer, body, code: /\b\d{6}\b/.exec(body)?.[0] };
  }

  async #control(method, path, body) {
    const answer = await fetch(`${this.endpoint}/_lifeguard/${path}`, {
      method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' },
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  }
}
