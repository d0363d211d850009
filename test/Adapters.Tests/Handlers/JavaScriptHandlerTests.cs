namespace Lifeguard.Adapters.Tests.Handlers;

/// <summary>Handlers as AWS's documentation shows them, and as it does not.</summary>
public sealed class JavaScriptHandlerTests
{
    private const string Sent = """{"a":"é€😀","response":{}}""";
    private const string Confirmed = """{"a":"é€😀","response":{"autoConfirmUser":true}}""";

    [Theory]
    [InlineData("app.mjs", "export const handler = async event => { CONFIRM; return event; };")]
    [InlineData("app.mjs", "export async function handler(event, context) { CONFIRM; return event; }")]
    [InlineData("app.mjs", "export const handler = (event, context, callback) => "
        + "{ CONFIRM; callback(null, event); };")]
    [InlineData("app.mjs", "const handler = async event => { CONFIRM; return event; }; export { handler };")]
    [InlineData("app.mjs#other", "export const other = async event => { CONFIRM; return event; };")]
    [InlineData("app.mjs#deep.er", "export const deep = { er: async event => { CONFIRM; return event; } };")]
    [InlineData("app.cjs", "exports.handler = async event => { CONFIRM; return event; };")]
    [InlineData("app.cjs", "exports.handler = (event, context, callback) => "
        + "{ CONFIRM; callback(null, event); };")]
    [InlineData("app.js", "exports.handler = function (event, context) "
        + "{ CONFIRM; context.done(null, event); };")]
    [InlineData("app.js", "module.exports = { handler(event, context) "
        + "{ CONFIRM; context.succeed(event); } };")]
    [InlineData("app.js", "module.exports.handler = (event, context, callback) => "
        + "setTimeout(() => { CONFIRM; callback(undefined, event); }, 1);")]
    public async Task Answers_in_every_way_that_Lambda_knows(string name, string source)
    {
        const string Confirm = "event.response.autoConfirmUser = true";
        using var handler = new ScratchHandler(source.Replace("CONFIRM", Confirm), name);

        Assert.Equal(Confirmed, await handler.Invoke(Sent));
        Assert.Equal(Confirmed, await handler.Invoke(Sent));
    }

    [Theory]
    [InlineData("async () => { throw new Error('boom'); }", "boom")]
    [InlineData("async () => { throw 'a text'; }", "a text")]
    [InlineData("async () => { throw { toString: () => 'an object' }; }", "an object")]
    [InlineData("() => { throw new TypeError('at once'); }", "at once")]
    [InlineData("() => Promise.reject(new Error('rejected'))", "rejected")]
    [InlineData("() => Promise.reject()", "handled")]
    [InlineData("(event, context, callback) => callback('a text')", "a text")]
    [InlineData("(event, context, callback) => callback(new Error('an error'), event)", "an error")]
    [InlineData("(event, context) => context.done('a text', event)", "a text")]
    [InlineData("(event, context) => context.fail(new Error('failed'))", "failed")]
    [InlineData("(event, context) => context.fail()", "handled")]
    [InlineData("() => { setTimeout(() => { throw new Error('late'); }, 1); }", "late")]
    [InlineData("() => { Promise.reject(new Error('lost')); }", "Error: lost")]
    [InlineData("async () => ({ n: 1n })", "Unable to stringify response body")]
    [InlineData("'no function'", "app.handler is not a function")]
    [InlineData("undefined", "app.handler is undefined or not exported")]
    [InlineData("async () => new Promise(() => {})",
        "The handler's promise was never settled, and nothing is left that could settle it.")]
    public async Task Fails_in_the_words_of_Lambda(string function, string message)
    {
        using var handler = new ScratchHandler($"exports.handler = {function};", "app.cjs");

        Assert.Equal("failed: " + message, await handler.Invoke());
        Assert.Equal("failed: " + message, await handler.Invoke());
    }

    [Theory]
    [InlineData("export const handler = async () => {", "SyntaxError: ")]
    [InlineData("import 'made-up'; export const handler = 1;", "Cannot find package 'made-up'")]
    [InlineData("throw new Error('at loading');", "at loading")]
    [InlineData("export const handler = () => process.exit(3);", "RequestId: ")]
    public async Task Fails_where_it_cannot_run(string source, string beginning)
    {
        using var handler = new ScratchHandler(source, "app.mjs");

        Assert.StartsWith("failed: " + beginning, await handler.Invoke(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export const handler = async () => { throw new Error('boom'); };", "boom")]
    [InlineData("export const handler = (event, context, callback) => callback(new Error('boom'));", "boom")]
    [InlineData("throw new Error('at loading');", "at loading")]
    public async Task Prints_what_was_thrown(string source, string thrown)
    {
        using var handler = new ScratchHandler(source, "app.mjs");

        await handler.Invoke();

        Assert.EndsWith("Error: " + thrown, await handler.Printed.First, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("async () => {}")]
    [InlineData("async () => null")]
    [InlineData("() => 'not waited for'")]
    [InlineData("(event, context, callback) => callback()")]
    [InlineData("() => new Promise(() => {})")]
    [InlineData("(event, context, callback) => { callback(null, null); context.fail('too late'); }")]
    [InlineData("(event, context, callback) => { context.done(); callback('too late'); }")]
    public async Task Returns_null_where_nothing_comes_of_it(string function)
    {
        using var handler = new ScratchHandler($"export const handler = {function};", "app.mjs");

        Assert.Equal("null", await handler.Invoke());
        Assert.Equal("null", await handler.Invoke());
    }

    [Fact]
    public async Task Waits_for_what_is_under_way_when_it_is_called_back_unless_told_otherwise()
    {
        using var handler = new ScratchHandler(
            """
            let done = false;
            export const handler = (event, context, callback) => {
              context.callbackWaitsForEmptyEventLoop = event.waits;
              setTimeout(() => console.log('later work'), 1);
              callback(null, 'called back');
            };
            """,
            "app.mjs");

        await handler.Invoke("""{"waits":true}""");
        await handler.Printed.Line("made-up: later work");

        Assert.Equal("\"called back\"", await handler.Invoke("""{"waits":false}"""));
    }

    [Fact]
    public async Task Knows_its_invocation_and_finds_this_server()
    {
        using var handler = new ScratchHandler(
            """
            export const handler = async (event, context) => [
              context.functionName, context.invokedFunctionArn, context.functionVersion,
              context.awsRequestId.length, context.getRemainingTimeInMillis() > 4000,
              process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.AWS_REGION,
              process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER, process.env._HANDLER,
              process.env.LAMBDA_TASK_ROOT === process.cwd(),
            ];
            """,
            "app.mjs");

        Assert.Equal(
            "[\"made-up\",\"arn:aws:lambda:eu-west-1:111122223333:function:made-up\",\"$LATEST\",36,true,"
            + "\"made-up\",\"eu-west-1\",\"http://127.0.0.1:9\",\"app.handler\",true]",
            await handler.Invoke());
    }

    [Fact]
    public async Task What_is_printed_goes_to_the_log_and_is_never_an_answer()
    {
        using var handler = new ScratchHandler(
            """
            import { writeSync } from 'node:fs';
            import { execSync } from 'node:child_process';
            export const handler = async () => {
              console.log('{"result":"printed"}');
              console.error('an error');
              writeSync(1, '{"result":"written"}\n');
              execSync('echo from a child', { stdio: 'inherit' });
              return 'returned';
            };
            """,
            "app.mjs");

        Assert.Equal("\"returned\"", await handler.Invoke());

        await handler.Printed.Line("made-up: {\"result\":\"printed\"}");
        await handler.Printed.Line("made-up: an error");
        await handler.Printed.Line("made-up: {\"result\":\"written\"}");
        await handler.Printed.Line("made-up: from a child");
    }

    [Fact]
    public async Task An_answer_beyond_six_MiB_is_its_failure()
    {
        using var handler = new ScratchHandler(
            "export const handler = async event => 'x'.repeat(event.length);", "app.mjs");

        Assert.StartsWith(
            "failed: Response payload size exceeded", await handler.Invoke("""{"length":7000000}"""),
            StringComparison.Ordinal);
        Assert.Equal("\"xx\"", await handler.Invoke("""{"length":2}"""));
        Assert.Equal(6_000_002, (await handler.Invoke("""{"length":6000000}""")).Length);
    }
}
