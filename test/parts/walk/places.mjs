/**
 * Pools to walk about in. Making a pool means making two RSA keys, so a step gets one that an earlier step
 * has left, with the settings it asks for and nobody in it.
 */

/** What no update changes: pools that differ in it are of different kinds. */
const lasting = ['Schema', 'AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration', 'UserPoolTier'];

/** What an update leaves alone where it is not named, as new pools have it. */
const defaults = {
  KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
};

/** What setting factors leaves alone where it is not named, as new pools have it. */
const noFactors = {
  MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: false }, WebAuthnConfiguration: {},
};

const free = new Map();
const taken = [];

/**
 * A pool that verifies e-mail addresses, with a client for every flow, until the end of the step.
 * `factors` are what SetUserPoolMfaConfig is given, where it is called at all.
 */
export async function place(walk, pool = {}, client = {}, factors) {
  const settings = { PoolName: 'walk', AutoVerifiedAttributes: ['email'], ...pool };
  // A second factor can only be demanded from the beginning, but has to be named each time.
  const kind = JSON.stringify([...[...lasting, 'MfaConfiguration'].map(member => pool[member]), factors]);
  const { Id, Arn } = free.get(kind)?.pop() ?? (await walk.aside('CreateUserPool', settings)).UserPool;
  taken.push({ kind, Id, Arn });
  await clear(walk, Id);
  await walk.aside('UpdateUserPool', {
    UserPoolId: Id, ...defaults,
    ...Object.fromEntries(Object.entries(settings).filter(([member]) => !lasting.includes(member))),
  });
  if (factors) await walk.aside('SetUserPoolMfaConfig', { UserPoolId: Id, ...noFactors, ...factors });
  const { UserPoolClient: { ClientId, ClientSecret } } = await walk.aside('CreateUserPoolClient', {
    UserPoolId: Id, ClientName: 'walk', PreventUserExistenceErrors: 'LEGACY',
    ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ],
    ...client,
  });
  return { UserPoolId: Id, Arn, ClientId, ...(ClientSecret && { ClientSecret }) };
}

/** At the end of a step: the next one may have the pools. */
export async function leaveAll(walk) {
  for (const { kind, ...pool } of taken.splice(0)) {
    const isThere = await walk.aside('DescribeUserPool', { UserPoolId: pool.Id })
      .then(() => true, () => false);
    if (isThere) free.set(kind, [...free.get(kind) ?? [], pool]);
  }
}

async function clear(walk, UserPoolId) {
  const lists = [
    ['ListUsers', 'Users', 'AdminDeleteUser', 'Username'],
    ['ListUserPoolClients', 'UserPoolClients', 'DeleteUserPoolClient', 'ClientId'],
    ['ListGroups', 'Groups', 'DeleteGroup', 'GroupName'],
    ['ListResourceServers', 'ResourceServers', 'DeleteResourceServer', 'Identifier'],
    ['ListIdentityProviders', 'Providers', 'DeleteIdentityProvider', 'ProviderName'],
  ];
  for (const [list, items, remove, key] of lists) {
    let found;
    do {
      found = (await walk.aside(list, { UserPoolId }))[items];
      await Promise.all(found.map(item => walk.aside(remove, { UserPoolId, [key]: item[key] })));
    } while (found.length > 0);
  }
}
