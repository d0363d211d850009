using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.Domains;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Pools;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>
/// Single sign-on: who has signed in on the pages of a pool's domain is known there for an hour, to all app
/// clients of the pool (doc). A browser holds a random value, of which only a hash is kept.
/// </summary>
public sealed class BrowserSessions(
    BrowserSessionStore sessions, UserStore users, WaysIn ways, RandomSource random, Database database)
{
    private const int IdLength = 32;

    /// <summary>The session of a browser, as far as it is still one.</summary>
    /// <param name="id">What the browser's cookie holds; null for none.</param>
    public async Task<OpenedBrowser?> Find(UserPoolDomain domain, string? id, Call call)
    {
        if (HashOf(id) is not { } hash) return null;
        var session = await sessions.Find(domain.PoolId, hash, call.Cancelled);
        if (session is null || session.ExpiresAt <= call.Now) return null;
        if (session.LoginVersion != domain.ManagedLoginVersion) return null;
        var user = await users.FindBySub(domain.PoolId, session.SignIn.Sub, call.Cancelled);
        return user is not null && await ways.MayStay(user, session.SignIn.EventId, call)
            ? new(session, user)
            : null;
    }

    /// <summary>Begins the session of somebody who has just signed in; returns what the cookie has to hold,
    /// and until when. What the browser held before is over: nobody goes on with a value that somebody else
    /// may have put there.</summary>
    public async Task<(string Id, DateTimeOffset End)> Begin(
        UserPool pool, UserPoolDomain domain, AppClient client, BrowserSignIn signIn, SamlSession? saml,
        string? before, Call call)
    {
        var id = Base64Url.EncodeToString(random.Bytes(IdLength));
        var lifetime = client.SilentSignIn > BrowserSession.ShortestLifetime
            ? client.SilentSignIn
            : BrowserSession.ShortestLifetime;
        var session = new BrowserSession(
            HashOf(id)!, signIn, domain.ManagedLoginVersion, signIn.SignedInAt + lifetime)
        {
            Saml = saml,
            // Where nobody may ask for it, nothing of the browser is kept.
            Use = pool.Sessions.IsOn ? UseBy(client, call) : null,
        };
        await database.Write(
            async transaction =>
            {
                if (HashOf(before) is { } old)
                    await sessions.Remove(transaction, domain.PoolId, old, call.Cancelled);
                await sessions.Insert(transaction, session, call.Cancelled);
            },
            call.Cancelled);
        return (id, session.ExpiresAt);
    }

    /// <summary>Notes that a browser with a session was taken over by an app client, in pools that track
    /// sessions.</summary>
    public async Task NoteVisit(UserPool pool, AppClient client, string? id, Call call)
    {
        if (!pool.Sessions.IsOn || HashOf(id) is not { } hash) return;
        await database.Write(
            transaction => sessions.NoteVisit(
                transaction, pool.Id, hash, UseBy(client, call), call.Cancelled),
            call.Cancelled);
    }

    /// <summary>Ends the session of a browser; returns what it was, null where it was none.</summary>
    public async Task<BrowserSession?> End(UserPoolDomain domain, string? id, Call call)
    {
        if (HashOf(id) is not { } hash) return null;
        var session = await sessions.Find(domain.PoolId, hash, call.Cancelled);
        if (session is null) return null;
        await database.Write(
            transaction => sessions.Remove(transaction, domain.PoolId, hash, call.Cancelled),
            call.Cancelled);
        return session;
    }

    private static BrowserUse UseBy(AppClient client, Call call) =>
        new(client.Id, DeviceName.OfSession(call.UserAgent), call.Source, call.Now);

    /// <summary>Null for what was never a value of this kind, which is not looked up.</summary>
    private static string? HashOf(string? id) =>
        id is { Length: 43 } && Base64Url.IsValid(id)
            ? Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(id)))
            : null;
}

/// <summary>A browser in which somebody is signed in, who may stay so.</summary>
public sealed record OpenedBrowser(BrowserSession Session, User User)
{
    public BrowserSignIn SignIn => Session.SignIn;

    /// <summary>How the person has signed in, as app clients list it.</summary>
    public string By => SignIn.Provider ?? PoolOffer.OwnUsers;

    /// <summary>Is the sign-in one that the client takes, recent enough for it and its request, and of whom
    /// they mean?</summary>
    public bool Satisfies(AppClient client, AuthorizationRequest request, DateTimeOffset now)
    {
        var age = now - SignIn.SignedInAt;
        return client.Takes(By)
            && age < client.SilentSignIn
            && (request.AskedLevels is not [var wanted, ..] || AcrRules.LevelOf(SignIn.Methods) >= wanted)
            && (request.MaxAge is not { } most || age <= most)
            && (request.HintedSub is null || request.HintedSub == SignIn.Sub);
    }
}
