import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { atATime, mustBeRecent, person, tokensOf } from './fixtures.mjs';
import { place } from './places.mjs';

const role = 'arn:aws:iam::000000000000:role/staff';

/** The names of a user's groups. */
const groupsOf = async (walk, whom) =>
  (await walk.call('AdminListGroupsForUser', whom)).Groups.map(group => group.GroupName).sort();

const members = async (walk, group) =>
  (await walk.call('ListUsersInGroup', group)).Users.map(user => user.Username).sort();

/** A group with one member. */
async function club(walk) {
  const there = await place(walk);
  const group = { UserPoolId: there.UserPoolId, GroupName: 'club' };
  await walk.call('CreateGroup', group);
  const whom = await person(walk, there, 'ana');
  await walk.call('AdminAddUserToGroup', { ...group, ...whom });
  return { there, group, whom };
}

const life = [
  step('CreateGroup keeps what it was given, and GetGroup shows it', async walk => {
    const { UserPoolId } = await place(walk);
    const given = {
      UserPoolId, GroupName: 'staff', Description: 'Who works here', RoleArn: role, Precedence: 3,
    };
    const { Group: created } = await walk.call('CreateGroup', given);
    mustBeRecent(created.CreationDate);
    const { Group: group } = await walk.call('GetGroup', { UserPoolId, GroupName: 'staff' });
    assert.deepEqual(group, created);
    for (const [member, value] of Object.entries(given)) assert.equal(group[member], value, member);
  }),

  step('CreateGroup refuses names taken and names that are none', async walk => {
    const { UserPoolId } = await place(walk);
    await walk.call('CreateGroup', { UserPoolId, GroupName: 'staff' });
    await walk.refused('CreateGroup', 'GroupExistsException', { UserPoolId, GroupName: 'staff' });
    await walk.refused('CreateGroup', 'InvalidParameterException', { UserPoolId, GroupName: 'with blanks' });
    await walk.refused('CreateGroup', 'InvalidParameterException', {
      UserPoolId, GroupName: 'x', Precedence: -1,
    });
  }),

  step('UpdateGroup changes what it names and keeps the rest', async walk => {
    const { UserPoolId } = await place(walk);
    const group = { UserPoolId, GroupName: 'staff' };
    await walk.call('CreateGroup', { ...group, Description: 'Before', RoleArn: role, Precedence: 3 });
    await walk.call('UpdateGroup', { ...group, Description: 'After', Precedence: 1 });
    const { Group: changed } = await walk.call('GetGroup', group);
    assert.equal(changed.Description, 'After');
    assert.equal(changed.Precedence, 1);
    assert.equal(changed.RoleArn, role);
    assert.ok(changed.LastModifiedDate >= changed.CreationDate);
  }),

  step('DeleteGroup ends the group with its memberships', async walk => {
    const { group, whom } = await club(walk);
    await walk.call('DeleteGroup', group);
    await walk.refused('GetGroup', 'ResourceNotFoundException', group);
    assert.deepEqual(await groupsOf(walk, whom), []);
    await walk.call('CreateGroup', group);
    assert.deepEqual(await members(walk, group), []);
  }),

  step('ListGroups leads through all groups in pages', async walk => {
    const { UserPoolId } = await place(walk);
    for (const GroupName of ['a', 'b', 'c']) await walk.call('CreateGroup', { UserPoolId, GroupName });
    const found = await walk.pages('ListGroups', 'Groups', { UserPoolId }, 2);
    assert.deepEqual(found.map(group => group.GroupName).sort(), ['a', 'b', 'c']);
    await walk.refused('ListGroups', 'InvalidParameterException', { UserPoolId, NextToken: 'made-up' });
  }),
];

const membership = [
  step('AdminAddUserToGroup makes a member, as lists and tokens show', async walk => {
    const { there, group, whom } = await club(walk);
    await walk.call('AdminAddUserToGroup', { ...group, ...whom });
    assert.deepEqual(await groupsOf(walk, whom), ['club']);
    assert.deepEqual(await members(walk, group), ['ana']);
    const { IdToken } = await tokensOf(walk, there, 'ana');
    const claims = JSON.parse(Buffer.from(IdToken.split('.')[1], 'base64url'));
    assert.deepEqual(claims['cognito:groups'], ['club']);
  }),

  step('AdminRemoveUserFromGroup ends a membership, if there is one', async walk => {
    const { group, whom } = await club(walk);
    await walk.call('AdminRemoveUserFromGroup', { ...group, ...whom });
    assert.deepEqual(await groupsOf(walk, whom), []);
    assert.deepEqual(await members(walk, group), []);
    await walk.call('AdminRemoveUserFromGroup', { ...group, ...whom });
  }),

  step('AdminListGroupsForUser and ListUsersInGroup lead through pages', async walk => {
    const { there, group, whom } = await club(walk);
    for (const GroupName of ['one', 'two']) {
      await walk.call('CreateGroup', { ...group, GroupName });
      await walk.call('AdminAddUserToGroup', { ...whom, GroupName });
    }
    for (const name of ['bob', 'cleo']) {
      await walk.call('AdminAddUserToGroup', { ...group, ...await person(walk, there, name) });
    }
    const groups = await walk.pages('AdminListGroupsForUser', 'Groups', whom, 2);
    assert.deepEqual(groups.map(one => one.GroupName).sort(), ['club', 'one', 'two']);
    const users = await walk.pages('ListUsersInGroup', 'Users', group, 2);
    assert.deepEqual(users.map(user => user.Username).sort(), ['ana', 'bob', 'cleo']);
    for (const [operation, whose] of [['AdminListGroupsForUser', whom], ['ListUsersInGroup', group]]) {
      await walk.refused(operation, 'InvalidParameterException', { ...whose, NextToken: 'made-up' });
    }
  }),

  step('AdminAddUserToGroup refuses a hundred-and-first group', async walk => {
    const { there, group } = await club(walk);
    const whom = await person(walk, there, 'bob');
    let number = 0;
    await atATime(8, 101, async () => {
      const next = { UserPoolId: there.UserPoolId, GroupName: `group-${++number}` };
      await walk.aside('CreateGroup', next);
      if (next.GroupName !== 'group-101') await walk.aside('AdminAddUserToGroup', { ...next, ...whom });
    });
    await walk.refused('AdminAddUserToGroup', 'InvalidParameterException', { ...group, ...whom });
    await walk.refused('AdminAddUserToGroup', 'InvalidParameterException', {
      ...group, ...whom, GroupName: 'group-101',
    });
  }),

  ['AdminAddUserToGroup', 'AdminRemoveUserFromGroup', 'AdminListGroupsForUser'].map(operation =>
    step(`${operation} knows nobody of that name`, async walk => {
      const { group } = await club(walk);
      await walk.refused(operation, 'UserNotFoundException', { ...group, Username: 'nobody' });
    })),

  ['AdminAddUserToGroup', 'AdminRemoveUserFromGroup', 'ListUsersInGroup', 'UpdateGroup', 'DeleteGroup']
    .map(operation => step(`${operation} knows no group of that name`, async walk => {
      const { whom } = await club(walk);
      await walk.refused(operation, 'ResourceNotFoundException', { ...whom, GroupName: 'nowhere' });
    })),
];

export default area('groups', [life, membership]);
