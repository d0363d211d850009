import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { place } from './places.mjs';
import { atOnce } from './pools.mjs';

const links = (address = 'https://walk.example/terms') => ({ 'cognito:default': address });
const document = (there, TermsName, more) => ({
  UserPoolId: there.UserPoolId, ClientId: there.ClientId,
  TermsName, TermsSource: 'LINK', Enforcement: 'NONE', Links: links(), ...more,
});

export default area('terms', [
  step('Terms are created, shown, changed, listed and deleted', async walk => {
    const there = await place(walk);
    const { UserPoolId, ClientId } = there;
    const { Terms: created } = await walk.call('CreateTerms', document(there, 'terms-of-use'));
    await walk.call('CreateTerms', document(there, 'privacy-policy'));
    const one = { UserPoolId, TermsId: created.TermsId };
    assert.deepEqual((await walk.call('DescribeTerms', one)).Terms, created);
    const named = { UserPoolId, ClientId, TermsName: 'terms-of-use' };
    assert.deepEqual((await walk.call('DescribeTermsByClient', named)).Terms, created);
    const german = { ...links(), 'cognito:german': 'https://walk.example/de' };
    const { Terms: changed } = await walk.call('UpdateTerms', { ...one, Links: german });
    assert.deepEqual(changed.Links, german);
    const all = await walk.pages('ListTerms', 'Terms', { UserPoolId }, 1);
    assert.deepEqual(all.map(terms => terms.TermsName).sort(), ['privacy-policy', 'terms-of-use']);
    await walk.call('DeleteTerms', one);
    for (const operation of ['DescribeTerms', 'UpdateTerms', 'DeleteTerms']) {
      await walk.refused(operation, 'ResourceNotFoundException', one);
    }
    await walk.refused('DescribeTermsByClient', 'ResourceNotFoundException', named);
  }),

  step('A client has one document of each name, and links that lead somewhere', async walk => {
    const there = await place(walk);
    const { Terms: { TermsId } } = await walk.call('CreateTerms', document(there, 'terms-of-use'));
    await walk.call('CreateTerms', document(there, 'privacy-policy'));
    await walk.refused('CreateTerms', 'TermsExistsException', document(there, 'privacy-policy'));
    await walk.refused('UpdateTerms', 'TermsExistsException', {
      UserPoolId: there.UserPoolId, TermsId, TermsName: 'privacy-policy',
    });
    await walk.refused('CreateTerms', 'InvalidParameterException', document(there, 'terms-of-use', {
      Links: links('http://walk.example'),
    }));
  }),

  step('Of two who change terms at once, one is told', async walk => {
    const there = await place(walk);
    const { Terms: { TermsId } } = await walk.call('CreateTerms', document(there, 'terms-of-use'));
    await atOnce(walk, 'UpdateTerms', number => (
      { UserPoolId: there.UserPoolId, TermsId, Links: links(`https://walk.example/${number}`) }));
  }),
]);
