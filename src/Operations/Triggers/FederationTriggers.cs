using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Operations.Triggers;

/// <summary>The triggers of a sign-in through another identity provider. A pool without the trigger takes
/// what the provider says.</summary>
public sealed class FederationTriggers(TriggerCaller caller, PoolTriggers triggers)
{
    /// <summary>Does anybody want to see what providers say?</summary>
    public static bool HasInbound(UserPool pool) =>
        pool.Settings.LambdaConfig?.InboundFederation?.LambdaArn is not null;

    /// <summary>Before the profile of somebody is made who comes from a provider for the first time. A
    /// refusal keeps the person out; of the answer's flags those of verification count.</summary>
    public Task<PreSignUpAnswer> PreSignUp(UserPool pool, AppClient client, NewUser profile, Call call) =>
        triggers.PreSignUp(pool, client, "PreSignUp_ExternalProvider", profile, call);

    /// <summary>After a provider has answered, before anything of it is mapped: which attributes count, and
    /// with which values; null for all, as they came.</summary>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<IReadOnlyDictionary<string, string>?> InboundFederation(
        UserPool pool, AppClient client, ProviderAnswer answer, Call call)
    {
        if (pool.Settings.LambdaConfig?.InboundFederation?.LambdaArn is not { } arn) return null;
        var response = await caller.Invoke(
            new()
            {
                FunctionArn = arn,
                Name = "InboundFederation",
                Source = "InboundFederation_ExternalProvider",
                Pool = pool,
                UserName = answer.UserName,
                ClientId = client.Id,
                UserAgent = call.UserAgent,
                Request = writer =>
                {
                    writer.WriteString("providerName", answer.ProviderName);
                    writer.WriteString("providerType", answer.ProviderType);
                    writer.WriteStartObject("attributes");
                    foreach (var (name, part) in answer.Parts)
                        writer.WriteClaims(name, part);
                    writer.WriteEndObject();
                },
                Response = static writer =>
                    writer.WriteAttributes("userAttributesToMap", UserAttributes.Empty),
            },
            call);
        return response.Claims("userAttributesToMap") is { Count: > 0 } kept ? kept : null;
    }
}

/// <summary>What an identity provider has said of somebody.</summary>
/// <param name="UserName">Of the profile that the person has or will have.</param>
/// <param name="Parts">The parts of the answer by name: <c>tokenResponse</c>, <c>idToken</c> and
/// <c>userInfo</c>, or <c>samlResponse</c>.</param>
public sealed record ProviderAnswer(
    string ProviderName, string ProviderType, string UserName,
    IReadOnlyList<KeyValuePair<string, JsonElement>> Parts)
{
    /// <summary>A SAML response with these attributes.</summary>
    public static ProviderAnswer Saml(string providerName, string userName, JsonElement response) =>
        new(providerName, IdentityProviderTypeType.Saml, userName, [new("samlResponse", response)]);

    /// <summary>An answer of an OAuth provider; null for what it did not send.</summary>
    public static ProviderAnswer OAuth(
        string providerName, string providerType, string userName, JsonElement tokenResponse,
        JsonElement? idToken, JsonElement? userInfo)
    {
        List<KeyValuePair<string, JsonElement>> parts = [new("tokenResponse", tokenResponse)];
        if (idToken is { } token) parts.Add(new("idToken", token));
        if (userInfo is { } info) parts.Add(new("userInfo", info));
        return new(providerName, providerType, userName, parts);
    }

    /// <summary>Never prints its members: they hold tokens.</summary>
    public override string ToString() => nameof(ProviderAnswer);
}
