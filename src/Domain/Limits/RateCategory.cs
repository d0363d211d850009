namespace Lifeguard.Domain.Limits;

/// <summary>One kind of requests that the service counts together (doc: quota page).</summary>
/// <param name="Name">As in <c>LimitDefinition</c>, such as <c>UserCreation</c>.</param>
/// <param name="PerSecond">Requests a second without any provisioning.</param>
public sealed record RateCategory(string Name, int PerSecond)
{
    public const string ClientAuthentication = "ClientAuthentication";
    public const string UserAuthentication = "UserAuthentication";
    public const string UserFederation = "UserFederation";
    public const string UserRead = "UserRead";
    public const string UserToken = "UserToken";
    public const string UserPoolClientUpdate = "UserPoolClientUpdate";
    public const string UserAccountRecovery = "UserAccountRecovery";

    /// <summary>Not a category of its own in the service: TagResource keeps within it besides its
    /// category.</summary>
    public const string TagResource = "TagResource";

    /// <summary>UpdateProvisionedLimit may raise it.</summary>
    public bool IsAdjustable { get; init; }

    /// <summary>Each operation may be called on one pool only so often, whatever the category
    /// leaves.</summary>
    public bool IsPerPool { get; init; }

    /// <summary>What a request does to the user it is about; that is counted per user, too.</summary>
    public UserAccess Access { get; init; }

    /// <summary>Every category, sorted.</summary>
    public static IReadOnlyList<RateCategory> All { get; } =
    [
        new(ClientAuthentication, 150),
        new("LimitManagement", 1),
        new(TagResource, 5),
        new(UserAccountRecovery, 30) { Access = UserAccess.Write },
        new(UserAuthentication, 120) { IsAdjustable = true, Access = UserAccess.Read },
        new("UserCreation", 50) { IsAdjustable = true, Access = UserAccess.Write },
        new(UserFederation, 25) { IsAdjustable = true },
        new("UserList", 30),
        new("UserPoolClientRead", 15) { IsPerPool = true },
        new(UserPoolClientUpdate, 15) { IsPerPool = true },
        new("UserPoolRead", 15),
        new("UserPoolResourceRead", 20) { IsPerPool = true },
        new("UserPoolResourceUpdate", 15) { IsPerPool = true },
        new("UserPoolUpdate", 15),
        new(UserRead, 120) { IsAdjustable = true, Access = UserAccess.Read },
        new("UserResourceRead", 50) { IsAdjustable = true, Access = UserAccess.Read },
        new("UserResourceUpdate", 25) { Access = UserAccess.Write },
        new(UserToken, 120) { IsAdjustable = true, Access = UserAccess.Write },
        new("UserUpdate", 25) { Access = UserAccess.Write },
    ];

    /// <summary>The category of that name; null for none.</summary>
    public static RateCategory? Find(string name) => All.FirstOrDefault(category => category.Name == name);
}

/// <summary>What a request does to a user, as far as limits per user go.</summary>
public enum UserAccess
{
    /// <summary>It is about no user, or about many.</summary>
    None,

    /// <summary>Signing in counts as reading (doc).</summary>
    Read,

    Write,
}
