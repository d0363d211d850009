using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>
/// Lists a pool's users in pages, all of them or those that a filter finds. Every filter is a range of an
/// index, so a page costs the same in a pool of any size. In a chain of pages nobody is missed or appears
/// twice, whoever comes and goes meanwhile, unless it is what the filter looks at that changes.
/// </summary>
public sealed class ListUsers(PoolStore pools, UserStore users, PageToken tokens)
    : IAdminOperation<ListUsersRequest, ListUsersResponse>
{
    private const int MaxLimit = 60;

    public async Task<ListUsersResponse> Execute(ListUsersRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var filter = FilterExpression.Parse(request.Filter);
        var shown = Shown(pool, request.AttributesToGet);
        var scope = $"{pool.Id}\0{request.Filter}";
        var after = request.PaginationToken is { } token
            ? Cursor(tokens.Open(nameof(ListUsers), scope, token, call.Now))
            : null;
        var limit = request.Limit is null or 0 ? MaxLimit : request.Limit.Value;
        var page = await users.List(pool, filter, after, limit, call.Cancelled);
        if (shown is not null && !page.Users.All(user => HasAll(user, shown))) throw NoSuchAttribute();
        return new()
        {
            Users = [.. page.Users.Select(user => UserView.Of(user, shown is null ? null : shown.Contains))],
            PaginationToken = page.Next is { } next
                ? tokens.Seal(nameof(ListUsers), scope, $"{next.Sub}\0{next.Value}", call.Now)
                : null,
        };
    }

    private static UserCursor Cursor(string position)
    {
        var end = position.IndexOf('\0');
        return new(position[(end + 1)..], position[..end]);
    }

    /// <exception cref="ApiException">InvalidParameterException:
    /// an attribute the pool does not have.</exception>
    private static HashSet<string>? Shown(UserPool pool, IReadOnlyList<string>? names)
    {
        if (names is not { Count: > 0 }) return null;
        var schema = AttributeSchema.Of(pool);
        return names.All(schema.Has) ? names.ToHashSet(StringComparer.Ordinal) : throw NoSuchAttribute();
    }

    /// <summary>Who asks for an attribute that a user of the page lacks gets no page at all (doc, observed).
    /// Everybody counts as having the flags: absent means not verified.</summary>
    private static bool HasAll(User user, HashSet<string> names) => names.All(name =>
        name is AttributeNames.Sub or AttributeNames.EmailVerified or AttributeNames.PhoneNumberVerified
        || user.Attributes.Has(name));

    private static ApiException NoSuchAttribute() =>
        Reject.InvalidParameter("One or more requested attributes do not exist.");
}
