import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { place } from './places.mjs';
import { atOnce } from './pools.mjs';

const CertificateArn = 'arn:aws:acm:us-east-1:000000000000:certificate/0f9d8c7b';
const Custom = 'login.walk.example';

/** Leaves the pool without domains, for those who walk about in it next. */
async function withDomains(walk, pool, names, done) {
  const { UserPoolId } = await place(walk, pool);
  try {
    await done(UserPoolId);
  } finally {
    for (const Domain of names) {
      await walk.aside('DeleteUserPoolDomain', { UserPoolId, Domain }).catch(() => {});
    }
  }
}

export default area('domains', [
  step('A pool gets a prefix and a custom domain, shows them, and loses them', walk =>
    withDomains(walk, {}, ['walk', Custom], async UserPoolId => {
      await walk.call('CreateUserPoolDomain', { UserPoolId, Domain: 'walk' });
      await walk.call('CreateUserPoolDomain', {
        UserPoolId, Domain: Custom, ManagedLoginVersion: 1, CustomDomainConfig: { CertificateArn },
      });
      const { UserPool: pool } = await walk.call('DescribeUserPool', { UserPoolId });
      assert.deepEqual([pool.Domain, pool.CustomDomain], ['walk', Custom]);
      await walk.call('UpdateUserPoolDomain', { UserPoolId, Domain: Custom, ManagedLoginVersion: 2 });
      const { DomainDescription: shown } = await walk.call('DescribeUserPoolDomain', { Domain: Custom });
      assert.equal(shown.Status, 'ACTIVE');
      assert.equal(shown.ManagedLoginVersion, 2);
      assert.equal(shown.CustomDomainConfig.CertificateArn, CertificateArn);
      await walk.refused('DeleteUserPool', 'InvalidParameterException', { UserPoolId });
      for (const Domain of ['walk', Custom]) {
        await walk.call('DeleteUserPoolDomain', { UserPoolId, Domain });
        await walk.refused('DeleteUserPoolDomain', 'InvalidParameterException', { UserPoolId, Domain });
      }
      const { DomainDescription: gone } = await walk.call('DescribeUserPoolDomain', { Domain: 'walk' });
      assert.equal(gone.Status, undefined);
    })),

  step('Domains refuse what is taken, ill-formed or not there', walk =>
    withDomains(walk, {}, ['walk'], async UserPoolId => {
      await walk.call('CreateUserPoolDomain', { UserPoolId, Domain: 'walk' });
      for (const Domain of ['walk', 'another', 'with.dots', 'my-aws']) {
        await walk.refused('CreateUserPoolDomain', 'InvalidParameterException', { UserPoolId, Domain });
      }
      await walk.refused('DescribeUserPoolDomain', 'InvalidParameterException', { Domain: 'No Domain' });
      const nobody = { UserPoolId, Domain: 'nobody' };
      await walk.refused('UpdateUserPoolDomain', 'InvalidParameterException', nobody);
    })),

  step('Managed login needs a plan that has it', walk =>
    withDomains(walk, { UserPoolTier: 'LITE' }, ['walk'], async UserPoolId => {
      const second = { UserPoolId, Domain: 'walk', ManagedLoginVersion: 2 };
      await walk.refused('CreateUserPoolDomain', 'FeatureUnavailableInTierException', second);
      await walk.call('CreateUserPoolDomain', { UserPoolId, Domain: 'walk' });
      await walk.refused('UpdateUserPoolDomain', 'FeatureUnavailableInTierException', second);
    })),

  step('Of two who change a domain at once, one is told', walk =>
    withDomains(walk, {}, ['walk'], async UserPoolId => {
      await walk.call('CreateUserPoolDomain', { UserPoolId, Domain: 'walk' });
      await atOnce(walk, 'UpdateUserPoolDomain', number => (
        { UserPoolId, Domain: 'walk', ManagedLoginVersion: 1 + (number % 2) }));
    })),
]);
