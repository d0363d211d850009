import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { place } from './places.mjs';

const tagsOf = async (walk, ResourceArn) => (await walk.call('ListTagsForResource', { ResourceArn })).Tags;

export default area('tags', [
  step('TagResource adds tags, and UntagResource takes them away', async walk => {
    const { UserPoolId, Arn: ResourceArn } = await place(walk, { UserPoolTags: { kept: '1', changed: '1' } });
    await walk.call('TagResource', { ResourceArn, Tags: { changed: '2', added: '' } });
    const all = { kept: '1', changed: '2', added: '' };
    assert.deepEqual(await tagsOf(walk, ResourceArn), all);
    const { UserPool } = await walk.call('DescribeUserPool', { UserPoolId });
    assert.deepEqual(UserPool.UserPoolTags, all);
    await walk.call('UntagResource', { ResourceArn, TagKeys: ['kept', 'added', 'never-there'] });
    assert.deepEqual(await tagsOf(walk, ResourceArn), { changed: '2' });
  }),

  step('ListTagsForResource shows that there are none', async walk => {
    const { Arn } = await place(walk);
    assert.deepEqual(await tagsOf(walk, Arn), {});
  }),

  step('TagResource refuses reserved keys and more than fifty tags', async walk => {
    const { Arn: ResourceArn } = await place(walk, { UserPoolTags: { one: '1' } });
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag-${index}`, '1']));
    for (const Tags of [many, { 'aws:owner': 'nobody' }, { 'no#sign': '1' }]) {
      await walk.refused('TagResource', 'InvalidParameterException', { ResourceArn, Tags });
    }
    assert.deepEqual(await tagsOf(walk, ResourceArn), { one: '1' });
  }),

  Object.entries({
    TagResource: { Tags: { a: '1' } }, UntagResource: { TagKeys: ['a'] }, ListTagsForResource: {},
  })
    .map(([operation, more]) => step(`${operation} knows user pools alone`, async walk => {
      const arn = 'arn:aws:cognito-idp:us-east-1:000000000000:';
      const refused = (error, ResourceArn) => walk.refused(operation, error, { ResourceArn, ...more });
      await refused('ResourceNotFoundException', `${arn}userpool/us-east-1_Nothing99`);
      await refused('InvalidParameterException', `${arn}identitypool/us-east-1_Nothing99`);
      await refused('InvalidParameterException', 'this is no arn at all, not even nearly');
    })),
]);
