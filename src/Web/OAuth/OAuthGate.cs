using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.AwsJson;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Lifeguard.Web.OAuth;

/// <summary>What the OAuth endpoints have in common: a domain, a method, a form within bounds, and refusals
/// in one shape.</summary>
public sealed partial class OAuthGate(
    DomainRouter domains, OAuthRunner runner, RandomSource random, TimeProvider clock, WebRules rules,
    ILogger<OAuthGate> log)
{
    private const int MaxFormBytes = 64 * 1024;

    /// <summary>Answers a request with what <paramref name="endpoint"/> comes to.</summary>
    /// <param name="methods">The methods that it takes.</param>
    /// <param name="send">Writes its outcome.</param>
    internal async Task Answer<T>(
        HttpContext context,
        IReadOnlyList<string> methods,
        Func<DomainVisit, Call, Task<T>> endpoint,
        Func<T, Task> send)
    {
        var id = random.Id();
        OAuthAnswer.Protect(context, id);
        try
        {
            if (await domains.Find(context) is not { } visit)
            {
                await JsonAnswer.Refuse(context, StatusCodes.Status404NotFound, "There is no such domain.");
                return;
            }

            if (!await IsMeant(context, methods)) return;
            var call = CallOf(context, id, visit);
            await send(await runner.Run(SubjectOf(call, visit), () => endpoint(visit, call), call));
        }
        catch (OAuthException refusal)
        {
            await OAuthAnswer.Refuse(context, refusal);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read the answer.
        }
#pragma warning disable CA1031 // The last line of defence: an unforeseen failure
        // is logged here and answered safely.
        catch (Exception failure) when (!context.Response.HasStarted)
#pragma warning restore CA1031 // See above.
        {
            LogFailure(log, failure, context.Request.Path, id);
            await OAuthAnswer.Refuse(context, new("server_error") { Status = 500 });
        }
    }

    /// <summary>The form of a request.</summary>
    /// <exception cref="OAuthException">invalid_request: it is none, is too long, or names something
    /// twice.</exception>
    internal async Task<OAuthRequest> Read(HttpContext context, DomainVisit visit)
    {
        if (!IsForm(context.Request.ContentType)) throw OAuthRefusals.InvalidRequest();
        var body = await Body(context);
        var parameters = UrlEncodedForm.Read(body.Span) ?? throw OAuthRefusals.InvalidRequest();
        return new(visit.Pool, HeaderOf(context), parameters);
    }

    /// <summary>The header <c>Authorization</c>; null for none.</summary>
    internal static string? HeaderOf(HttpContext context) =>
        context.Request.Headers.Authorization is { Count: > 0 } header ? header.ToString() : null;

    /// <summary>Does a form come with the request?</summary>
    internal static bool HasForm(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && IsForm(context.Request.ContentType);

    private static async Task<bool> IsMeant(HttpContext context, IReadOnlyList<string> methods)
    {
        var method = context.Request.Method;
        if (methods.Contains(method)) return true;
        var allowed = string.Join(", ", methods.Append(HttpMethods.Options));
        if (HttpMethods.IsOptions(method))
        {
            await AnyOrigin.Preflight(context, allowed);
            return false;
        }

        context.Response.Headers.Allow = allowed;
        await OAuthAnswer.Refuse(
            context, new("invalid_request") { Status = StatusCodes.Status405MethodNotAllowed });
        return false;
    }

    private Call CallOf(HttpContext context, string id, DomainVisit visit) => new(
        id,
        clock.GetUtcNow(),
        CallerAddress.Of(context, rules.IsBehindProxy),
        context.Request.Headers.UserAgent.ToString(),
        context.RequestAborted)
    {
        Region = CalledRegion.Of(visit.Replica),
        Replica = visit.Replica,
    };

    // Which rows a request is about shows only in its token; those of one caller are likely the same.
    private static string SubjectOf(Call call, DomainVisit visit) => $"{visit.Pool.Id}/{call.Source}";

    /// <summary>The body of a request, within bounds.</summary>
    /// <exception cref="OAuthException">invalid_request: it is too long, or broken off.</exception>
    internal async Task<ReadOnlyMemory<byte>> Body(HttpContext context)
    {
        try
        {
            var read = await RequestBody.Read(context, Math.Min(MaxFormBytes, rules.MaxBodyBytes));
            return read ?? throw Broken(context, StatusCodes.Status413PayloadTooLarge);
        }
        catch (BadHttpRequestException broken)
        {
            throw Broken(context, broken.StatusCode);
        }
    }

    /// <summary>What is left of the body is not worth reading only to keep the connection.</summary>
    private static OAuthException Broken(HttpContext context, int status)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = "close";
        return new("invalid_request") { Status = status };
    }

    private static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(UrlEncodedForm.ContentType, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(1, LogLevel.Error, "{Path} failed, request {RequestId}")]
    private static partial void LogFailure(ILogger log, Exception failure, string path, string requestId);
}
