namespace Lifeguard.Adapters.Tests.Handlers;

/// <summary>The same in Python.</summary>
public sealed class PythonHandlerTests
{
    [Theory]
    [InlineData("app.py", "lambda_handler")]
    [InlineData("pre-sign-up.py", "lambda_handler")]
    [InlineData("json.py#handler", "handler")]
    public async Task Answers_with_what_the_handler_returns(string name, string function)
    {
        using var handler = new ScratchHandler(
            $"""
            def {function}(event, context):
                event["response"]["autoConfirmUser"] = True
                return event
            """,
            name);

        Assert.Equal(
            """{"a": "\u00e9", "response": {"autoConfirmUser": true}}""",
            await handler.Invoke("""{"a":"é","response":{}}"""));
    }

    [Theory]
    [InlineData("raise Exception('boom')", "boom")]
    [InlineData("raise ValueError('one', 2)", "('one', 2)")]
    [InlineData("return {1}", "Unable to marshal response: Object of type set is not JSON serializable")]
    [InlineData("import made_up_module", "No module named 'made_up_module'")]
    public async Task Fails_in_the_words_of_Lambda(string body, string message)
    {
        using var handler = new ScratchHandler($"def lambda_handler(event, context):\n    {body}", "app.py");

        Assert.Equal("failed: " + message, await handler.Invoke());
        Assert.Equal("failed: " + message, await handler.Invoke());
    }

    [Theory]
    [InlineData("import made_up_module", "Unable to import module 'app': No module named 'made_up_module'")]
    [InlineData("def broken(", "Syntax error in module 'app': ")]
    [InlineData("other = 1", "Handler 'lambda_handler' missing on module 'app'")]
    [InlineData("raise Exception('at loading')", "at loading")]
    [InlineData("def lambda_handler(event, context): raise SystemExit(3)", "RequestId: ")]
    public async Task Fails_where_it_cannot_run(string source, string beginning)
    {
        using var handler = new ScratchHandler(source, "app.py");

        Assert.StartsWith("failed: " + beginning, await handler.Invoke(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Returns_null_where_nothing_comes_of_it()
    {
        using var handler = new ScratchHandler("def lambda_handler(event, context): pass", "app.py");

        Assert.Equal("null", await handler.Invoke());
    }

    [Fact]
    public async Task Hands_on_what_is_JSON_for_Python_alone()
    {
        using var handler = new ScratchHandler(
            "def lambda_handler(event, context): return float('nan')", "app.py");

        Assert.Contains("NaN", await handler.Invoke(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Knows_its_invocation_and_finds_modules_beside_it()
    {
        using var handler = new ScratchHandler(
            """
            import os
            from beside import word

            def lambda_handler(event, context):
                return [word, context.function_name, context.invoked_function_arn,
                        len(context.aws_request_id), context.get_remaining_time_in_millis() > 4000,
                        os.environ["AWS_LAMBDA_FUNCTION_NAME"]]
            """,
            "app.py");
        await File.WriteAllTextAsync(
            Path.Combine(handler.Folder, "beside.py"), "word = 'beside'",
            TestContext.Current.CancellationToken);

        Assert.Equal(
            "[\"beside\", \"made-up\", \"arn:aws:lambda:eu-west-1:111122223333:function:made-up\", "
            + "36, true, \"made-up\"]",
            await handler.Invoke());
    }

    [Fact]
    public async Task What_is_printed_and_logged_goes_to_the_log_and_is_never_an_answer()
    {
        using var handler = new ScratchHandler(
            """
            import logging, os
            logger = logging.getLogger()
            logger.setLevel("INFO")

            def lambda_handler(event, context):
                print('{"result": "printed"}')
                logger.info("logged")
                os.write(1, b'{"result": "written"}\n')
                return "returned"
            """,
            "app.py");

        Assert.Equal("\"returned\"", await handler.Invoke());

        await handler.Printed.Line("made-up: {\"result\": \"printed\"}");
        await handler.Printed.Line("made-up: [INFO] root logged");
        await handler.Printed.Line("made-up: {\"result\": \"written\"}");
    }
}
