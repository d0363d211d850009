import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { place } from './places.mjs';

const group = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/vendedlogs/walk';
const toGroup = { CloudWatchLogsConfiguration: { LogGroupArn: group } };
const toBucket = { S3Configuration: { BucketArn: 'arn:aws:s3:::walk-bucket' } };

const notifications = { EventSource: 'userNotification', LogLevel: 'ERROR', ...toGroup };
const events = { EventSource: 'userAuthEvents', LogLevel: 'INFO', ...toBucket };

const set = (walk, { UserPoolId }, ...LogConfigurations) =>
  walk.call('SetLogDeliveryConfiguration', { UserPoolId, LogConfigurations });

const got = async (walk, { UserPoolId }) =>
  (await walk.call('GetLogDeliveryConfiguration', { UserPoolId })).LogDeliveryConfiguration;

export default area('logs', [
  step('SetLogDeliveryConfiguration replaces what GetLogDeliveryConfiguration shows', async walk => {
    const there = await place(walk, { UserPoolTier: 'PLUS' });
    await set(walk, there);
    assert.deepEqual((await got(walk, there))?.LogConfigurations ?? [], []);
    const { LogDeliveryConfiguration } = await set(walk, there, notifications, events);
    assert.equal(LogDeliveryConfiguration.UserPoolId, there.UserPoolId);
    assert.deepEqual(LogDeliveryConfiguration.LogConfigurations, [notifications, events]);
    assert.deepEqual(await got(walk, there), LogDeliveryConfiguration);
    await set(walk, there, notifications);
    assert.deepEqual((await got(walk, there)).LogConfigurations, [notifications]);
    await set(walk, there);
    assert.deepEqual((await got(walk, there))?.LogConfigurations ?? [], []);
  }),

  step('SetLogDeliveryConfiguration refuses what goes nowhere, twice, or to the wrong place', async walk => {
    const { UserPoolId } = await place(walk, { UserPoolTier: 'PLUS' });
    for (const LogConfigurations of [
      [{ ...notifications, CloudWatchLogsConfiguration: undefined }],
      [notifications, notifications],
      [{ ...notifications, LogLevel: 'INFO' }],
      [{ ...events, ...toGroup }],
      [{ EventSource: 'userNotification', LogLevel: 'ERROR', ...toBucket }],
    ]) await walk.refused('SetLogDeliveryConfiguration', 'InvalidParameterException', {
      UserPoolId, LogConfigurations,
    });
    assert.deepEqual((await got(walk, { UserPoolId }))?.LogConfigurations ?? [], []);
  }),

  step('SetLogDeliveryConfiguration exports activity from the largest plan alone', async walk => {
    const { UserPoolId } = await place(walk);
    await walk.refused('SetLogDeliveryConfiguration', 'FeatureUnavailableInTierException', {
      UserPoolId, LogConfigurations: [events],
    });
  }),
]);
