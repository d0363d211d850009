using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Domains;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Sessions;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Lists the sessions of a user that are still good, of tokens and of browsers, the newest
/// first.</summary>
public sealed class SessionPage(
    SessionStore sessions, BrowserSessionStore browsers, DomainStore domains, ClientStore clients,
    WaysIn ways, PageToken tokens)
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
        var served = await domains.Of(pool.Id, call.Cancelled);
        var found = await Find(pool, user, after, currentId, call);
        var shown = new List<SessionDescriptionType>();
        foreach (var session in found.Take(SessionRules.PageSize))
        {
            if (await IsGood(session, user, served, call)) shown.Add(session.Description);
        }

        return found.Count > SessionRules.PageSize
            ? (shown, tokens.Seal(operation, scope, Write(found[SessionRules.PageSize - 1].At), call.Now))
            : (shown, null);
    }

    /// <summary>Those after a place, in the order of a listing: one more than a page, if there are so
    /// many.</summary>
    private async Task<List<Listed>> Find(
        UserPool pool, User user, SessionCursor? after, string? currentId, Call call)
    {
        const int limit = SessionRules.PageSize + 1;
        var ofTokens = await sessions.List(
            pool.Id, user.Sub, user.SignedOutAt, after, limit, call.Now, call.Cancelled);
        var ofBrowsers = await browsers.List(
            pool.Id, user.Sub, user.SignedOutAt, after, limit, call.Now, call.Cancelled);
        return
        [
            .. ofTokens.Select(session => new Listed(
                    new(session.CreatedAt, session.Id), session.Describe(currentId), Browser: null))
                .Concat(ofBrowsers.Select(browser => new Listed(
                    new(browser.SignIn.SignedInAt, browser.Id), browser.Describe(), browser)))
                .OrderByDescending(listed => listed.At.CreatedAt)
                .ThenBy(listed => listed.At.Id, StringComparer.Ordinal)
                .Take(limit),
        ];
    }

    /// <summary>What a client was given ends with the client. A browser goes on with others, for as long as
    /// the user may stay and its pages do.</summary>
    private async Task<bool> IsGood(
        Listed listed, User user, IReadOnlyList<UserPoolDomain> served, Call call) =>
        listed.Browser is { } browser
            ? browser.IsServedBy(served) && await ways.MayStay(user, browser.SignIn.EventId, call)
            : await clients.Find(listed.Description.ClientId!, call.Cancelled) is not null;

    private static string Write(SessionCursor last) => string.Create(
        CultureInfo.InvariantCulture, $"{last.CreatedAt.ToUnixTimeMilliseconds()} {last.Id}");

    private static SessionCursor Read(string position)
    {
        var parts = position.Split(' ');
        var created = long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return new(DateTimeOffset.FromUnixTimeMilliseconds(created), parts[1]);
    }

    /// <param name="Browser">Null for a session of tokens.</param>
    private sealed record Listed(
        SessionCursor At, SessionDescriptionType Description, BrowserSession? Browser);
}
