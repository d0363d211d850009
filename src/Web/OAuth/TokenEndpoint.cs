using System.Text.Json;
using Lifeguard.Operations.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.OAuth;

/// <summary><c>POST /oauth2/token</c> (RFC 6749 §3.2).</summary>
public sealed class TokenEndpoint(OAuthGate gate, TokenGrants grants)
{
    public const string Path = "/oauth2/token";

    private static readonly string[] Methods = [HttpMethods.Post];

    /// <summary>Answers whatever comes to the path.</summary>
    public async Task Handle(HttpContext context)
    {
        OAuthRequest? read = null;
        await gate.Answer(
            context,
            Methods,
            async (visit, call) => await grants.Grant(read ??= await gate.Read(context, visit), call),
            tokens => OAuthAnswer.Send(context, writer => Write(writer, tokens)));
    }

    private static void Write(Utf8JsonWriter writer, AccessTokenResponse tokens)
    {
        if (tokens.IdToken is { } id) writer.WriteString("id_token", id);
        writer.WriteString("access_token", tokens.AccessToken);
        if (tokens.RefreshToken is { } refresh) writer.WriteString("refresh_token", refresh);
        writer.WriteNumber("expires_in", tokens.ExpiresIn);
        writer.WriteString("token_type", "Bearer");
    }
}
