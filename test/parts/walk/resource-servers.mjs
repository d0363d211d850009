import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { place } from './places.mjs';

const moons = (UserPoolId, ...scopes) => ({
  UserPoolId, Identifier: 'moons', Name: 'Moons',
  Scopes: scopes.map(ScopeName => ({ ScopeName, ScopeDescription: `May ${ScopeName}` })),
});

export default area('resource servers', [
  step('A resource server is created, shown, changed, listed and deleted', async walk => {
    const { UserPoolId } = await place(walk);
    const named = { UserPoolId, Identifier: 'moons' };
    const { ResourceServer: created } = await walk.call('CreateResourceServer', moons(UserPoolId, 'read'));
    assert.deepEqual((await walk.call('DescribeResourceServer', named)).ResourceServer, created);
    await walk.call('UpdateResourceServer', moons(UserPoolId, 'read', 'write'));
    const [listed] = await walk.pages('ListResourceServers', 'ResourceServers', { UserPoolId }, 1);
    assert.deepEqual(listed.Scopes.map(scope => scope.ScopeName), ['read', 'write']);
    await walk.call('DeleteResourceServer', named);
    await walk.refused('DescribeResourceServer', 'ResourceNotFoundException', named);
    await walk.refused('DeleteResourceServer', 'ResourceNotFoundException', named);
    await walk.refused('UpdateResourceServer', 'ResourceNotFoundException', moons(UserPoolId, 'read'));
  }),

  step('CreateResourceServer refuses identifiers that are taken, and more than twenty-five', async walk => {
    const { UserPoolId } = await place(walk);
    const numbered = number => ({ UserPoolId, Identifier: `server-${number}`, Name: 'Server' });
    for (let number = 0; number < 25; number++) await walk.call('CreateResourceServer', numbered(number));
    await walk.refused('CreateResourceServer', 'InvalidParameterException', numbered(0));
    await walk.refused('CreateResourceServer', 'LimitExceededException', numbered(25));
    const all = await walk.pages('ListResourceServers', 'ResourceServers', { UserPoolId }, 10);
    assert.equal(all.length, 25);
  }),
]);
