using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Triggers;

/// <summary>The trigger that knows users of elsewhere. It alone is told a password.</summary>
public sealed class MigrationTrigger(TriggerCaller caller)
{
    private static readonly string[] Members =
    [
        "userAttributes", "forceAliasCreation", "enableSMSMFA", "finalUserStatus", "messageAction",
        "desiredDeliveryMediums",
    ];

    public static bool Has(UserPool pool) => pool.Settings.LambdaConfig?.UserMigration is not null;

    /// <summary>The user whom the function finds elsewhere; null for nobody.</summary>
    /// <exception cref="ApiException">One of the three trigger errors. By UserLambdaValidationException the
    /// function itself says no.</exception>
    public async Task<MigratedUser?> Find(Newcomer newcomer, Call call)
    {
        if (newcomer.Pool.Settings.LambdaConfig?.UserMigration is not { } arn) return null;
        var response = await caller.Invoke(
            new()
            {
                FunctionArn = arn,
                Name = "UserMigration",
                Source = newcomer.Password is null
                    ? "UserMigration_ForgotPassword"
                    : "UserMigration_Authentication",
                Pool = newcomer.Pool,
                UserName = newcomer.Name,
                ClientId = newcomer.Client.Id,
                UserAgent = call.UserAgent,
                Password = newcomer.Password,
                Request = writer =>
                {
                    writer.WriteMap("validationData", newcomer.ValidationData);
                    if (newcomer.ClientMetadata is { } metadata) writer.WriteMap("clientMetadata", metadata);
                },
                Response = static writer =>
                {
                    foreach (var member in Members) writer.WriteNull(member);
                },
            },
            call);
        return Read(response);
    }

    private static MigratedUser? Read(JsonElement response)
    {
        var attributes = response.Map("userAttributes");
        var user = new MigratedUser
        {
            Attributes = UserAttributes.From(attributes ?? new Dictionary<string, string>()),
            IsConfirmed = response.Text("finalUserStatus") == UserStatusType.Confirmed,
            IsWelcomed = response.Text("messageAction") != MessageActionType.Suppress,
            TakesAliases = response.Flag("forceAliasCreation"),
            EnablesSms = response.Flag("enableSMSMFA"),
        };
        if (response.Texts("desiredDeliveryMediums") is { Count: > 0 } mediums)
            user = user with { Mediums = Checked(mediums) };
        // An answer without attributes is how functions say that they know nobody of the name (doc).
        return user.Attributes.Count > 0 ? user : null;
    }

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> mediums) =>
        mediums.All(medium => medium is DeliveryMediumType.Sms or DeliveryMediumType.Email)
            ? mediums
            : throw TriggerCaller.Invalid();
}

/// <summary>Somebody whom the pool does not know, and who may be known elsewhere.</summary>
/// <param name="Name">As it was typed.</param>
public sealed record Newcomer(UserPool Pool, AppClient Client, string Name)
{
    /// <summary>As it was typed; null where somebody says to have forgotten it.</summary>
    public string? Password { get; init; }

    /// <summary>ClientMetadata of a call that begins a sign-in (doc).</summary>
    public IReadOnlyDictionary<string, string>? ValidationData { get; init; }

    /// <summary>ClientMetadata of a call that recovers a password (doc).</summary>
    public IReadOnlyDictionary<string, string>? ClientMetadata { get; init; }

    /// <summary>Never prints its members: they hold a password.</summary>
    public override string ToString() => nameof(Newcomer);
}
