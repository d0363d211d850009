using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Groups;
using Lifeguard.Domain.Tokens;

namespace Lifeguard.Operations.Triggers;

/// <summary>The trigger that may change tokens before they are made. A pool without it gets the tokens of the
/// service.</summary>
public sealed class TokenTriggers(TriggerCaller caller)
{
    private const string Name = "PreTokenGeneration";

    private static readonly Task<TokenChanges> Unchanged = Task.FromResult(TokenChanges.None);

    /// <summary>May somebody still keep tokens back once all else is done?</summary>
    public static bool Has(UserPool pool) => ConfigOf(pool) is not null;

    /// <summary>Before the tokens of a user.</summary>
    /// <param name="groups">What the tokens would tell of the user's groups.</param>
    /// <param name="scopes">What the access token would have.</param>
    /// <exception cref="ApiException">One of the three trigger errors: no tokens are made.</exception>
    public Task<TokenChanges> BeforeTokens(
        TokenOccasion occasion, UserPool pool, AppClient client, User user, GroupClaims groups,
        IReadOnlyList<string> scopes, Call call)
    {
        if (ConfigOf(pool) is not { } config) return Unchanged;
        return Ask(config, occasion, pool, client, user.Username, Write, call);

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteUser(user);
            WriteGroups(writer, groups);
            if (HasScopes(config)) writer.WriteTexts("scopes", scopes);
        }
    }

    /// <summary>Before the token of a client itself; only the third version of the event knows such
    /// (doc).</summary>
    /// <exception cref="ApiException">As the other.</exception>
    public Task<TokenChanges> BeforeClientToken(
        UserPool pool, AppClient client, IReadOnlyList<string> scopes,
        IReadOnlyDictionary<string, string>? clientMetadata, Call call)
    {
        if (ConfigOf(pool) is not { LambdaVersion: PreTokenGenerationLambdaVersionType.V3_0 } config)
            return Unchanged;
        var occasion = new TokenOccasion(TokenSource.ClientCredentials, clientMetadata);
        return Ask(config, occasion, pool, client, "ClientCredentials", Write, call);

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteAttributes("userAttributes", UserAttributes.Empty);
            writer.WriteNull("groupConfiguration");
            writer.WriteTexts("scopes", scopes);
        }
    }

    private async Task<TokenChanges> Ask(
        PreTokenGenerationVersionConfigType config, TokenOccasion occasion, UserPool pool, AppClient client,
        string username, Action<Utf8JsonWriter> request, Call call)
    {
        var response = await caller.Invoke(
            new()
            {
                FunctionArn = config.LambdaArn,
                Version = EventVersion(config),
                Name = Name,
                Source = occasion.Source,
                Pool = pool,
                UserName = username,
                ClientId = client.Id,
                UserAgent = call.UserAgent,
                Request = writer =>
                {
                    request(writer);
                    if (occasion.ClientMetadata is { } metadata) writer.WriteMap("clientMetadata", metadata);
                },
                Response = writer => writer.WriteNull(
                    HasScopes(config) ? TokenAnswer.ClaimsAndScopes : TokenAnswer.Claims),
            },
            call);
        return HasScopes(config)
            ? TokenAnswer.ReadClaimsAndScopes(response, client.Id)
            : TokenAnswer.ReadClaims(response);
    }

    /// <summary>Roles and groups in the order of their precedence.</summary>
    private static void WriteGroups(Utf8JsonWriter writer, GroupClaims groups)
    {
        writer.WriteStartObject("groupConfiguration");
        writer.WriteTexts("groupsToOverride", groups.Names);
        writer.WriteTexts("iamRolesToOverride", groups.Roles);
        writer.WriteString("preferredRole", groups.PreferredRole);
        writer.WriteEndObject();
    }

    // Pools keep both members once one is set.
    private static PreTokenGenerationVersionConfigType? ConfigOf(UserPool pool) =>
        pool.Settings.LambdaConfig?.PreTokenGenerationConfig;

    private static bool HasScopes(PreTokenGenerationVersionConfigType config) =>
        config.LambdaVersion != PreTokenGenerationLambdaVersionType.V1_0;

    private static string EventVersion(PreTokenGenerationVersionConfigType config) =>
        config.LambdaVersion switch
        {
            PreTokenGenerationLambdaVersionType.V3_0 => "3",
            PreTokenGenerationLambdaVersionType.V2_0 => "2",
            _ => "1",
        };
}
