using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Branding;
using Lifeguard.Operations.Federation;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.IdentityProviders;
using Lifeguard.Operations.Imports;
using Lifeguard.Operations.Logs;
using Lifeguard.Operations.OAuth;
using Lifeguard.Operations.Pools;
using Lifeguard.Operations.Risk;
using Lifeguard.Operations.Sessions;
using Lifeguard.Operations.Terms;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lifeguard.Operations;

/// <summary>
/// Names every class between the wire and the seams, once. What stands outside is the caller's to add: the
/// database with pools, access keys and the keys that seal; the clock, randomness, the senders, the trigger
/// invoker; and the records of settings (<see cref="Deployment"/>, <see cref="SignatureRules"/>,
/// <see cref="AttemptLimits"/>…).
/// </summary>
public static class OperationRegistration
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        AddStores(services);
        AddFlows(services);
        AddSignIn(services);
        AddOAuth(services);
        AddFederation(services);
        services.AddImports();
        foreach (var name in OperationFactsTable.All.Keys) OperationTable.Find(name)!.Register(services);
        return services
            .AddSingleton<Turns>()
            .AddSingleton<RateLimits>()
            .AddSingleton<OperationRunner>()
            .AddSingleton<Signatures>()
            .AddSingleton<Regions>()
            .AddSingleton<AccessTokens>();
    }

    /// <summary>What carries imports out, which the command line does as well. Outside stand, besides the
    /// above, outbound HTTP, the sink of logs, <see cref="UploadAddress"/> and
    /// <see cref="S3Settings"/>.</summary>
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.TryAddSingleton<UserStore>();
        return services
            .AddSingleton<ImportJobStore>()
            .AddSingleton<ImportProgressStore>()
            .AddSingleton<ImportFileStore>()
            .AddSingleton<ImportTidying>()
            .AddSingleton<ImportedUsers>()
            .AddSingleton<S3Bucket>()
            .AddSingleton<ImportLinks>()
            .AddSingleton<ImportView>()
            .AddSingleton<ImportFiles>()
            .AddSingleton<UploadFile>()
            .AddSingleton<RunImports>()
            .AddSingleton<FindImportJob>()
            .AddSingleton<ImportGate>();
    }

    private static void AddStores(IServiceCollection services) => services
        .AddSingleton<PoolKeyStore>()
        .AddSingleton<ClientStore>()
        .AddSingleton<ReplicaStore>()
        .AddSingleton<DomainStore>()
        .AddSingleton<UserStore>()
        .AddSingleton<GroupStore>()
        .AddSingleton<CodeStore>()
        .AddSingleton<AttemptStore>()
        .AddSingleton<SignInFailureStore>()
        .AddSingleton<SpentStore>()
        .AddSingleton<RevocationStore>()
        .AddSingleton<SoftwareTokenStore>()
        .AddSingleton<PasskeyStore>()
        .AddSingleton<DeviceStore>()
        .AddSingleton<SessionStore>()
        .AddSingleton<AuthorizationCodeStore>()
        .AddSingleton<BrowserSessionStore>()
        .AddSingleton<ResourceServerStore>()
        .AddSingleton<IdentityProviderStore>()
        .AddSingleton<UserIdentityStore>()
        .AddSingleton<SamlCertificateStore>()
        .AddSingleton<LoginStyleStore>()
        .AddSingleton<TermsStore>()
        .AddSingleton<UICustomizationStore>()
        .AddSingleton<FederationStateStore>()
        .AddSingleton<Outbox>()
        .AddSingleton<LogDeliveryStore>()
        .AddSingleton<RiskConfigurationStore>()
        .AddSingleton<AuthEventStore>()
        .AddSingleton<ProvisionedLimitStore>();

    private static void AddFlows(IServiceCollection services) => services
        .AddSingleton<ConfirmationCodes>()
        .AddSingleton<TriggerGate>()
        .AddSingleton<TriggerCaller>()
        .AddSingleton<PoolTriggers>()
        .AddSingleton<CustomSenders>()
        .AddSingleton<LogQueue>()
        .AddSingleton<FailedNotifications>()
        .AddSingleton<FeedbackTokens>()
        .AddSingleton<GiveFeedback>()
        .AddSingleton<RecordAuthEvent>()
        .AddSingleton<WeighSignIn>()
        .AddSingleton<CompromisedPasswords>()
        .AddSingleton<WatchedPools>()
        .AddSingleton<AuthEvents>()
        .AddSingleton<SignInTriggers>()
        .AddSingleton<ChallengeTriggers>()
        .AddSingleton<TokenTriggers>()
        .AddSingleton<MigrationTrigger>()
        .AddSingleton<FederationTriggers>()
        .AddSingleton<CompleteDetails>()
        .AddSingleton<PoolCertificates>()
        .AddSingleton<ShowProvider>()
        .AddSingleton<MetadataRefresh>()
        .AddSingleton<SamlFederation>()
        .AddSingleton<MessageQuotas>()
        .AddSingleton<MessageDelivery>()
        .AddSingleton<DeliverAnswer>()
        .AddSingleton<ComposeMessage>()
        .AddSingleton<ConfirmationLinks>()
        .AddSingleton<ConfirmRegistration>()
        .AddSingleton<ProveContact>()
        .AddSingleton<ConfirmByLink>()
        .AddSingleton<IssueCode>()
        .AddSingleton<RedeemCode>()
        .AddSingleton<DecoyCode>()
        .AddSingleton<HourlyLimits>()
        .AddSingleton<InviteUser>()
        .AddSingleton<UpdateContacts>()
        .AddSingleton<ResolveClient>()
        .AddSingleton<ResolveUser>()
        .AddSingleton<FindSignInUser>()
        .AddSingleton<FindRecoveringUser>()
        .AddSingleton<Passwords>()
        .AddSingleton<PasswordAttempts>()
        .AddSingleton<PageToken>()
        .AddSingleton<SessionPage>()
        .AddSingleton<RevokeSession>()
        .AddSingleton<FindPageTheme>()
        .AddSingleton<FindPageImage>()
        .AddSingleton<FindTermsLinks>()
        .AddSingleton<TaggedPools>();

    private static void AddOAuth(IServiceCollection services) => services
        .AddSingleton<OAuthRunner>()
        .AddSingleton<ClientAuthentication>()
        .AddSingleton<ClientCredentialsGrant>()
        .AddSingleton<RefreshTokenGrant>()
        .AddSingleton<CheckAuthorization>()
        .AddSingleton<GrantAuthorization>()
        .AddSingleton<AuthorizationCodeGrant>()
        .AddSingleton<BrowserSessions>()
        .AddSingleton<PageSignIn>()
        .AddSingleton<SignInFacts>()
        .AddSingleton<PageSignUp>()
        .AddSingleton<SignOutRequests>()
        .AddSingleton<IdTokenHints>()
        .AddSingleton<RegistrationTokens>()
        .AddSingleton<ClientRegistration>()
        .AddSingleton<TokenGrants>()
        .AddSingleton<TokenRevocation>()
        .AddSingleton<UserInfo>();

    private static void AddFederation(IServiceCollection services) => services
        .AddSingleton<ProviderExchange>()
        .AddSingleton<ProviderKeys>()
        .AddSingleton<ProviderTokens>()
        .AddSingleton<ProviderAttributes>()
        .AddSingleton<OAuthFederation>()
        .AddSingleton<FederationBegin>()
        .AddSingleton<FederationAnswers>()
        .AddSingleton<FederatedUsers>()
        .AddSingleton<FederatedSignIn>();

    private static void AddSignIn(IServiceCollection services) => services
        .AddSingleton<TokenKeys>()
        .AddSingleton<IssueTokens>()
        .AddSingleton<RefreshTokens>()
        .AddSingleton<ChallengeSessions>()
        .AddSingleton<OpenChallenge>()
        .AddSingleton<PoseChallenge>()
        .AddSingleton<SignInCodes>()
        .AddSingleton<SignInTries>()
        .AddSingleton<FindUserFactors>()
        .AddSingleton<PreAuthentication>()
        .AddSingleton<UserAfterTrigger>()
        .AddSingleton<WaysIn>()
        .AddSingleton<FindDevice>()
        .AddSingleton<DeviceOfSignIn>()
        .AddSingleton<DeviceBinding>()
        .AddSingleton<CompleteSignIn>()
        .AddSingleton<SrpExchange>()
        .AddSingleton<TypedTotp>()
        .AddSingleton<SrpBlocks>()
        .AddSingleton<PasswordVerifier>()
        .AddSingleton<DefineSignIn>()
        .AddSingleton<CustomSignIn>()
        .AddSingleton<CreateMigratedUser>()
        .AddSingleton<MigrateUser>()
        .AddSingleton<PasswordSignIn>()
        .AddSingleton<SrpSignIn>()
        .AddSingleton<EndSignIn>()
        .AddSingleton<TrackSessions>()
        .AddSingleton<RedeemRefreshToken>()
        .AddSingleton<RefreshSignIn>()
        .AddSingleton<NewPasswordChallenge>()
        .AddSingleton<CodeChallenge>()
        .AddSingleton<FactorAgain>()
        .AddSingleton<SoftwareTokenChallenge>()
        .AddSingleton<SelectFactorChallenge>()
        .AddSingleton<FactorSetUpChallenge>()
        .AddSingleton<CustomChallenge>()
        .AddSingleton<DeviceChallenge>()
        .AddSingleton<FindTokenOwner>()
        .AddSingleton<SetMfaPreference>()
        .AddSingleton<PasskeyRegistrations>()
        .AddSingleton<DecoyContacts>()
        .AddSingleton<OfferFirstFactors>()
        .AddSingleton<PoseFirstFactor>()
        .AddSingleton<TakeFirstFactor>()
        .AddSingleton<OpenFirstFactor>()
        .AddSingleton<FirstFactorChallenges>()
        .AddSingleton<FirstFactorCode>()
        .AddSingleton<PasskeyChallenge>()
        .AddSingleton<AutofillPasskey>()
        .AddSingleton<StepUpRequests>()
        .AddSingleton<ChoiceSignIn>()
        .AddSingleton<SignUpSessions>()
        .AddSingleton<AuthFlows>()
        .AddSingleton<Challenges>();
}
