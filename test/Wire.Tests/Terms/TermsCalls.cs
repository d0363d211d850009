using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Terms;

/// <summary>Calls as tests of terms make them.</summary>
internal static class TermsCalls
{
    public const string Nowhere = "us-east-1_000000000";

    /// <summary>Of the right form, and nobody's.</summary>
    public const string NoTerms = "0f9d8c7b-6a54-4321-8fed-cba987654321";

    public const string Use = "terms-of-use";

    public const string Privacy = "privacy-policy";

    public static Dictionary<string, string> Links(string address = "https://planets.example/terms") =>
        new() { ["cognito:default"] = address };

    public static object Request(TestPool pool, string name = Use, object? more = null) => Calls.Merge(
        new
        {
            UserPoolId = pool.Id,
            pool.ClientId,
            TermsName = name,
            TermsSource = "LINK",
            Enforcement = "NONE",
            Links = Links(),
        },
        more);

    public static Task<Answer> Create(
        World world, TestPool pool, string name = Use, object? more = null) =>
        world.Call("CreateTerms", Request(pool, name, more));

    /// <summary>The id of new terms.</summary>
    public static async Task<string> Created(
        World world, TestPool pool, string name = Use, object? more = null) =>
        IdOf(await world.Must("CreateTerms", Request(pool, name, more)));

    /// <summary>A call about terms.</summary>
    public static Task<Answer> On(
        World world, string operation, TestPool pool, string id, object? more = null) => world.Call(
        operation, Calls.Merge(new { UserPoolId = pool.Id, TermsId = id }, more));

    public static string IdOf(Answer answer) => answer["Terms"]!["TermsId"]!.GetValue<string>();
}
