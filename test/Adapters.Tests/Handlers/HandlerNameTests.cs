using Lifeguard.Adapters.Handlers;
using Lifeguard.Server.Settings;

namespace Lifeguard.Adapters.Tests.Handlers;

public sealed class HandlerNameTests
{
    [Theory]
    [InlineData("./pre-sign-up.mjs", "./pre-sign-up.mjs", null)]
    [InlineData("handler.cjs", "handler.cjs", null)]
    [InlineData("/srv/a b/app.py#confirm", "/srv/a b/app.py", "confirm")]
    [InlineData("app.js#a.b", "app.js", "a.b")]
    [InlineData("app.lambda_handler", "app", "lambda_handler")]
    [InlineData("src/pre.d/app.nested.handler", "src/pre.d/app", "nested.handler")]
    public void Names_a_file_and_what_to_call(string text, string path, string? export) =>
        Assert.Equal(new HandlerName(path, export), HandlerName.Parse(text));

    [Theory]
    [InlineData("app")]
    [InlineData(".py")]
    [InlineData("app.mjs#")]
    [InlineData("app.mjs#1")]
    [InlineData("app.mjs#a-b")]
    [InlineData("app.txt#handler")]
    [InlineData("ftp://host/app.mjs")]
    [InlineData("not a name. at all")]
    [InlineData("")]
    public void Is_nothing_else(string text) => Assert.Null(HandlerName.Parse(text));

    [Theory]
    [InlineData("https://h/x?y=1", "Webhook")]
    [InlineData("./app.mjs", "Handler { Name = HandlerName { Path = ./app.mjs, Export =  } }")]
    [InlineData("lambda:http://127.0.0.1:9000",
        "Lambda { Invocations = http://127.0.0.1:9000/2015-03-31/functions/function/invocations }")]
    [InlineData("lambda:http://h:3001/2015-03-31/functions/other/invocations",
        "Lambda { Invocations = http://h:3001/2015-03-31/functions/other/invocations }")]
    public void A_target_says_by_its_form_which_way_a_function_is_called(string text, string target) =>
        Assert.StartsWith(target, TriggerTarget.Parse(text)!.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("command:node f.js", "node|f.js")]
    [InlineData("command:  sh -c 'echo \"a b\"; x' ", "sh|-c|echo \"a b\"; x")]
    [InlineData("command:a\"b c\"d ''", "ab cd|")]
    public void A_command_is_split_at_blanks_outside_of_quotes(string text, string words) =>
        Assert.Equal(
            words.Split('|'), Assert.IsType<TriggerTarget.Command>(TriggerTarget.Parse(text)).Words);

    [Fact]
    public void Processes_know_where_this_server_is_and_nothing_of_its_settings()
    {
        var variables = new HandlerEnvironment("eu-west-1", () => "http://own", new Dictionary<string, string>
        {
            ["PATH"] = "/bin",
            ["LIFEGUARD__MasterKey"] = "secret",
            ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
            ["AWS_ENDPOINT_URL_KMS"] = "http://chosen",
        }).For("f");

        Assert.Equal("/bin", variables["PATH"]);
        Assert.Equal("http://own", variables["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"]);
        Assert.Equal("http://chosen", variables["AWS_ENDPOINT_URL_KMS"]);
        Assert.Equal("f", variables["AWS_LAMBDA_FUNCTION_NAME"]);
        Assert.Equal("dev", variables["AWS_ACCESS_KEY_ID"]);
        Assert.DoesNotContain("LIFEGUARD__MasterKey", variables.Keys);
        Assert.DoesNotContain("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", variables.Keys);
    }

    [Theory]
    [InlineData("AWS_PROFILE")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    public void Credentials_that_somebody_has_chosen_are_kept(string variable)
    {
        var variables = new HandlerEnvironment(
            "eu-west-1", () => "", new Dictionary<string, string> { [variable] = "chosen" }).For("f");

        Assert.Equal("chosen", variables[variable]);
        Assert.DoesNotContain("AWS_SECRET_ACCESS_KEY", variables.Keys);
    }
}
