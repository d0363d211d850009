/** Errors that are declared and that nothing a caller does brings about here, each with the reason. */

const everywhere = 'all';

/** Operations that only the administrator's keys open. */
const byKey = [
  'AdminAddUserToGroup', 'AdminCreateUser', 'AdminDeleteUser', 'AdminDeleteUserAttributes',
  'AdminDisableUser',
  'AdminEnableUser', 'AdminGetUser', 'AdminListGroupsForUser', 'AdminRemoveUserFromGroup',
  'AdminSetUserPassword',
  'AdminForgetDevice', 'AdminGetDevice', 'AdminListDevices', 'AdminUpdateDeviceStatus',
  'AdminUpdateUserAttributes', 'AddCustomAttributes', 'CreateGroup', 'CreateUserImportJob', 'CreateUserPool',
  'CreateUserPoolClient', 'CreateUserPoolReplica', 'DeleteGroup', 'DeleteUserPool', 'DeleteUserPoolClient',
  'DeleteUserPoolReplica', 'DescribeUserImportJob', 'DescribeUserPool', 'DescribeUserPoolClient',
  'GetCSVHeader',
  'GetGroup', 'GetLogDeliveryConfiguration', 'GetProvisionedLimit', 'ListGroups', 'ListTagsForResource',
  'ListUserImportJobs', 'ListUserPoolClients', 'ListUserPoolReplicas', 'ListUserPools', 'ListUsers',
  'ListUsersInGroup', 'SetLogDeliveryConfiguration', 'StartUserImportJob', 'StopUserImportJob', 'TagResource',
  'UntagResource', 'UpdateGroup', 'UpdateProvisionedLimit', 'UpdateUserPool', 'UpdateUserPoolClient',
  'UpdateUserPoolReplica', 'AdminListUserAuthEvents', 'AdminUpdateAuthEventFeedback',
  'DescribeRiskConfiguration', 'SetRiskConfiguration',
  'UpdateUserPoolReplica', 'AdminUserGlobalSignOut', 'AdminListUserSessions', 'AdminRevokeUserSession',
  'GetUserPoolSessionConfiguration', 'SetUserPoolSessionConfiguration',
  'GetUserPoolClientSessionConfiguration', 'SetUserPoolClientSessionConfiguration', 'CreateResourceServer',
  'DescribeResourceServer', 'ListResourceServers', 'UpdateResourceServer', 'DeleteResourceServer',
  'AdminDeleteSoftwareToken', 'AdminGetUserAuthFactors', 'AdminSetUserMFAPreference', 'AdminSetUserSettings',
  'GetUserPoolMfaConfig', 'SetUserPoolMfaConfig', 'CreateUserPoolDomain', 'DeleteUserPoolDomain',
  'DescribeUserPoolDomain', 'UpdateUserPoolDomain', 'CreateIdentityProvider', 'DescribeIdentityProvider',
  'UpdateIdentityProvider', 'DeleteIdentityProvider', 'ListIdentityProviders',
  'GetIdentityProviderByIdentifier', 'AdminLinkProviderForUser', 'AdminDisableProviderForUser',
  'CreateManagedLoginBranding', 'DescribeManagedLoginBranding', 'DescribeManagedLoginBrandingByClient',
  'UpdateManagedLoginBranding', 'DeleteManagedLoginBranding', 'GetUICustomization', 'SetUICustomization',
  'CreateTerms', 'DescribeTerms', 'DescribeTermsByClient', 'UpdateTerms', 'DeleteTerms', 'ListTerms',
];

/** Operations that an access token opens. */
const byToken = [
  'ChangePassword', 'DeleteUser', 'DeleteUserAttributes', 'GetUser', 'GetUserAttributeVerificationCode',
  'GlobalSignOut', 'ListUserSessions',
  'UpdateUserAttributes', 'VerifyUserAttribute', 'GetUserAuthFactors', 'SetUserMFAPreference',
  'SetUserSettings', 'VerifySoftwareToken',
];

/** Operations that every replica of a pool knows. */
const inReplicas = [
  'AdminGetDevice', 'AdminGetUser', 'AdminListDevices', 'AdminListGroupsForUser', 'DescribeUserPool',
  'DescribeUserPoolClient', 'GetGroup',
  'ListGroups', 'ListTagsForResource', 'ListUserPoolClients', 'ListUserPoolReplicas', 'ListUsers',
  'ListUsersInGroup', 'TagResource', 'UntagResource', 'UpdateUserPool', 'UpdateUserPoolReplica',
  'AdminListUserAuthEvents', 'DescribeRiskConfiguration', 'SetRiskConfiguration',
  'DescribeResourceServer', 'ListResourceServers', 'GetUserPoolSessionConfiguration',
  'GetUserPoolClientSessionConfiguration', 'AdminGetUserAuthFactors', 'SetUserPoolMfaConfig',
  'CreateUserPoolDomain', 'DeleteUserPoolDomain', 'DescribeUserPoolDomain', 'UpdateUserPoolDomain',
  'GetSigningCertificate', 'DescribeManagedLoginBranding', 'DescribeManagedLoginBrandingByClient',
  'GetUICustomization', 'DescribeTerms', 'DescribeTermsByClient', 'ListTerms',
];

const beginSignIn = ['AdminInitiateAuth', 'InitiateAuth'];
const answerChallenge = ['AdminRespondToAuthChallenge', 'RespondToAuthChallenge'];

/** The excused errors of each operation, by its name. */
export function excused(all) {
  return Object.fromEntries(all.map(({ name, errors }) => [name, excuses
    .filter(({ operations, except }) =>
      (operations === everywhere ? !except?.includes(name) : operations.includes(name)))
    // An excuse for everywhere is one where the error is declared.
    .flatMap(given => (given.operations === everywhere
      ? given.errors.filter(error => errors.includes(error))
      : given.errors))]));
}

const excuse = (errors, operations, reason, more = {}) => (
  { errors: errors.map(error => `${error}Exception`), operations, reason, ...more });

const excuses = [
  excuse(['InternalError', 'InternalServer'], everywhere,
    'A defect of the program; no call is known that leads to one.'),
  excuse(['Forbidden'], everywhere,
    'An AWS WAF web ACL answers so, and none stands in front of the program.'),
  excuse(['InvalidSmsRoleAccessPolicy', 'InvalidEmailRoleAccessPolicy'], everywhere,
    'Messages leave by SMTP and webhook, for which no IAM role is taken on.'),
  excuse(['InvalidSmsRoleTrustRelationship'], everywhere,
    'No role is taken on, and only one operation looks whether it is one.',
    { except: ['SetUserPoolMfaConfig'] }),
  excuse(['OperationNotEnabled'], inReplicas, 'Replicas know them, whether they are active or not.'),
  excuse(['NotAuthorized'], byKey,
    'Who may not call them is told AccessDeniedException, as by IAM; the walk causes that for each.'),

  excuse(['LimitExceeded'], ['CreateUserPool'],
    'A thousand pools take minutes to make, two RSA keys each.'),
  excuse(['LimitExceeded'], ['CreateGroup'], 'Ten thousand groups take a minute to make.'),
  excuse(['LimitExceeded'], ['ListUserPoolClientSecrets', 'DeleteUserPoolClientSecret'],
    'Neither makes anything of which there could be too many.'),
  excuse(['TierChangeNotAllowed'], ['CreateUserPool'], 'A new pool has no plan to change.'),
  excuse(['UserPoolTagging'], ['DescribeUserPool'], 'Reading sets no tag.'),
  excuse(['ConcurrentModification'], ['DeleteUserPoolClient'],
    'Of two who delete at once, the second is told that there is no such client.'),

  excuse(['LimitExceeded'], ['CreateUserPoolDomain'],
    'A pool has one domain of each kind, and is told InvalidParameterException of a second.'),
  excuse(['ConcurrentModification'], ['CreateUserPoolDomain', 'DeleteUserPoolDomain'],
    'Of two at once, the second is told that there is one already, or none any more.'),
  excuse(['ResourceNotFound'], ['DescribeUserPoolDomain'],
    'The description of a domain that nobody has is empty, as practice shows.'),
  excuse(['ConcurrentModification'], ['DeleteIdentityProvider'],
    'Of two who delete at once, the second is told that there is no such provider.'),
  excuse(['UnsupportedIdentityProvider'], ['UpdateIdentityProvider', 'DeleteIdentityProvider'],
    'A provider has one of the known types from its creation on.'),
  excuse(['AliasExists'], ['AdminDisableProviderForUser'], 'It takes identities away, and gives none.'),

  excuse(['ConcurrentModification'], ['CreateManagedLoginBranding', 'CreateTerms'],
    'Of two at once, the second is told that there is one already.'),
  excuse(['ConcurrentModification'], ['DeleteManagedLoginBranding', 'DeleteTerms'],
    'Of two who delete at once, the second is told that there is none.'),
  excuse(['LimitExceeded'], ['CreateTerms'],
    'A client has one document of each name, and is told TermsExistsException of another.'),

  excuse(['LimitExceeded', 'TooManyFailedAttempts'], ['AdminConfirmSignUp'],
    'No code is tried, so none is counted.'),
  excuse(['TooManyFailedAttempts'], ['ConfirmSignUp', 'ConfirmForgotPassword'],
    'Who guesses is told LimitExceededException, as practice shows.'),
  excuse(['LimitExceeded'], ['SignUp'],
    'The quota of a shared mail service answers so; the messages here have none.'),
  excuse(['PreconditionNotMet'], ['AdminCreateUser', 'CreateUserImportJob'],
    'No precondition is documented, nor known from practice.'),
  excuse(['UserNotConfirmed'], ['ConfirmForgotPassword'],
    'An unconfirmed user with a verified address may recover, and one without has no code to confirm with.'),

  excuse(['CodeMismatch', 'ExpiredCode'], ['UpdateUserAttributes'],
    'It takes no code; VerifyUserAttribute does.'),
  excuse(['UserNotConfirmed'], [...byToken, 'RevokeUserSession'],
    'Nobody who has had tokens becomes unconfirmed again.'),
  excuse(['ResourceNotFound'], [...byToken, 'AssociateSoftwareToken'],
    'A token of a pool or client that is gone is an invalid token.'),

  excuse(['UserNotConfirmed'],
    ['ConfirmDevice', 'ForgetDevice', 'GetDevice', 'ListDevices', 'UpdateDeviceStatus'],
    'Nobody who has had tokens becomes unconfirmed again.'),
  excuse(['ResourceNotFound'], ['ListDevices'],
    'A token of a pool or client that is gone is an invalid token.'),
  excuse(['InvalidUserPoolConfiguration'], ['AdminListDevices', 'ListDevices'],
    'A pool that tracks no devices has none to list.'),
  excuse(['InvalidLambdaResponse', 'InvalidPassword', 'UsernameExists'], ['ConfirmDevice'],
    'It calls no trigger, takes no password and makes no user.'),
  excuse(['UserNotFound'], ['GetTokensFromRefreshToken'],
    'The refresh token of somebody who has been deleted is a revoked one, as practice shows.'),

  excuse(['InvalidUserPoolConfiguration'], [...beginSignIn, ...answerChallenge, 'VerifySoftwareToken'],
    'Settings that contradict each other are never kept; missing triggers are an InvalidParameterException.'),
  excuse(['FeatureUnavailableInTier', 'UnsupportedOperation'], beginSignIn,
    'A client cannot enable a flow that its pool lacks, and is told InvalidParameterException.'),
  excuse(['CodeDeliveryFailure'], ['SetRiskConfiguration'], 'It sends nothing; sign-ins at a risk do.'),
  excuse(['UserNotFound'], answerChallenge,
    'The session of somebody who has been deleted is an invalid session.'),

  excuse(['CodeMismatch'], ['VerifySoftwareToken'],
    'A wrong code is told EnableSoftwareTokenMFAException, as practice shows.'),
  excuse(['PasswordResetRequired', 'UserNotConfirmed'], ['AdminSetUserMFAPreference'],
    'An administrator sets it whatever the user has to do first.'),
  excuse(['LimitExceeded'], ['DeleteWebAuthnCredential', 'ListWebAuthnCredentials'],
    'Neither makes a passkey, of which there could be too many.'),
];
