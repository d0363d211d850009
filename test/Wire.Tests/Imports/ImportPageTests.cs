using System.Text.RegularExpressions;
using Lifeguard.Contract;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

/// <summary>docs/imports.md shows only what works.</summary>
public sealed partial class ImportPageTests
{
    private static readonly string Page =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Imports", "imports.md"));

    public static TheoryData<string> Algorithms => [.. PasswordHashingAlgorithmType.All];

    [Theory, MemberData(nameof(Algorithms))]
    public async Task The_examples_are_imported_and_their_users_sign_in(string algorithm)
    {
        var lines = Examples().Single(each => each.Algorithm == algorithm).Lines;
        var users = lines.Skip(1).Select(line => line.Split(',')[0]).ToList();
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);

        var job = await world.Started(pool, Importing.File(lines), algorithm);
        await world.RunImports();

        Assert.Equal(
            $"Succeeded {users.Count}/0/0 Import Job Completed Successfully.", await job.Summary());
        Assert.NotEmpty(users);
        foreach (var user in users)
        {
            Assert.False((await pool.SignIn(user, "Example-1235")).IsSuccess);
            Assert.True((await pool.SignIn(user, "Example-1234")).IsSuccess, user);
        }
    }

    private static IEnumerable<(string Algorithm, string[] Lines)> Examples() =>
        from Match example in Example().Matches(Page)
        select (example.Groups["algorithm"].Value, example.Groups["rows"].Value.TrimEnd().Split('\n'));

    [GeneratedRegex(
        "^### (?<algorithm>[A-Z0-9_]+)$[^#]*?^```csv$\\n(?<rows>[^`]+)^```$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
