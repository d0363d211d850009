using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Sessions;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Lists the sessions of a user that are still good, the newest first.</summary>
public sealed class SessionPage(SessionStore sessions, ClientStore clients, PageToken tokens)
{
    /// <summary>A page.</summary>
    /// <param name="currentId">The session that asks; null for an administrator.</param>
    /// <returns>The sessions, and the token of the next page; null after the last.</returns>
    /// <exception cref="ApiException">OperationNotEnabledException: the pool tracks none.
    /// InvalidParameterException: the token is not one of this listing.</exception>
    public async Task<(IReadOnlyList<SessionDescriptionType> Sessions, string? NextToken)> Of(
        string operation, UserPool pool, User user, string? currentId, string? nextToken, Call call)
    {
        pool.MustTrackSessions();
        var scope = $"{pool.Id}\0{user.Sub}";
        var after = nextToken is null ? null : Read(tokens.Open(operation, scope, nextToken, call.Now));
        var found = await sessions.List(
            pool.Id, user.Sub, user.SignedOutAt, after, SessionRules.PageSize + 1, call.Now, call.Cancelled);
        var shown = new List<SessionDescriptionType>();
        foreach (var session in found.Take(SessionRules.PageSize))
        {
            // What a client was given ends with the client.
            if (await clients.Find(session.ClientId, call.Cancelled) is not null)
                shown.Add(session.Describe(currentId));
        }

        return found.Count > SessionRules.PageSize
            ? (shown, tokens.Seal(operation, scope, Write(found[SessionRules.PageSize - 1]), call.Now))
            : (shown, null);
    }

    private static string Write(UserSession last) => string.Create(
        CultureInfo.InvariantCulture, $"{last.CreatedAt.ToUnixTimeMilliseconds()} {last.Id}");

    private static SessionCursor Read(string position)
    {
        var parts = position.Split(' ');
        var created = long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return new(DateTimeOffset.FromUnixTimeMilliseconds(created), parts[1]);
    }
}
