import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { arnOf, mustBeRecent } from './fixtures.mjs';
import { place } from './places.mjs';

const described = async (walk, UserPoolId) =>
  (await walk.call('DescribeUserPool', { UserPoolId })).UserPool;

const create = [
  step('CreateUserPool keeps what it was given, and DescribeUserPool shows it', async walk => {
    const given = {
      PoolName: 'kept as given', DeletionProtection: 'INACTIVE', AutoVerifiedAttributes: ['email'],
      AliasAttributes: ['email', 'preferred_username'], EmailVerificationSubject: 'Welcome',
      Policies: {
        PasswordPolicy: { MinimumLength: 10, RequireSymbols: true, TemporaryPasswordValidityDays: 3 },
      },
      LambdaConfig: { PreSignUp: arnOf('agrees') }, UserPoolTags: { team: 'walk' },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Schema: [
        { Name: 'given_name', Required: true, Mutable: true },
        {
          Name: 'level', AttributeDataType: 'Number',
          NumberAttributeConstraints: { MinValue: '1', MaxValue: '9' },
        },
      ],
      UserPoolTier: 'PLUS', UsernameConfiguration: { CaseSensitive: false },
    };
    const { UserPool: created } = await walk.call('CreateUserPool', given);
    assert.match(created.Id, /^us-east-1_[0-9A-Za-z]{9}$/);
    assert.equal(created.Arn, `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${created.Id}`);
    mustBeRecent(created.CreationDate);

    const pool = await described(walk, created.Id);
    const { Schema, AdminCreateUserConfig, Policies, PoolName, ...same } = given;
    for (const [member, value] of Object.entries(same)) assert.deepEqual(pool[member], value, member);
    assert.equal(pool.Name, PoolName);
    assert.equal(pool.AdminCreateUserConfig.AllowAdminCreateUserOnly, true);
    assert.deepEqual(pool.Policies.PasswordPolicy, {
      ...Policies.PasswordPolicy, RequireLowercase: false, RequireNumbers: false, RequireUppercase: false,
    });
    const attribute = name => pool.SchemaAttributes.find(one => one.Name === name);
    assert.equal(attribute('given_name').Required, true);
    assert.deepEqual(attribute('custom:level').NumberAttributeConstraints, { MinValue: '1', MaxValue: '9' });
    assert.equal(pool.VerificationMessageTemplate.EmailSubject, 'Welcome');
    assert.equal(pool.EstimatedNumberOfUsers, 0);
  }),

  step('CreateUserPool fills in the defaults', async walk => {
    const { UserPool: pool } = await walk.call('CreateUserPool', { PoolName: 'plain' });
    assert.equal(pool.Policies.PasswordPolicy.MinimumLength, 8);
    assert.equal(pool.MfaConfiguration, 'OFF');
    assert.equal(pool.UserPoolTier, 'ESSENTIALS');
    assert.equal(pool.DeletionProtection, 'INACTIVE');
    assert.equal(pool.EmailConfiguration.EmailSendingAccount, 'COGNITO_DEFAULT');
    assert.equal(pool.SchemaAttributes[0].Name, 'sub');
    assert.equal(pool.SchemaAttributes.length, 20);
  }),

  step('CreateUserPool refuses what does not go together', async walk => {
    const refused = (error, more) => walk.refused('CreateUserPool', error, { PoolName: 'no', ...more });
    await refused('InvalidParameterException', { AliasAttributes: ['email'], UsernameAttributes: ['email'] });
    await refused('InvalidParameterException', { AutoVerifiedAttributes: ['phone_number'] });
    await refused('InvalidParameterException', { PoolName: 'no/slashes' });
    await refused('FeatureUnavailableInTierException', {
      UserPoolTier: 'LITE',
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    await refused('UserPoolTaggingException', { UserPoolTags: { 'aws:owner': 'nobody' } });
  }),
];

const update = [
  step('UpdateUserPool replaces what it names and resets the rest', async walk => {
    const { UserPool: { Id: UserPoolId } } = await walk.call('CreateUserPool', {
      PoolName: 'before', AutoVerifiedAttributes: ['email'], UserPoolTags: { a: '1' },
      Policies: { PasswordPolicy: { MinimumLength: 12 } }, LambdaConfig: { PreSignUp: arnOf('agrees') },
    });
    await walk.call('UpdateUserPool', {
      UserPoolId, PoolName: 'after', DeletionProtection: 'ACTIVE', UserPoolTags: { b: '2' },
    });
    const pool = await described(walk, UserPoolId);
    assert.equal(pool.Name, 'after');
    assert.equal(pool.DeletionProtection, 'ACTIVE');
    assert.deepEqual(pool.UserPoolTags, { b: '2' });
    assert.equal(pool.Policies.PasswordPolicy.MinimumLength, 8);
    assert.equal(pool.AutoVerifiedAttributes, undefined);
    assert.deepEqual(pool.LambdaConfig, {});
    assert.ok(pool.LastModifiedDate >= pool.CreationDate);
  }),

  step('UpdateUserPool refuses what the pool cannot be', async walk => {
    const { UserPoolId } = await place(walk, { UserPoolTier: 'LITE' });
    const refused = (error, more) => walk.refused('UpdateUserPool', error, { UserPoolId, ...more });
    await refused('InvalidParameterException', { MfaConfiguration: 'ON' });
    await refused('FeatureUnavailableInTierException', {
      Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 3 } },
    });
    await refused('UserPoolTaggingException', { UserPoolTags: { 'aws:owner': 'nobody' } });
    assert.equal((await described(walk, UserPoolId)).UserPoolTags, undefined);
  }),

  step('UpdateUserPool keeps the plan while something of the larger one is in use', async walk => {
    const { UserPoolId } = await place(walk, {}, { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] });
    await walk.refused('UpdateUserPool', 'TierChangeNotAllowedException', {
      UserPoolId, UserPoolTier: 'LITE',
    });
    assert.equal((await described(walk, UserPoolId)).UserPoolTier, 'ESSENTIALS');
  }),

  step('UpdateUserPool tells one of two who change a pool at once', async walk => {
    const { UserPoolId } = await place(walk);
    await atOnce(walk, 'UpdateUserPool', number => ({ UserPoolId, PoolName: `name ${number}` }));
    assert.match((await described(walk, UserPoolId)).Name, /^name \d$/);
  }),
];

/** Nobody can make two changes meet for sure; a hundred rounds are too few on a busy machine. */
const roundsUntilTheyMeet = 5_000;

/** Sends a change many times at once until somebody is told that somebody else was faster. */
export async function atOnce(walk, operation, input) {
  for (let round = 0; round < roundsUntilTheyMeet; round++) {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, number) => walk.attempt(operation, input(number))));
    const errors = outcomes.flatMap(({ error }) => error?.name ?? []);
    assert.ok(errors.every(name => name === 'ConcurrentModificationException'), `${operation}: ${errors}`);
    assert.ok(errors.length < 8, `${operation}: nobody was the first`);
    if (errors.length > 0) return;
  }
  assert.fail(`${operation}: nobody was ever told`);
}

const list = [
  step('ListUserPools leads through all pools in pages', async walk => {
    const made = [];
    for (const PoolName of ['one', 'two', 'three']) {
      made.push((await walk.call('CreateUserPool', { PoolName })).UserPool.Id);
    }
    const found = await walk.pages('ListUserPools', 'UserPools', {}, 2);
    const ids = found.map(pool => pool.Id);
    assert.equal(new Set(ids).size, ids.length, 'a pool came twice');
    assert.ok(made.every(id => ids.includes(id)));
    assert.equal(found.find(pool => pool.Id === made[1]).Name, 'two');
  }),

  step('ListUserPools refuses pages it did not make', async walk => {
    await walk.refused('ListUserPools', 'InvalidParameterException', { MaxResults: 61 });
    await walk.refused('ListUserPools', 'InvalidParameterException', { MaxResults: 1, NextToken: 'made-up' });
  }),
];

const remove = [
  step('DeleteUserPool leaves nothing of the pool', async walk => {
    const { UserPoolId, ClientId } = await place(walk);
    await walk.call('DeleteUserPool', { UserPoolId });
    await walk.refused('DescribeUserPool', 'ResourceNotFoundException', { UserPoolId });
    await walk.refused('SignUp', 'ResourceNotFoundException', {
      ClientId, Username: 'late', Password: 'First-Passw0rd!',
    });
    const ids = (await walk.pages('ListUserPools', 'UserPools', {}, 60)).map(pool => pool.Id);
    assert.ok(!ids.includes(UserPoolId));
  }),

  step('DeleteUserPool spares a protected pool', async walk => {
    const { UserPoolId } = await place(walk, { DeletionProtection: 'ACTIVE' });
    await walk.refused('DeleteUserPool', 'InvalidParameterException', { UserPoolId });
    assert.equal((await described(walk, UserPoolId)).Id, UserPoolId);
  }),
];

/** What is added to a schema stays, so that nobody else could have the pool. */
const ownPool = async walk => (await walk.call('CreateUserPool', { PoolName: 'own' })).UserPool.Id;

const schema = [
  step('AddCustomAttributes extends the schema', async walk => {
    const UserPoolId = await ownPool(walk);
    await walk.call('AddCustomAttributes', {
      UserPoolId, CustomAttributes: [
        { Name: 'team', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: '5' } },
        { Name: 'note', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
      ],
    });
    const { SchemaAttributes } = await described(walk, UserPoolId);
    const team = SchemaAttributes.find(attribute => attribute.Name === 'custom:team');
    assert.equal(team.StringAttributeConstraints.MaxLength, '5');
    assert.ok(SchemaAttributes.some(attribute => attribute.Name === 'dev:custom:note'));
    await walk.call('AdminCreateUser', {
      UserPoolId, Username: 'ana', MessageAction: 'SUPPRESS',
      UserAttributes: [{ Name: 'custom:team', Value: 'one' }],
    });
  }),

  step('AddCustomAttributes refuses a name twice, what is required, and too many', async walk => {
    const UserPoolId = await ownPool(walk);
    const add = CustomAttributes => ({ UserPoolId, CustomAttributes });
    const named = (name, from, to) => Array.from({ length: to - from }, (_, index) => (
      { Name: `${name}${from + index}`, AttributeDataType: 'String' }));
    const refused = attributes =>
      walk.refused('AddCustomAttributes', 'InvalidParameterException', add(attributes));
    await walk.call('AddCustomAttributes', add(named('a', 0, 25)));
    await refused(named('a', 0, 1));
    await refused([{ Name: 'must', AttributeDataType: 'String', Required: true }]);
    await refused([{ Name: 'untyped' }]);
    await walk.call('AddCustomAttributes', add(named('a', 25, 50)));
    await refused(named('a', 50, 51));
    const { SchemaAttributes } = await described(walk, UserPoolId);
    assert.equal(SchemaAttributes.filter(attribute => attribute.Name.startsWith('custom:')).length, 50);
  }),
];

export default area('pools', [create, update, list, remove, schema]);
