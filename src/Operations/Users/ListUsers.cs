using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>
/// Lists a pool's users in pages, all of them or those that a filter finds. Every filter is a range of an
/// index, so a page costs the same in a pool of any size; no user appears twice in a chain of pages.
/// </summary>
public sealed class ListUsers(PoolStore pools, UserStore users, PageToken tokens)
    : IAdminOperation<ListUsersRequest, ListUsersResponse>
{
    private const int MaxLimit = 60;

    public async Task<ListUsersResponse> Execute(ListUsersRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var filter = FilterExpression.Parse(request.Filter);
        var shows = Shown(pool, request.AttributesToGet);
        var scope = $"{pool.Id}\0{request.Filter}";
        var after = request.PaginationToken is { } token
            ? Cursor(tokens.Open(nameof(ListUsers), scope, token, call.Now))
            : null;
        var limit = request.Limit is null or 0 ? MaxLimit : request.Limit.Value;
        var page = await users.List(pool, filter, after, limit, call.Cancelled);
        return new()
        {
            Users = [.. page.Users.Select(user => UserView.Of(user, shows))],
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
    private static Func<string, bool>? Shown(UserPool pool, IReadOnlyList<string>? names)
    {
        if (names is not { Count: > 0 }) return null;
        var schema = AttributeSchema.Of(pool);
        if (!names.All(schema.Has))
            throw Reject.InvalidParameter("One or more requested attributes do not exist");
        return names.ToHashSet(StringComparer.Ordinal).Contains;
    }
}
