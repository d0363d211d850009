using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>One condition of ListUsers.</summary>
/// <param name="Attribute">One of <see cref="UserFilter.Attributes"/>.</param>
/// <param name="Value">As the caller wrote it; compared without regard to case, but for <c>username</c> in
/// pools that tell case apart, <c>sub</c> and <c>status</c>.</param>
public sealed record UserFilter(string Attribute, UserFilterOperator Operator, string Value)
{
    /// <summary>What can be searched by (doc).</summary>
    public static readonly IReadOnlySet<string> Attributes =
        new HashSet<string>([.. UserIndex.Searchable, Username, AttributeNames.Sub, UserStatus, Status]);

    internal const string Username = "username";
    internal const string UserStatus = "cognito:user_status";
    internal const string Status = "status";
}

/// <summary>How a filter compares.</summary>
public enum UserFilterOperator
{
    /// <summary>Written <c>=</c>.</summary>
    Equals,

    /// <summary>Written <c>^=</c>.</summary>
    StartsWith,
}

/// <summary>Where a page of users ended; opaque to everyone but <see cref="UserStore.List"/>.</summary>
public sealed record UserCursor(string Value, string Sub);

/// <summary>A page of users.</summary>
/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record UserPage(IReadOnlyList<User> Users, UserCursor? Next);
