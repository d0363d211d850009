using System.Text.Json;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.OAuth;

/// <summary><c>GET</c> and <c>POST /oauth2/userInfo</c> (OpenID Connect Core 1.0 §5.3).</summary>
public sealed class UserInfoEndpoint(OAuthGate gate, UserInfo users, AuthorizationRules rules)
{
    public const string Path = "/oauth2/userInfo";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Answers whatever comes to the path. Texts alone, as the service does (doc), or the types of
    /// OpenID Connect (Core §5.1) where it is kept to; then the token may come by form, too.</summary>
    public async Task Handle(HttpContext context)
    {
        OAuthRequest? form = null;
        await gate.Answer(
            context,
            Methods,
            async (visit, call) =>
            {
                if (rules.IsStrict && OAuthGate.HasForm(context)) form ??= await gate.Read(context, visit);
                return await users.Of(visit.Pool, OAuthGate.HeaderOf(context), call, form?["access_token"]);
            },
            claims => OAuthAnswer.Send(context, writer =>
            {
                foreach (var claim in claims) Write(writer, claim.Name, claim.Value ?? "");
            }));
    }

    private void Write(Utf8JsonWriter writer, string name, string value)
    {
        if (rules.IsStrict) UserClaims.Write(writer, name, value, isStrict: true);
        else writer.WriteString(name, value);
    }
}
