using Lifeguard.Operations.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.OAuth;

/// <summary><c>GET</c> and <c>POST /oauth2/userInfo</c> (OpenID Connect Core 1.0 §5.3).</summary>
public sealed class UserInfoEndpoint(OAuthGate gate, UserInfo users)
{
    public const string Path = "/oauth2/userInfo";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Answers whatever comes to the path.</summary>
    public Task Handle(HttpContext context) => gate.Answer(
        context,
        Methods,
        (visit, call) => users.Of(visit.Pool, OAuthGate.HeaderOf(context), call),
        claims => OAuthAnswer.Send(context, writer =>
        {
            foreach (var claim in claims) writer.WriteString(claim.Name, claim.Value);
        }));
}
