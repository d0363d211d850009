import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { area, step } from './area.mjs';
import { atATime, byPassword, mustBeRecent, valueOf } from './fixtures.mjs';
import { place } from './places.mjs';

const CloudWatchLogsRoleArn = 'arn:aws:iam::000000000000:role/logs';

/** So many rows that an import of them is under way for a while. */
const many = 30_000;

const create = async (walk, UserPoolId, JobName = 'walk') =>
  (await walk.call('CreateUserImportJob', { UserPoolId, JobName, CloudWatchLogsRoleArn })).UserImportJob;

const described = async (walk, { UserPoolId, JobId }) =>
  (await walk.call('DescribeUserImportJob', { UserPoolId, JobId })).UserImportJob;

/** A pool for one job: nobody should have to empty it. */
async function poolToFill(walk) {
  const { UserPool } = await walk.call('CreateUserPool', {
    PoolName: 'to fill', AutoVerifiedAttributes: ['email'],
  });
  return UserPool.Id;
}

/** The lines of a file with these rows, each an object of columns. */
async function fileOf(walk, UserPoolId, rows) {
  const { CSVHeader } = await walk.call('GetCSVHeader', { UserPoolId });
  const lines = rows.map(row => CSVHeader.map(column => row[column] ?? '').join(','));
  return [CSVHeader.join(','), ...lines, ''].join('\n');
}

const rowOf = name => ({
  'cognito:username': name, email: `${name}@example.com`, email_verified: 'true',
  phone_number_verified: 'false', 'cognito:mfa_enabled': 'false', name: `${name} of the file`,
});

async function upload({ PreSignedUrl }, file) {
  const answer = await fetch(PreSignedUrl, {
    method: 'PUT', body: file, headers: { 'x-amz-server-side-encryption': 'aws:kms' },
  });
  assert.equal(answer.status, 200, `the upload was refused: ${await answer.text()}`);
}

/** A job whose file has been uploaded. */
async function ready(walk, rows) {
  const UserPoolId = await poolToFill(walk);
  const job = await create(walk, UserPoolId);
  await upload(job, await fileOf(walk, UserPoolId, rows));
  return { UserPoolId, JobId: job.JobId };
}

/** The job once it has come to its end. */
async function ended(walk, job) {
  for (let tries = 0; tries < 300; tries++) {
    const now = await described(walk, job);
    if (!['Pending', 'InProgress', 'Stopping'].includes(now.Status)) return now;
    await setTimeout(100);
  }
  return assert.fail('the import does not come to an end');
}

const jobs = [
  step('GetCSVHeader names the columns of a file', async walk => {
    const { UserPoolId } = await place(walk, {
      Schema: [{ Name: 'team', AttributeDataType: 'String', Mutable: true }],
    });
    const answer = await walk.call('GetCSVHeader', { UserPoolId });
    assert.equal(answer.UserPoolId, UserPoolId);
    assert.equal(answer.CSVHeader[0], 'name');
    assert.deepEqual(answer.CSVHeader.slice(-3), ['custom:team', 'cognito:mfa_enabled', 'cognito:username']);
    assert.ok(!answer.CSVHeader.includes('sub'));
  }),

  step('CreateUserImportJob makes a job that DescribeUserImportJob shows', async walk => {
    const UserPoolId = await poolToFill(walk);
    const created = await create(walk, UserPoolId, 'first');
    assert.match(created.JobId, /^import-[0-9A-Za-z]{10}$/);
    assert.equal(created.Status, 'Created');
    mustBeRecent(created.CreationDate);
    assert.deepEqual([created.ImportedUsers, created.SkippedUsers, created.FailedUsers], [0, 0, 0]);
    assert.match(created.PreSignedUrl, /^http.*X-Amz-Signature=/);
    const job = await described(walk, created);
    assert.equal(job.JobName, 'first');
    assert.equal(job.CloudWatchLogsRoleArn, CloudWatchLogsRoleArn);
  }),

  step('ListUserImportJobs leads through all jobs in pages', async walk => {
    const UserPoolId = await poolToFill(walk);
    const made = [];
    for (const name of ['one', 'two', 'three']) made.push((await create(walk, UserPoolId, name)).JobId);
    const found = await walk.pages('ListUserImportJobs', 'UserImportJobs', { UserPoolId }, 2);
    assert.deepEqual(found.map(job => job.JobId).sort(), made.sort());
    await walk.refused('ListUserImportJobs', 'InvalidParameterException', {
      UserPoolId, MaxResults: 1, PaginationToken: 'made-up',
    });
  }),

  step('CreateUserImportJob makes no more than a thousand', async walk => {
    const UserPoolId = await poolToFill(walk);
    const job = { UserPoolId, JobName: 'one of many', CloudWatchLogsRoleArn };
    await atATime(16, 1000, () => walk.aside('CreateUserImportJob', job));
    await walk.refused('CreateUserImportJob', 'LimitExceededException', job);
  }),

  ['DescribeUserImportJob', 'StartUserImportJob', 'StopUserImportJob'].map(operation =>
    step(`${operation} knows no job of that id`, async walk => {
      const [UserPoolId, other] = [await poolToFill(walk), await poolToFill(walk)];
      const { JobId } = await create(walk, other);
      await walk.refused(operation, 'ResourceNotFoundException', { UserPoolId, JobId: 'import-nothing999' });
      await walk.refused(operation, 'ResourceNotFoundException', { UserPoolId, JobId });
      await walk.refused(operation, 'InvalidParameterException', { UserPoolId, JobId: 'no-import' });
    })),
];

const runs = [
  step('StartUserImportJob imports the users of the file', async walk => {
    const unverified = { ...rowOf('cleo'), email_verified: 'false' };
    const job = await ready(walk, [rowOf('ana'), rowOf('bob'), unverified]);
    const { UserPoolId } = job;
    await walk.call('AdminCreateUser', { UserPoolId, Username: 'bob', MessageAction: 'SUPPRESS' });
    const { UserImportJob: started } = await walk.call('StartUserImportJob', job);
    assert.match(started.Status, /^(Pending|InProgress)$/);
    mustBeRecent(started.StartDate);
    const done = await ended(walk, job);
    assert.equal(done.Status, 'Succeeded');
    assert.equal(done.CompletionMessage, 'Import Job Completed Successfully.');
    assert.deepEqual([done.ImportedUsers, done.SkippedUsers, done.FailedUsers], [1, 1, 1]);
    mustBeRecent(done.CompletionDate);

    const ana = await walk.call('AdminGetUser', { UserPoolId, Username: 'ana' });
    assert.equal(ana.UserStatus, 'RESET_REQUIRED');
    assert.equal(valueOf(ana.UserAttributes, 'name'), 'ana of the file');
    await walk.refused('AdminGetUser', 'UserNotFoundException', { UserPoolId, Username: 'cleo' });
    const { UserPoolClient } = await walk.call('CreateUserPoolClient', {
      UserPoolId, ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    await walk.refused('InitiateAuth', 'PasswordResetRequiredException', byPassword(UserPoolClient, 'ana'));
    await walk.refused('StartUserImportJob', 'PreconditionNotMetException', job);
  }),

  step('StartUserImportJob needs a file, and StopUserImportJob a job that runs', async walk => {
    const UserPoolId = await poolToFill(walk);
    const { JobId } = await create(walk, UserPoolId);
    await walk.refused('StartUserImportJob', 'PreconditionNotMetException', { UserPoolId, JobId });
    await walk.refused('StopUserImportJob', 'PreconditionNotMetException', { UserPoolId, JobId });
    assert.equal((await described(walk, { UserPoolId, JobId })).Status, 'Created');
  }),

  step('A pool stays as it is while users come, until StopUserImportJob', async walk => {
    const job = await ready(walk, Array.from({ length: many }, (_, index) => rowOf(`user-${index}`)));
    const next = await ready(walk, [rowOf('ana')]);
    const { UserPoolId } = job;
    await walk.call('StartUserImportJob', job);
    await walk.refused('UpdateUserPool', 'UserImportInProgressException', { UserPoolId, PoolName: 'other' });
    await walk.refused('DeleteUserPool', 'UserImportInProgressException', { UserPoolId });
    await walk.refused('AddCustomAttributes', 'UserImportInProgressException', {
      UserPoolId, CustomAttributes: [{ Name: 'late', AttributeDataType: 'String' }],
    });
    await walk.refused('StartUserImportJob', 'PreconditionNotMetException', next);
    const { UserImportJob: stopping } = await walk.call('StopUserImportJob', job);
    assert.match(stopping.Status, /^Stopp(ing|ed)$/);
    const stopped = await ended(walk, job);
    assert.equal(stopped.Status, 'Stopped');
    assert.equal(stopped.CompletionMessage, 'The Import Job was stopped by the developer.');
    assert.ok(stopped.ImportedUsers < many);
    await walk.call('UpdateUserPool', { UserPoolId, PoolName: 'other' });
  }),
];

export default area('imports', [jobs, runs]);
