import assert from 'node:assert/strict';
import { area, step } from './area.mjs';
import { byPassword, mustBeRecent, person, turnsAway, valueOf } from './fixtures.mjs';
import { place } from './places.mjs';

const tracking = {
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
};

/** Numbers in base64; nobody proves to know what they were made from. */
const DeviceSecretVerifierConfig = { Salt: 'AQID', PasswordVerifier: 'BAUG' };

const unknown = 'us-east-1_00000000-0000-4000-8000-000000000000';

/** A user who has signed in on a new device. */
async function arrival(walk, there, Username = 'ana') {
  const { AuthenticationResult } = await walk.call('InitiateAuth', byPassword(there, Username));
  const { AccessToken, NewDeviceMetadata } = AuthenticationResult;
  return { whom: { UserPoolId: there.UserPoolId, Username }, AccessToken, ...NewDeviceMetadata };
}

async function arrived(walk, settings = tracking) {
  const there = await place(walk, settings);
  await person(walk, there, 'ana');
  return { there, ...await arrival(walk, there) };
}

/** What every operation is given beside the token and the key. */
const own = {
  ConfirmDevice: { DeviceName: 'laptop', DeviceSecretVerifierConfig },
  GetDevice: {},
  ListDevices: {},
  UpdateDeviceStatus: { DeviceRememberedStatus: 'remembered' },
  ForgetDevice: {},
};

const administrators = {
  AdminGetDevice: {},
  AdminListDevices: {},
  AdminUpdateDeviceStatus: { DeviceRememberedStatus: 'remembered' },
  AdminForgetDevice: {},
};

const takesKey = operation => !operation.endsWith('ListDevices');
const named = (operation, DeviceKey) => (takesKey(operation) ? { DeviceKey } : {});

const life = [
  step('ConfirmDevice gives a new device a name, and UpdateDeviceStatus has it remembered', async walk => {
    const { whom, AccessToken, DeviceKey, DeviceGroupKey } = await arrived(walk);
    assert.match(DeviceGroupKey, /^-\w{8}$/);
    const input = { AccessToken, DeviceKey, DeviceName: 'laptop', DeviceSecretVerifierConfig };
    assert.equal((await walk.call('ConfirmDevice', input)).UserConfirmationNecessary, true);
    await walk.refused('ConfirmDevice', 'DeviceKeyExistsException', input);
    const { Device } = await walk.call('GetDevice', { AccessToken, DeviceKey });
    mustBeRecent(Device.DeviceCreateDate);
    assert.equal(valueOf(Device.DeviceAttributes, 'device_name'), 'laptop');
    const status = async () => valueOf(
      (await walk.call('AdminGetDevice', { ...whom, DeviceKey })).Device.DeviceAttributes,
      'dev:device_remembered_status');
    assert.equal(await status(), 'not_remembered');
    await walk.call('UpdateDeviceStatus', { AccessToken, DeviceKey, DeviceRememberedStatus: 'remembered' });
    assert.equal(await status(), 'remembered');
    await walk.call('AdminUpdateDeviceStatus', {
      ...whom, DeviceKey, DeviceRememberedStatus: 'not_remembered',
    });
    assert.equal(await status(), 'not_remembered');
  }),

  step('A remembered device is asked to prove itself', async walk => {
    const { there, AccessToken, DeviceKey } = await arrived(walk);
    await walk.call('ConfirmDevice', { AccessToken, DeviceKey, DeviceSecretVerifierConfig });
    await walk.call('UpdateDeviceStatus', { AccessToken, DeviceKey, DeviceRememberedStatus: 'remembered' });
    const { AuthParameters, ...begin } = byPassword(there, 'ana');
    const input = { ...begin, AuthParameters: { ...AuthParameters, DEVICE_KEY: DeviceKey } };
    const { ChallengeName, ChallengeParameters } = await walk.call('InitiateAuth', input);
    assert.equal(ChallengeName, 'DEVICE_SRP_AUTH');
    assert.deepEqual(ChallengeParameters, { USERNAME: 'ana', DEVICE_KEY: DeviceKey });
  }),

  step('ListDevices and AdminListDevices show the same, page by page', async walk => {
    const { there, whom, AccessToken } = await arrived(walk);
    await arrival(walk, there);
    for (const [operation, whose] of [['ListDevices', { AccessToken }], ['AdminListDevices', whom]]) {
      const first = await walk.call(operation, { ...whose, Limit: 1 });
      const { PaginationToken } = first;
      const second = await walk.call(operation, { ...whose, Limit: 1, PaginationToken });
      assert.equal(second.PaginationToken, undefined);
      assert.equal(new Set([...first.Devices, ...second.Devices].map(one => one.DeviceKey)).size, 2);
    }
  }),

  step('ForgetDevice and AdminForgetDevice end the device with its refresh tokens', async walk => {
    const { there, whom, AccessToken, DeviceKey } = await arrived(walk);
    const other = await arrival(walk, there);
    await walk.call('ForgetDevice', { AccessToken, DeviceKey: other.DeviceKey });
    await walk.call('AdminForgetDevice', { ...whom, DeviceKey });
    assert.deepEqual((await walk.call('ListDevices', { AccessToken })).Devices, []);
  }),

  step('ConfirmDevice takes the device of its token alone, and a secret that is one', async walk => {
    const { there, AccessToken, DeviceKey } = await arrived(walk);
    const other = await arrival(walk, there);
    const refused = input => walk.refused('ConfirmDevice', 'InvalidParameterException', {
      AccessToken, DeviceKey, DeviceSecretVerifierConfig, ...input,
    });
    await refused({ DeviceKey: other.DeviceKey });
    await refused({ DeviceSecretVerifierConfig: undefined });
    await walk.call('ForgetDevice', { AccessToken, DeviceKey });
    await walk.refused('ConfirmDevice', 'ResourceNotFoundException', {
      AccessToken, DeviceKey, DeviceSecretVerifierConfig,
    });
  }),
];

const holders = Object.entries(own).map(([operation, more]) =>
  step(`${operation} turns away tokens that are forged, old, of a reset or of the deleted`, async walk => {
    const { DeviceKey, ...all } = await arrived(walk);
    await turnsAway(walk, operation, all, { ...named(operation, DeviceKey), ...more });
  }));

const strangers = [
  ['GetDevice', 'UpdateDeviceStatus', 'ForgetDevice'].map(operation =>
    step(`${operation} knows the user's devices alone`, async walk => {
      const { AccessToken } = await arrived(walk);
      await walk.refused(operation, 'ResourceNotFoundException', {
        AccessToken, DeviceKey: unknown, ...own[operation],
      });
    })),

  Object.entries(administrators).map(([operation, more]) =>
    step(`${operation} knows the devices of known users`, async walk => {
      const { whom, DeviceKey } = await arrived(walk);
      await walk.refused(operation, 'UserNotFoundException', {
        ...whom, Username: 'nobody', ...named(operation, DeviceKey), ...more,
      });
      if (!takesKey(operation)) return;
      await walk.refused(operation, 'ResourceNotFoundException', {
        ...whom, DeviceKey: unknown, ...more,
      });
    })),

  [...Object.entries(own), ...Object.entries(administrators)]
    .filter(([operation]) => takesKey(operation))
    .map(([operation, more]) => step(`${operation} needs a pool that tracks devices`, async walk => {
      const { whom, AccessToken } = await arrived(walk, {});
      const whose = operation.startsWith('Admin') ? whom : { AccessToken };
      await walk.refused(operation, 'InvalidUserPoolConfigurationException', {
        ...whose, DeviceKey: unknown, ...more,
      });
    })),
];

export default area('devices', [life, holders, strangers]);
