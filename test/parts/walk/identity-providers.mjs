import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { area, step } from './area.mjs';
import { atATime, byPassword, person, tokensOf, valueOf } from './fixtures.mjs';
import { place } from './places.mjs';

const google = {
  ProviderName: 'Google', ProviderType: 'Google',
  ProviderDetails: { client_id: 'walk', client_secret: 'secret', authorize_scopes: 'email openid' },
};

/** Nobody is asked: the program reaches no address but public ones. */
const endpoints = {
  authorize_url: 'https://id.example/authorize', token_url: 'https://id.example/token',
  attributes_url: 'https://id.example/userinfo', jwks_uri: 'https://id.example/keys',
};
const oidc = ProviderName => ({
  ProviderName, ProviderType: 'OIDC',
  ProviderDetails: {
    client_id: 'walk', authorize_scopes: 'openid', oidc_issuer: 'https://id.example',
    attributes_request_method: 'GET', ...endpoints,
  },
});

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const metadata = certificate => `
  <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://saml.example">
    <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
      <KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
        <X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
      <SingleSignOnService Binding="${redirect}" Location="https://saml.example/sso"/>
    </IDPSSODescriptor>
  </EntityDescriptor>`;

const subject = (ProviderName, ProviderAttributeValue) => (
  { ProviderName, ProviderAttributeName: 'Cognito_Subject', ProviderAttributeValue });

/** Somebody to be linked with identities at Google. */
async function linkable(walk) {
  const there = await place(walk);
  const { UserPoolId } = there;
  await walk.call('CreateIdentityProvider', { UserPoolId, ...google });
  await person(walk, there, 'ana');
  const link = (name, value) => (
    { UserPoolId, DestinationUser: subject('Cognito', name), SourceUser: subject('Google', value) });
  return { there, UserPoolId, link };
}

export default area('providers', [
  step('An identity provider is created, shown, changed, listed and deleted', async walk => {
    const { UserPoolId } = await place(walk);
    const named = { UserPoolId, ProviderName: 'Partner' };
    const { IdentityProvider: created } = await walk.call('CreateIdentityProvider', {
      UserPoolId, ...oidc('Partner'), IdpIdentifiers: ['partner.example'],
    });
    assert.equal(created.ProviderDetails.attributes_url_add_attributes, 'false');
    assert.deepEqual((await walk.call('DescribeIdentityProvider', named)).IdentityProvider, created);
    await walk.call('CreateIdentityProvider', { UserPoolId, ...google });
    const all = await walk.pages('ListIdentityProviders', 'Providers', { UserPoolId }, 1);
    assert.deepEqual(all.map(provider => provider.ProviderName), ['Google', 'Partner']);
    const identified = { UserPoolId, IdpIdentifier: 'partner.example' };
    const found = await walk.call('GetIdentityProviderByIdentifier', identified);
    assert.deepEqual(found.IdentityProvider, created);
    await walk.call('UpdateIdentityProvider', { ...named, IdpIdentifiers: [] });
    await walk.refused('GetIdentityProviderByIdentifier', 'ResourceNotFoundException', identified);
    await walk.call('DeleteIdentityProvider', named);
    for (const operation of ['Describe', 'Update', 'Delete']) {
      await walk.refused(`${operation}IdentityProvider`, 'ResourceNotFoundException', named);
    }
  }),

  step('A SAML provider is read from its metadata, and GetSigningCertificate shows the pool\'s part',
    async walk => {
      const { UserPoolId } = await place(walk);
      const { Certificate } = await walk.call('GetSigningCertificate', { UserPoolId });
      const own = new X509Certificate(Buffer.from(Certificate, 'base64'));
      assert.ok(own.subject === own.issuer && own.verify(own.publicKey));
      const { IdentityProvider } = await walk.call('CreateIdentityProvider', {
        UserPoolId, ProviderName: 'Corp', ProviderType: 'SAML',
        ProviderDetails: { MetadataFile: metadata(Certificate), EncryptedResponses: 'true' },
      });
      const { SSORedirectBindingURI, ActiveEncryptionCertificate } = IdentityProvider.ProviderDetails;
      assert.equal(SSORedirectBindingURI, 'https://saml.example/sso');
      assert.notEqual(ActiveEncryptionCertificate, Certificate);
      assert.ok(new X509Certificate(Buffer.from(ActiveEncryptionCertificate, 'base64')));
    }),

  step('CreateIdentityProvider refuses what is incomplete, taken or too much', async walk => {
    const { UserPoolId } = await place(walk);
    const refused = (error, input) =>
      walk.refused('CreateIdentityProvider', error, { UserPoolId, ...input });
    await refused('InvalidParameterException', { ...google, ProviderDetails: { client_id: 'walk' } });
    await walk.call('CreateIdentityProvider', { UserPoolId, ...google });
    await refused('DuplicateProviderException', google);
    let number = 1;
    await atATime(4, 299, () =>
      walk.aside('CreateIdentityProvider', { UserPoolId, ...oidc(`Partner${number++}`) }));
    await refused('LimitExceededException', oidc('Another'));
  }),

  step('Of two who update a provider at once, one is told so', async walk => {
    const { UserPoolId } = await place(walk);
    await walk.call('CreateIdentityProvider', { UserPoolId, ...oidc('Partner') });
    let error;
    for (let round = 0; round < 50 && error === undefined; round++) {
      const all = await Promise.all(Array.from({ length: 8 }, (_, i) => walk.attempt(
        'UpdateIdentityProvider', { UserPoolId, ProviderName: 'Partner', IdpIdentifiers: [`i${i}`] })));
      error = all.map(one => one.error).find(one => one !== undefined);
    }
    assert.equal(error?.name, 'ConcurrentModificationException');
    walk.note('UpdateIdentityProvider', error.name);
  }),

  step('AdminLinkProviderForUser links an identity, which the user shows', async walk => {
    const { UserPoolId, link } = await linkable(walk);
    await walk.call('AdminLinkProviderForUser', link('ana', '1'));
    const { UserAttributes } = await walk.call('AdminGetUser', { UserPoolId, Username: 'ana' });
    const [identity] = JSON.parse(valueOf(UserAttributes, 'identities'));
    assert.deepEqual([identity.providerName, identity.userId, identity.primary], ['Google', '1', false]);
  }),

  step('AdminLinkProviderForUser refuses what opens an account already, and a sixth', async walk => {
    const { there, link } = await linkable(walk);
    await person(walk, there, 'bob');
    const refused = (error, name, value) =>
      walk.refused('AdminLinkProviderForUser', error, link(name, value));
    for (let value = 1; value <= 5; value++) {
      await walk.call('AdminLinkProviderForUser', link('ana', `${value}`));
    }
    await refused('LimitExceededException', 'ana', '6');
    await refused('InvalidParameterException', 'ana', '1');
    await refused('AliasExistsException', 'bob', '1');
    await refused('UserNotFoundException', 'nobody', '7');
  }),

  step('AdminDisableProviderForUser takes identities away, and the password', async walk => {
    const { there, UserPoolId, link } = await linkable(walk);
    await walk.call('AdminLinkProviderForUser', link('ana', '1'));
    const disable = { UserPoolId, User: subject('Google', '1') };
    await walk.call('AdminDisableProviderForUser', disable);
    await walk.refused('AdminDisableProviderForUser', 'UserNotFoundException', disable);
    await tokensOf(walk, there, 'ana');
    await walk.call('AdminDisableProviderForUser', { UserPoolId, User: subject('Cognito', 'ana') });
    await walk.refused('InitiateAuth', 'NotAuthorizedException', byPassword(there, 'ana'));
  }),
]);
