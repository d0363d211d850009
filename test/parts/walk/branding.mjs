import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { place } from './places.mjs';
import { atOnce } from './pools.mjs';

const png = Buffer.from('89504e470d0a1a0a', 'hex');
const logo = { Category: 'FORM_LOGO', ColorMode: 'LIGHT', Extension: 'PNG', Bytes: png };
const frame = borderColor => ({ components: { form: { lightMode: { borderColor } } } });
const css = '.banner-customizable { background-color: navy; }';

/** Leaves the pool without a domain and what is set for its classic pages, for those who walk there next. */
async function withClassicPages(walk, done) {
  const there = await place(walk);
  const { UserPoolId } = there;
  await walk.aside('CreateUserPoolDomain', { UserPoolId, Domain: 'walk-pages' });
  try {
    await done(there);
  } finally {
    await walk.aside('SetUICustomization', { UserPoolId });
    await walk.aside('DeleteUserPoolDomain', { UserPoolId, Domain: 'walk-pages' });
  }
}

export default area('branding', [
  step('A client gets a style, which is shown, changed and deleted', async walk => {
    const { UserPoolId, ClientId } = await place(walk);
    const { ManagedLoginBranding: created } = await walk.call('CreateManagedLoginBranding', {
      UserPoolId, ClientId, UseCognitoProvidedValues: true,
    });
    const style = { UserPoolId, ManagedLoginBrandingId: created.ManagedLoginBrandingId };
    assert.deepEqual([created.Settings, created.Assets], [undefined, []]);
    const { ManagedLoginBranding: changed } = await walk.call('UpdateManagedLoginBranding', {
      ...style, Settings: frame('ff0000ff'), Assets: [logo],
    });
    assert.deepEqual(changed.Settings, frame('ff0000ff'));
    assert.deepEqual(Buffer.from(changed.Assets[0].Bytes), png);
    const { ManagedLoginBranding: merged } = await walk.call('DescribeManagedLoginBranding', {
      ...style, ReturnMergedResources: true,
    });
    assert.equal(merged.Settings.components.form.lightMode.borderColor, 'ff0000ff');
    assert.match(merged.Settings.components.form.darkMode.borderColor, /^[0-9a-f]{8}$/);
    const byClient = await walk.call('DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId });
    assert.deepEqual(byClient.ManagedLoginBranding, changed);
    await walk.call('DeleteManagedLoginBranding', style);
    const provided = { ...style, UseCognitoProvidedValues: true };
    for (const operation of ['Describe', 'Update', 'Delete']) {
      await walk.refused(`${operation}ManagedLoginBranding`, 'ResourceNotFoundException', provided);
    }
    await walk.refused('DescribeManagedLoginBrandingByClient', 'ResourceNotFoundException', {
      UserPoolId, ClientId,
    });
  }),

  step('CreateManagedLoginBranding refuses a second style, two sources, and too many', async walk => {
    const { UserPoolId, ClientId } = await place(walk);
    const provided = { UserPoolId, ClientId, UseCognitoProvidedValues: true };
    await walk.refused('CreateManagedLoginBranding', 'InvalidParameterException', {
      ...provided, Settings: {},
    });
    for (let number = 0; number < 20; number++) {
      const { UserPoolClient } = await walk.aside('CreateUserPoolClient', { UserPoolId, ClientName: 'walk' });
      await walk.call('CreateManagedLoginBranding', { ...provided, ClientId: UserPoolClient.ClientId });
    }
    await walk.refused('CreateManagedLoginBranding', 'LimitExceededException', provided);
    const [another] = (await walk.aside('ListUserPoolClients', { UserPoolId })).UserPoolClients
      .filter(client => client.ClientId !== ClientId);
    await walk.refused('CreateManagedLoginBranding', 'ManagedLoginBrandingExistsException', {
      ...provided, ClientId: another.ClientId,
    });
  }),

  step('Of two who change a style at once, one is told', async walk => {
    const { UserPoolId, ClientId } = await place(walk);
    const { ManagedLoginBranding } = await walk.call('CreateManagedLoginBranding', {
      UserPoolId, ClientId, Settings: {},
    });
    const { ManagedLoginBrandingId } = ManagedLoginBranding;
    await atOnce(walk, 'UpdateManagedLoginBranding', number => (
      { UserPoolId, ManagedLoginBrandingId, Settings: { number } }));
  }),

  step('Classic pages look as is set for a client, or for all', walk =>
    withClassicPages(walk, async ({ UserPoolId, ClientId }) => {
      await walk.call('SetUICustomization', { UserPoolId, ClientId: 'ALL', CSS: css, ImageFile: png });
      const { UICustomization: all } = await walk.call('GetUICustomization', { UserPoolId, ClientId });
      assert.deepEqual([all.ClientId, all.CSS], ['ALL', css]);
      assert.match(all.ImageUrl, /\/assets\/[0-9a-f]+$/);
      await walk.call('SetUICustomization', { UserPoolId, ClientId, ImageFile: png });
      const { UICustomization: own } = await walk.call('GetUICustomization', { UserPoolId, ClientId });
      assert.deepEqual([own.ClientId, own.CSS], [ClientId, undefined]);
      await walk.call('SetUICustomization', { UserPoolId, ClientId });
      const { UICustomization: again } = await walk.call('GetUICustomization', { UserPoolId, ClientId });
      assert.deepEqual(again, all);
      await walk.refused('SetUICustomization', 'InvalidParameterException', {
        UserPoolId, CSS: 'body { display: none }',
      });
    })),

  step('SetUICustomization needs a domain', async walk => {
    const { UserPoolId } = await place(walk);
    await walk.refused('SetUICustomization', 'InvalidParameterException', { UserPoolId, CSS: css });
    const { UICustomization } = await walk.call('GetUICustomization', { UserPoolId });
    assert.deepEqual(UICustomization, {});
  }),
]);
