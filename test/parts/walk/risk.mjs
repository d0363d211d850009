/** Threat protection: events, what is done about risks, and what users say of them. */
import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { mustBeRecent, password, person } from './fixtures.mjs';
import { place } from './places.mjs';

const watched = walk => place(walk, {
  UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
});

const Identity = 'arn:aws:ses:us-east-1:000000000000:identity/guard@example.com';
const token = { TextBody: '{event-id} {feedback-token}' };

/** What is done about every risk, with a mail that holds the token of the event. */
const takeover = EventAction => ({
  Actions: Object.fromEntries(['LowAction', 'MediumAction', 'HighAction']
    .map(level => [level, { EventAction, Notify: true }])),
  NotifyConfiguration: {
    SourceArn: Identity, From: 'guard@example.com',
    BlockEmail: { Subject: 'Blocked', ...token }, NoActionEmail: { Subject: 'Noticed', ...token },
  },
});

const set = (walk, { UserPoolId }, more) => walk.call('SetRiskConfiguration', { UserPoolId, ...more });

const got = async (walk, where) => (await walk.call('DescribeRiskConfiguration', where)).RiskConfiguration;

const events = async (walk, { UserPoolId }, Username) =>
  (await walk.call('AdminListUserAuthEvents', { UserPoolId, Username })).AuthEvents;

/** A sign-in from an address that a server tells. */
const from = ({ UserPoolId, ClientId }, USERNAME, IpAddress) => ({
  UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME, PASSWORD: password },
  ContextData: { IpAddress, ServerName: 'walk', ServerPath: '/', HttpHeaders: [] },
});

/** Somebody at home, then elsewhere: the event and the token that the mail about it names. */
async function noticed(walk, there, Username) {
  await set(walk, there, { AccountTakeoverRiskConfiguration: takeover('NO_ACTION') });
  await person(walk, there, Username);
  await walk.call('AdminInitiateAuth', from(there, Username, '192.0.2.1'));
  const { body } = await walk.messageTo(`${Username}@example.com`, () =>
    walk.call('AdminInitiateAuth', from(there, Username, '198.51.100.1')));
  const [EventId, FeedbackToken] = body.split(' ');
  return { UserPoolId: there.UserPoolId, Username, EventId, FeedbackToken };
}

const operations = [
  'AdminListUserAuthEvents', 'AdminUpdateAuthEventFeedback', 'DescribeRiskConfiguration',
  'SetRiskConfiguration', 'UpdateAuthEventFeedback',
];

export default area('risk', [
  step('SetRiskConfiguration replaces blocks, and DescribeRiskConfiguration shows them', async walk => {
    const there = await watched(walk);
    const { UserPoolId, ClientId } = there;
    await set(walk, there);
    const ranges = { BlockedIPRangeList: ['203.0.113.0/24'], SkippedIPRangeList: ['2001:db8::/32'] };
    await set(walk, there, { RiskExceptionConfiguration: ranges });
    await set(walk, there, { AccountTakeoverRiskConfiguration: takeover('BLOCK') });
    const shown = await got(walk, { UserPoolId });
    assert.deepEqual(shown.RiskExceptionConfiguration, ranges);
    assert.deepEqual(shown.AccountTakeoverRiskConfiguration, takeover('BLOCK'));
    mustBeRecent(shown.LastModifiedDate);
    assert.deepEqual(await got(walk, { UserPoolId, ClientId }), { ...shown, ClientId });
    const CompromisedCredentialsRiskConfiguration = { Actions: { EventAction: 'NO_ACTION' } };
    await set(walk, there, { ClientId, CompromisedCredentialsRiskConfiguration });
    const own = await got(walk, { UserPoolId, ClientId });
    assert.deepEqual(own.CompromisedCredentialsRiskConfiguration, CompromisedCredentialsRiskConfiguration);
    assert.equal(own.AccountTakeoverRiskConfiguration, undefined);
    await set(walk, there, { ClientId });
    await set(walk, there);
    assert.deepEqual(await got(walk, { UserPoolId, ClientId }), { UserPoolId, ClientId });
  }),

  step('SetRiskConfiguration refuses what is no range, and notices that nobody sends', async walk => {
    const { UserPoolId } = await watched(walk);
    for (const more of [
      { RiskExceptionConfiguration: { BlockedIPRangeList: ['everywhere'] } },
      { AccountTakeoverRiskConfiguration: { ...takeover('BLOCK'), NotifyConfiguration: undefined } },
    ]) await walk.refused('SetRiskConfiguration', 'InvalidParameterException', { UserPoolId, ...more });
  }),

  step('A sign-in at a risk is blocked, mailed about and remembered', async walk => {
    const there = await watched(walk);
    await set(walk, there, { AccountTakeoverRiskConfiguration: takeover('BLOCK') });
    await person(walk, there, 'ana');
    await walk.call('AdminInitiateAuth', from(there, 'ana', '192.0.2.1'));
    const { answer, body } = await walk.messageTo('ana@example.com', () =>
      walk.refused('AdminInitiateAuth', 'NotAuthorizedException', from(there, 'ana', '198.51.100.1')));
    assert.equal(answer, 'Unable to login because of security reasons.');
    const [blocked, passed] = await events(walk, there, 'ana');
    assert.equal(body.split(' ')[0], blocked.EventId);
    assert.deepEqual(
      [blocked.EventResponse, blocked.EventRisk.RiskDecision, blocked.EventRisk.RiskLevel],
      ['Fail', 'Block', 'Low']);
    assert.deepEqual([passed.EventResponse, passed.EventRisk.RiskDecision], ['Pass', 'NoRisk']);
    assert.equal(passed.EventContextData.IpAddress, '192.0.2.1');
    mustBeRecent(passed.CreationDate);
  }),

  step('AdminListUserAuthEvents goes on where a page ended', async walk => {
    const there = await watched(walk);
    await person(walk, there, 'ana');
    for (let i = 0; i < 3; i++) await walk.call('AdminInitiateAuth', from(there, 'ana', '192.0.2.1'));
    const input = { UserPoolId: there.UserPoolId, Username: 'ana' };
    assert.equal((await walk.pages('AdminListUserAuthEvents', 'AuthEvents', input, 2)).length, 3);
  }),

  step('Feedback by an administrator, and by a user with the token of a mail, is kept', async walk => {
    const there = await watched(walk);
    const { FeedbackToken, ...event } = await noticed(walk, there, 'ana');
    await walk.call('AdminUpdateAuthEventFeedback', { ...event, FeedbackValue: 'Invalid' });
    assert.equal((await events(walk, there, 'ana'))[0].EventFeedback.Provider, 'Admin');
    await walk.call('UpdateAuthEventFeedback', { ...event, FeedbackToken, FeedbackValue: 'Valid' });
    const { EventFeedback } = (await events(walk, there, 'ana'))[0];
    assert.deepEqual([EventFeedback.FeedbackValue, EventFeedback.Provider], ['Valid', 'User']);
    mustBeRecent(EventFeedback.FeedbackDate);
    await walk.refused('UpdateAuthEventFeedback', 'NotAuthorizedException', {
      ...event, FeedbackToken: 'none', FeedbackValue: 'Valid',
    });
    await walk.refused('AdminUpdateAuthEventFeedback', 'ResourceNotFoundException', {
      ...event, EventId: 'none', FeedbackValue: 'Valid',
    });
  }),

  step('Users who are gone are told so', async walk => {
    const there = await watched(walk);
    const { FeedbackToken, ...event } = await noticed(walk, there, 'ana');
    const { UserPoolId, Username } = event;
    await walk.call('AdminDeleteUser', { UserPoolId, Username });
    const gone = (operation, input) => walk.refused(operation, 'UserNotFoundException', input);
    await gone('AdminListUserAuthEvents', { UserPoolId, Username });
    await gone('AdminUpdateAuthEventFeedback', { ...event, FeedbackValue: 'Valid' });
    await gone('UpdateAuthEventFeedback', { ...event, FeedbackToken, FeedbackValue: 'Valid' });
  }),

  operations.map(operation => step(`${operation} needs threat protection`, async walk => {
    const { UserPoolId } = await place(walk);
    await walk.refused(operation, 'UserPoolAddOnNotEnabledException', {
      UserPoolId, Username: 'ana', EventId: 'e', FeedbackToken: 't', FeedbackValue: 'Valid',
    });
  })),
]);
