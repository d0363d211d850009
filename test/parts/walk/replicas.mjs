import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { area, step } from './area.mjs';
import { person, tokensOf } from './fixtures.mjs';
import { place } from './places.mjs';

export const region = 'eu-west-1';
const multiRegionKey = {
  KeyConfiguration: {
    KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/mrk-0123456789abcdef',
  },
};

const listed = async (walk, UserPoolId) =>
  (await walk.call('ListUserPoolReplicas', { UserPoolId })).UserPoolReplicas;

const byRole = async (walk, UserPoolId) =>
  (await listed(walk, UserPoolId)).sort((one, two) => one.Role.localeCompare(two.Role));

const replicaOf = async (walk, UserPoolId) =>
  (await listed(walk, UserPoolId)).find(replica => replica.RegionName === region);

/** Waits until a replica is no longer on its way. */
async function settled(walk, UserPoolId) {
  for (let tries = 0; tries < 100; tries++) {
    const replica = await replicaOf(walk, UserPoolId);
    if (!/^(CREATING|DELETING)$/.test(replica?.Status)) return replica;
    await setTimeout(100);
  }
  return assert.fail('the replica stays on its way');
}

/** Does something with a pool that has a replica, which is not active; then the replica goes. */
async function replicated(walk, done) {
  const there = await place(walk, multiRegionKey);
  const { UserPoolId } = there;
  const { UserPoolReplica } = await walk.call('CreateUserPoolReplica', {
    UserPoolId, RegionName: region, UserPoolTags: { where: region },
  });
  try {
    await settled(walk, UserPoolId);
    await done(there, UserPoolReplica);
  } finally {
    const replica = { UserPoolId, RegionName: region };
    await walk.aside('UpdateUserPoolReplica', { ...replica, Status: 'INACTIVE' }).catch(() => {});
    await walk.aside('DeleteUserPoolReplica', replica).catch(() => {});
    await settled(walk, UserPoolId);
  }
}

export default area('replicas', [
  step('CreateUserPoolReplica makes a replica that ListUserPoolReplicas shows', walk =>
    replicated(walk, async ({ UserPoolId, Arn }, created) => {
      assert.equal(created.Status, 'CREATING');
      assert.equal(created.Role, 'SECONDARY');
      assert.equal(created.RegionName, region);
      const [own, other] = await byRole(walk, UserPoolId);
      assert.deepEqual(own, { RegionName: 'us-east-1', Role: 'PRIMARY', Status: 'ACTIVE', UserPoolArn: Arn });
      assert.deepEqual(other, {
        RegionName: region, Role: 'SECONDARY', Status: 'INACTIVE',
        UserPoolArn: Arn.replace('us-east-1', region),
      });
    })),

  step('UpdateUserPoolReplica lets users in, and DeleteUserPoolReplica waits until they are out', walk =>
    replicated(walk, async ({ UserPoolId }) => {
      const replica = { UserPoolId, RegionName: region };
      await walk.call('UpdateUserPoolReplica', { ...replica, Status: 'ACTIVE' });
      assert.equal((await replicaOf(walk, UserPoolId)).Status, 'ACTIVE');
      await walk.refused('DeleteUserPoolReplica', 'InvalidParameterException', replica);
      await walk.call('UpdateUserPoolReplica', { ...replica, Status: 'INACTIVE' });
      await walk.call('DeleteUserPoolReplica', replica);
      assert.equal(await settled(walk, UserPoolId), undefined);
    })),

  step('CreateUserPoolReplica refuses a second one, the own Region, and pools unfit for it', walk =>
    replicated(walk, async ({ UserPoolId }) => {
      const refused = (error, id, more) => walk.refused('CreateUserPoolReplica', error, {
        UserPoolId: id, RegionName: region, ...more,
      });
      await refused('LimitExceededException', UserPoolId, { RegionName: 'eu-central-1' });
      const lite = await place(walk, { UserPoolTier: 'LITE' });
      await refused('FeatureUnavailableInTierException', lite.UserPoolId);
      const alone = await place(walk, multiRegionKey);
      await refused('InvalidParameterException', alone.UserPoolId, { RegionName: 'us-east-1' });
      await refused('UserPoolTaggingException', alone.UserPoolId, {
        UserPoolTags: { 'aws:owner': 'nobody' },
      });
      const plain = await place(walk);
      await refused('InvalidParameterException', plain.UserPoolId);
    })),

  ['UpdateUserPoolReplica', 'DeleteUserPoolReplica'].map(operation =>
    step(`${operation} knows no replica in that Region`, async walk => {
      const { UserPoolId } = await place(walk);
      await walk.refused(operation, 'ResourceNotFoundException', {
        UserPoolId, RegionName: region, ...(operation.startsWith('Update') && { Status: 'ACTIVE' }),
      });
    })),

  step('A replica that is not active does little', (walk, { elsewhere }) =>
    replicated(walk, async there => {
      await person(walk, there, 'ana');
      const { AccessToken } = await tokensOf(walk, there, 'ana');
      const here = {
        UserPoolId: there.UserPoolId, ClientId: there.ClientId, AccessToken,
        ResourceArn: there.Arn.replace('us-east-1', region),
      };
      for (const [operation, input] of walk.called) {
        // It would make the replica active.
        if (operation === 'UpdateUserPoolReplica') continue;
        const members = Object.entries(here).filter(([member]) => member in input);
        const { error } = await elsewhere.attempt(operation, { ...input, ...Object.fromEntries(members) });
        // Which operations are done everywhere stands in the table of excuses.
        if (error?.name === 'OperationNotEnabledException') walk.note(operation, error.name);
      }
    })),
]);
