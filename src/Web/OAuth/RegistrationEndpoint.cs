using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Operations.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Lifeguard.Web.OAuth;

/// <summary><c>POST /oauth2/register</c> (RFC 7591 §3).</summary>
public sealed class RegistrationEndpoint(OAuthGate gate, ClientRegistration registration)
{
    public const string Path = "/oauth2/register";

    private const string Scheme = "Bearer ";

    private static readonly string[] Methods = [HttpMethods.Post];

    /// <summary>Answers whatever comes to the path.</summary>
    public async Task Handle(HttpContext context)
    {
        AppMetadata? read = null;
        await gate.Answer(
            context,
            Methods,
            (visit, call) => registration.Register(
                visit.Pool, TokenIn(context), async () => read ??= await Read(context), call),
            made => OAuthAnswer.Send(
                context, StatusCodes.Status201Created, writer => Write(writer, made.Client, made.Metadata)));
    }

    /// <summary>The token; null where nobody shows one. What is no token is none that is good.</summary>
    private static string? TokenIn(HttpContext context)
    {
        if (OAuthGate.HeaderOf(context) is not { } header) return null;
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim(' ')
            : "";
    }

    private async Task<AppMetadata> Read(HttpContext context)
    {
        var isJson = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && type.MediaType.Equals(JsonAnswer.ContentType, StringComparison.OrdinalIgnoreCase);
        if (!isJson) throw OAuthRefusals.InvalidRequest();
        return MetadataJson.Read(await gate.Body(context));
    }

    private static void Write(Utf8JsonWriter writer, AppClient client, AppMetadata metadata)
    {
        writer.WriteString("client_id", client.Id);
        writer.WriteNumber("client_id_issued_at", client.CreatedAt.ToUnixTimeSeconds());
        if (client.IsConfidential)
        {
            writer.WriteString("client_secret", client.Secrets[0].Value);
            // Never (RFC 7591 §3.2.1).
            writer.WriteNumber("client_secret_expires_at", 0);
        }

        writer.WriteString("client_name", client.Settings.ClientName);
        List("redirect_uris", metadata.RedirectUris);
        List("grant_types", metadata.GrantTypes!);
        List("response_types", metadata.ResponseTypes!);
        writer.WriteString("token_endpoint_auth_method", metadata.AuthenticationMethod);
        writer.WriteString("scope", metadata.Scope);

        void List(string name, IReadOnlyList<string> values)
        {
            writer.WriteStartArray(name);
            foreach (var value in values) writer.WriteStringValue(value);
            writer.WriteEndArray();
        }
    }
}
