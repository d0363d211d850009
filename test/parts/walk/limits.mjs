import assert from 'node:assert/strict';
import { area, step } from './area.mjs';

/** One that nothing else here depends on. */
const category = Category => ({ LimitClass: 'API_CATEGORY', Attributes: { Category } });
const LimitDefinition = category('UserFederation');

const update = (RequestedLimitValue, definition = LimitDefinition) => (
  { LimitDefinition: definition, RequestedLimitValue });

export default area('limits', [
  step('UpdateProvisionedLimit raises what GetProvisionedLimit shows, and lowers it again', async walk => {
    const { Limit: before } = await walk.call('GetProvisionedLimit', { LimitDefinition });
    assert.deepEqual(before.LimitDefinition, LimitDefinition);
    assert.equal(before.FreeLimitValue, 25);
    assert.ok(before.ProvisionedLimitValue >= before.FreeLimitValue);
    const { Limit: raised } = await walk.call('UpdateProvisionedLimit', update(40));
    assert.deepEqual(raised, { LimitDefinition, FreeLimitValue: 25, ProvisionedLimitValue: 40 });
    assert.deepEqual((await walk.call('GetProvisionedLimit', { LimitDefinition })).Limit, raised);
    await walk.call('UpdateProvisionedLimit', update(25));
    const { Limit: after } = await walk.call('GetProvisionedLimit', { LimitDefinition });
    assert.equal(after.ProvisionedLimitValue, 25);
  }),

  step('UpdateProvisionedLimit grants no less than is free and no more than there is', async walk => {
    await walk.refused('UpdateProvisionedLimit', 'InvalidParameterException', update(24));
    await walk.refused('UpdateProvisionedLimit', 'ServiceQuotaExceededException', update(1_000_000_000));
  }),

  ['GetProvisionedLimit', 'UpdateProvisionedLimit'].map(operation =>
    step(`${operation} knows the categories of the service alone`, async walk => {
      const input = definition =>
        operation.startsWith('Get') ? { LimitDefinition: definition } : update(40, definition);
      const refused = (error, definition) => walk.refused(operation, error, input(definition));
      await refused('ResourceNotFoundException', category('Nothing'));
      await refused('InvalidParameterException', { LimitClass: 'API_CATEGORY', Attributes: {} });
      await refused('InvalidParameterException', { ...LimitDefinition, LimitClass: 'OTHER' });
    })),
]);
