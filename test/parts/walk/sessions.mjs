import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { mustBeRecent, person, tokensOf } from './fixtures.mjs';
import { place } from './places.mjs';
import { atOnce } from './pools.mjs';

const tracking = (UserPoolId, UserSessionTracking = 'ENABLED', MaxPerUser = 20) => (
  { UserPoolId, UserSessionTracking, TokenSession: { MaxPerUser } });

/** Somebody who is signed in twice, in a pool that tracks it until the step is over. */
async function tracked(walk, done) {
  const there = await place(walk);
  await walk.call('SetUserPoolSessionConfiguration', tracking(there.UserPoolId));
  try {
    const ana = await person(walk, there, 'ana');
    const [here, elsewhere] = [await tokensOf(walk, there, 'ana'), await tokensOf(walk, there, 'ana')];
    return await done({ there, ana, here, elsewhere });
  } finally {
    await walk.call('SetUserPoolSessionConfiguration', tracking(there.UserPoolId, 'DISABLED'));
  }
}

/** What the operations of users and of administrators name. */
const ways = [
  {
    list: 'ListUserSessions', revoke: 'RevokeUserSession',
    by: ({ here: { AccessToken } }) => ({ AccessToken }),
  },
  { list: 'AdminListUserSessions', revoke: 'AdminRevokeUserSession', by: ({ ana }) => ana },
];

const life = ways.map(({ list, revoke, by }) => [
  step(`${list} shows where somebody is signed in, and ${revoke} ends it`, walk =>
    tracked(walk, async all => {
      const { Sessions: sessions } = await walk.call(list, by(all));
      assert.equal(sessions.length, 2);
      sessions.forEach(session => mustBeRecent(session.CreateDate));
      const { Sessions: own } = await walk.call('ListUserSessions', { AccessToken: all.here.AccessToken });
      const { SessionId } = own.find(session => !session.IsCurrentSession);
      await walk.call(revoke, { ...by(all), SessionId });
      const { AccessToken } = all.elsewhere;
      await walk.refused('GetUser', 'NotAuthorizedException', { AccessToken });
      await walk.refused(revoke, 'ResourceNotFoundException', { ...by(all), SessionId });
    })),

  step(`${list} and ${revoke} do nothing where nothing is tracked`, async walk => {
    const there = await place(walk);
    const ana = await person(walk, there, 'ana');
    const whose = by({ ana, here: await tokensOf(walk, there, 'ana') });
    await walk.refused(list, 'OperationNotEnabledException', whose);
    await walk.refused(revoke, 'OperationNotEnabledException', { ...whose, SessionId: 'tkn' });
  }),

  step(`${list} and ${revoke} know nobody who is gone`, walk => tracked(walk, async all => {
    const given = by(all);
    await walk.call('AdminDeleteUser', all.ana);
    await walk.refused(list, 'UserNotFoundException', given);
    await walk.refused(revoke, 'UserNotFoundException', { ...given, SessionId: 'tkn' });
  })),
]);

const refusals = [
  step('ListUserSessions and RevokeUserSession want a token of somebody who may use it', walk =>
    tracked(walk, async ({ ana, here: { AccessToken } }) => {
      const both = async (error, token) => {
        await walk.refused('ListUserSessions', error, { AccessToken: token });
        await walk.refused('RevokeUserSession', error, { AccessToken: token, SessionId: 'tkn' });
      };
      const { Sessions: sessions } = await walk.call('ListUserSessions', { AccessToken });
      const { SessionId } = sessions.find(session => session.IsCurrentSession);
      await walk.refused('RevokeUserSession', 'InvalidParameterException', { AccessToken, SessionId });
      await both('NotAuthorizedException', 'garbage');
      await walk.call('AdminResetUserPassword', ana);
      await both('PasswordResetRequiredException', AccessToken);
    })),
];

const configuration = [
  step('SetUserPoolSessionConfiguration ends what is too much at the next sign-in', walk =>
    tracked(walk, async ({ there, ana }) => {
      const { UserPoolId } = there;
      await walk.call('SetUserPoolSessionConfiguration', tracking(UserPoolId, 'ENABLED', 1));
      const shown = await walk.call('GetUserPoolSessionConfiguration', { UserPoolId });
      assert.equal(shown.TokenSession.MaxPerUser, 1);
      await tokensOf(walk, there, 'ana');
      assert.equal((await walk.call('AdminListUserSessions', ana)).Sessions.length, 1);
    })),

  step('SetUserPoolClientSessionConfiguration keeps what it was given', walk =>
    tracked(walk, async ({ there: { UserPoolId, ClientId } }) => {
      const client = { UserPoolId, ClientId };
      const set = MaxValidityMinutes => ({ ...client, SSOSession: { MaxValidityMinutes } });
      await walk.call('SetUserPoolClientSessionConfiguration', set(5));
      const shown = await walk.call('GetUserPoolClientSessionConfiguration', client);
      assert.equal(shown.SSOSession.MaxValidityMinutes, 5);
      await walk.refused('SetUserPoolClientSessionConfiguration', 'InvalidParameterException', set(-1));
      await atOnce(walk, 'SetUserPoolClientSessionConfiguration', number => set(number));
    })),

  step('Sessions are configured where the plan has them', async walk => {
    const { UserPoolId, ClientId } = await place(walk, { UserPoolTier: 'LITE' });
    const refused = (operation, input) =>
      walk.refused(operation, 'FeatureUnavailableInTierException', input);
    await refused('SetUserPoolSessionConfiguration', tracking(UserPoolId));
    await refused('SetUserPoolClientSessionConfiguration', {
      UserPoolId, ClientId, SSOSession: { MaxValidityMinutes: 5 },
    });
  }),

  step('SetUserPoolSessionConfiguration refuses wrong numbers, and tells who came second', async walk => {
    const { UserPoolId } = await place(walk);
    const operation = 'SetUserPoolSessionConfiguration';
    await walk.refused(operation, 'InvalidParameterException', tracking(UserPoolId, 'ENABLED', 101));
    await atOnce(walk, operation, number => tracking(UserPoolId, 'DISABLED', number + 1));
    await walk.call(operation, tracking(UserPoolId, 'DISABLED'));
  }),

  step('SetUserPoolClientSessionConfiguration needs a pool that tracks sessions', async walk => {
    const { UserPoolId, ClientId } = await place(walk);
    await walk.refused('SetUserPoolClientSessionConfiguration', 'OperationNotEnabledException', {
      UserPoolId, ClientId, SSOSession: { MaxValidityMinutes: 5 },
    });
  }),
];

export default area('sessions', [life, refusals, configuration]);
