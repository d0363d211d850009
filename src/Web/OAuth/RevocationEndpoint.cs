using Lifeguard.Operations.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.OAuth;

/// <summary><c>POST /oauth2/revoke</c> (RFC 7009).</summary>
public sealed class RevocationEndpoint(OAuthGate gate, TokenRevocation revocation)
{
    public const string Path = "/oauth2/revoke";

    private static readonly string[] Methods = [HttpMethods.Post];

    /// <summary>Answers whatever comes to the path; a success has no body.</summary>
    public async Task Handle(HttpContext context)
    {
        OAuthRequest? read = null;
        await gate.Answer(
            context,
            Methods,
            async (visit, call) =>
            {
                await revocation.Revoke(read ??= await gate.Read(context, visit), call);
                return true;
            },
            _ =>
            {
                context.Response.ContentLength = 0;
                return Task.CompletedTask;
            });
    }
}
