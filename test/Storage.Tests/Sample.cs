using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Domain.Devices;
using Lifeguard.Domain.Domains;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Groups;
using Lifeguard.Domain.Sessions;

namespace Lifeguard.Storage.Tests;

/// <summary>Pools and users to begin with.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Then = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static UserPool Pool(string id = "eu-west-1_Plain0001", bool caseSensitive = false) => new()
    {
        Id = id,
        Settings = new UserPoolType
        {
            Name = "plain",
            UsernameConfiguration = new UsernameConfigurationType { CaseSensitive = caseSensitive },
        },
        CreatedAt = Then,
        ModifiedAt = Then,
    };

    /// <summary>An identity provider with the identifier <c>of &lt;name&gt;</c>.</summary>
    public static IdentityProvider Provider(string poolId, string name, string secret = "provider secret") =>
        new()
        {
            PoolId = poolId,
            Id = $"id of {name}",
            Name = name,
            Type = IdentityProviderTypeType.Oidc,
            Issuer = "https://id.example",
            Settings = new()
            {
                ProviderDetails = new Dictionary<string, string> { ["client_secret"] = secret },
                IdpIdentifiers = [$"of {name}"],
            },
            CreatedAt = Then,
            ModifiedAt = Then,
        };

    /// <summary>E-mail, phone and preferred_username are aliases once they may be.</summary>
    public static UserPool AliasPool(string id = "eu-west-1_Alias0001")
    {
        var pool = Pool(id);
        return pool with
        {
            Settings = pool.Settings with
            {
                AliasAttributes = ["email", "phone_number", "preferred_username"],
            },
        };
    }

    /// <summary>Users sign in with their e-mail address.</summary>
    public static UserPool EmailPool(string id = "eu-west-1_Email0001")
    {
        var pool = Pool(id);
        return pool with { Settings = pool.Settings with { UsernameAttributes = ["email"] } };
    }

    public static User User(
        UserPool pool, string username, params (string Name, string Value)[] attributes) => new()
        {
            PoolId = pool.Id,
            Sub = Guid.NewGuid().ToString(),
            Username = username,
            Status = UserStatusType.Confirmed,
            Attributes = UserAttributes.From(
            attributes.Select(each => KeyValuePair.Create(each.Name, each.Value))),
            CreatedAt = Then,
            ModifiedAt = Then,
        };

    /// <summary>A confirmed device of the user <c>sub</c>.</summary>
    public static Device Device(UserPool pool) => new()
    {
        PoolId = pool.Id,
        Sub = "sub",
        Key = "eu-west-1_device1",
        GroupKey = "-abcdefgh",
        Name = "phone",
        LastIpAddress = "192.0.2.1",
        Secret = new([1, 2, 3], [4, 5, 6]),
        IsRemembered = true,
        CreatedAt = Then,
        ModifiedAt = Then,
        AuthenticatedAt = Then,
    };

    /// <summary>A prefix domain.</summary>
    public static UserPoolDomain Domain(string poolId, string name) => new()
    {
        PoolId = poolId,
        Name = name,
        ManagedLoginVersion = 1,
        CreatedAt = Then,
        ModifiedAt = Then,
    };

    /// <summary>A style whose frame is red.</summary>
    public static LoginStyle Style(string poolId, string clientId) => new()
    {
        PoolId = poolId,
        Id = $"style of {clientId}",
        ClientId = clientId,
        Settings = StyleSettings.Parse(
            """{"components":{"form":{"lightMode":{"borderColor":"ff0000ff"}}}}"""),
        CreatedAt = Then,
        ModifiedAt = Then,
    };

    /// <summary>An image of a style, with this text for bytes.</summary>
    public static StyleImage Image(string text, string resource = "") => new(
        "IDP_BUTTON_ICON", "LIGHT", resource, "SVG", System.Text.Encoding.UTF8.GetBytes(text));

    public static TermsDocument Terms(string poolId, string clientId, string name = "terms-of-use") => new()
    {
        PoolId = poolId,
        Id = $"{name} of {clientId}",
        ClientId = clientId,
        Name = name,
        Source = "LINK",
        Enforcement = "NONE",
        Links = new Dictionary<string, string> { ["cognito:default"] = "https://example.com/terms" },
        CreatedAt = Then,
        ModifiedAt = Then,
    };

    /// <summary>Classic pages with a logo.</summary>
    /// <param name="clientId">Null for all clients.</param>
    public static UICustomization Customization(string poolId, string? clientId) => new()
    {
        PoolId = poolId,
        ClientId = clientId,
        Css = ".label-customizable{font-weight:bold}",
        Logo = new("image/png", System.Text.Encoding.UTF8.GetBytes($"logo of {clientId ?? "all"}")),
        CreatedAt = Then,
        ModifiedAt = Then,
    };

    public static UserSession Session(string poolId, string sub, string id, int minute = 0) => new()
    {
        PoolId = poolId,
        Sub = sub,
        Id = id,
        ClientId = "client",
        Family = $"family of {id}",
        Device = "Firefox 126 / Linux",
        Address = "192.0.2.1",
        CreatedAt = Then.AddMinutes(minute),
        ActiveAt = Then.AddMinutes(minute),
        ExpiresAt = Then.AddDays(30),
    };

    public static Group Group(UserPool pool, string name) => new()
    {
        PoolId = pool.Id,
        Id = Guid.NewGuid().ToString(),
        Name = name,
        CreatedAt = Then,
        ModifiedAt = Then,
    };

    public static ConfirmationCode Code(string sub, byte first = 1) => new(
        "eu-west-1_Plain0001",
        sub,
        CodeKind.Reset,
        [first, 2, 3],
        "email",
        "ana@example.com",
        Then,
        Then.AddHours(1));

    public static OutgoingMessage Message(string id, string sub = "s") => new(
        id,
        "eu-west-1_Plain0001",
        sub,
        DeliveryMedium.Email,
        "ForgotPassword",
        "ana@example.com",
        "Your code",
        "<b>123456</b>",
        From: null,
        ReplyTo: "help@example.com",
        Then)
    {
        Text = "123456",
        IsTextOnly = true,
        Language = "de-AT",
        ExpiresAt = Then.AddHours(1),
        Topic = "Reset",
        Region = "us-west-2",
        Route = new()
        {
            Identity = "arn:aws:ses:eu-west-1:111122223333:identity/a@example.com",
            ConfigurationSet = "codes",
            Region = "eu-west-1",
            EntityId = "1101",
            TemplateId = "1107",
            IsByEndUserMessaging = true,
            IsMetered = true,
        },
        Sender = new("arn:function", "arn:key", "CustomEmailSender_ForgotPassword", "{}", "123456"),
    };
}
