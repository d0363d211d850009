using System.Collections;

namespace Lifeguard.Adapters.Handlers;

/// <summary>The variables that functions on this machine see: those of the program, and what Lambda
/// adds.</summary>
/// <param name="region">The deployment's.</param>
/// <param name="ownAddress">Of this server; asked for when a process starts, since it is not known
/// before the server listens.</param>
/// <param name="own">Of the program itself.</param>
public sealed class HandlerEnvironment(
    string region, Func<string> ownAddress, IReadOnlyDictionary<string, string> own)
{
    /// <summary>How the names of variables begin that are for the server alone: its settings, and what it
    /// tells its own runtime.</summary>
    private static readonly string[] OfTheServer = ["LIFEGUARD__", "DOTNET_SYSTEM_NET_SOCKETS_"];

    /// <summary>Any of these means that the developer has chosen credentials.</summary>
    private static readonly string[] Credentials =
    [
        "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    /// <summary>With the variables that the program was started with.</summary>
    public static HandlerEnvironment OfThisProgram(string region, Func<string> ownAddress) => new(
        region,
        ownAddress,
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""));

    /// <summary>What a process for this function is given, and nothing else.</summary>
    public IReadOnlyDictionary<string, string> For(string function)
    {
        // The server's settings, secrets among them, are nothing that functions need.
        var variables = own
            .Where(pair => !OfTheServer.Any(
                prefix => pair.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        variables["AWS_REGION"] = region;
        variables["AWS_DEFAULT_REGION"] = region;
        variables["AWS_LAMBDA_FUNCTION_NAME"] = function;
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "128";
        variables.TryAdd("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", ownAddress());
        variables.TryAdd("AWS_ENDPOINT_URL_KMS", ownAddress());
        if (Credentials.Any(variables.ContainsKey)) return variables;
        variables["AWS_ACCESS_KEY_ID"] = "dev";
        variables["AWS_SECRET_ACCESS_KEY"] = "dev";
        return variables;
    }
}
