using System.Text.Json;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>The AWS CLI, pointed at the program and at nobody's own configuration.</summary>
internal sealed class AwsCli(Uri address, SigV4Credentials? credentials)
{
    private const string Nowhere = "/dev/null";
    private readonly string program = Available.Aws;

    /// <summary>Any credentials, which `dev` takes.</summary>
    public static SigV4Credentials Anybody { get; } = new("anybody", "anything");

    /// <summary>The same CLI with other credentials; null signs nothing.</summary>
    public AwsCli As(SigV4Credentials? others) => new(address, others);

    /// <summary>A command of <c>aws cognito-idp</c> that must succeed; its answer.</summary>
    public async Task<JsonElement> Run(string command, params string[] arguments)
    {
        var finished = await Start(command, arguments);
        Assert.True(finished.ExitCode == 0, $"aws cognito-idp {command}: {finished.Printed}");
        return Json.Parse(finished.Printed.Trim() is { Length: > 0 } text ? text : "{}");
    }

    /// <summary>A command that must be refused with this error; the sentence that the CLI prints after
    /// it.</summary>
    public async Task<string> Refused(string error, string command, params string[] arguments)
    {
        var finished = await Start(command, arguments);
        var start = $"An error occurred ({error}) when calling the ";
        var at = finished.Printed.IndexOf(start, StringComparison.Ordinal);
        Assert.True(
            finished.ExitCode != 0 && at >= 0, $"{command}: expected {error}, got: {finished.Printed}");
        const string end = "operation: ";
        var words = finished.Printed.IndexOf(end, at, StringComparison.Ordinal) + end.Length;
        return finished.Printed[words..].Trim();
    }

    private Task<Finished> Start(string command, string[] arguments)
    {
        string[] unsigned = credentials is null ? ["--no-sign-request"] : [];
        return Finished.Run(
            program,
            [
                "--endpoint-url", address.GetLeftPart(UriPartial.Authority), "--region", "us-east-1",
                "--output", "json", .. unsigned, "cognito-idp", command, .. arguments,
            ],
            Environment());
    }

    private Dictionary<string, string?> Environment() => new()
    {
        ["AWS_ACCESS_KEY_ID"] = credentials?.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = credentials?.SecretAccessKey,
        ["AWS_SESSION_TOKEN"] = credentials?.SessionToken,
        ["AWS_CONFIG_FILE"] = Nowhere,
        ["AWS_SHARED_CREDENTIALS_FILE"] = Nowhere,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_MAX_ATTEMPTS"] = "1",
        ["AWS_PAGER"] = "",
        ["AWS_PROFILE"] = null,
        ["AWS_ENDPOINT_URL"] = null,
        ["NO_PROXY"] = "127.0.0.1,localhost",
    };
}
