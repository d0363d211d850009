using Lifeguard.Adapters;
using Lifeguard.Domain.Risk;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

public sealed class PasswordRangeTests : IDisposable
{
    // SHA-1 of "password": 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8.
    private const string Hash = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8";
    private const string Padding = "0018A45C4D1DEF81644B54AB7F969B88D65:0";

    private static readonly PasswordRange Password = PasswordRange.Of("password");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lifeguard-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("/range", "/range/5BAA6")]
    [InlineData("/range/", "/range/5BAA6")]
    [InlineData("", "/5BAA6")]
    [InlineData("/range?key=1", "/range/5BAA6?key=1")]
    public async Task An_endpoint_is_asked_for_the_prefix_with_padding(string path, string target)
    {
        await using var stub = await HttpStub.Start(200, $"{Padding}\r\n{Hash[5..]}:12\r\n");

        var range = await Endpoint(new(stub.Address, path)).Read(Password.Prefix, Cancelled);

        Assert.True(Password.IsIn(range));
        var request = Assert.Single(stub.Requests);
        Assert.Equal(("GET", target, ""), (request.Method, request.Target, request.Body));
        Assert.Equal("true", request.Headers["Add-Padding"]);
        Assert.Equal("Lifeguard", request.Headers["User-Agent"]);
    }

    [Theory]
    [InlineData(200, "", false)]
    [InlineData(200, Padding, false)]
    [InlineData(200, "1E4C9B93F3F0682250B6CF8331B7EE68FD8:0", false)]
    [InlineData(200, "<html>1E4C9B93F3F0682250B6CF8331B7EE68FD8</html>", false)]
    [InlineData(404, "1E4C9B93F3F0682250B6CF8331B7EE68FD8:3", false)]
    [InlineData(200, "rubbish\n1E4C9B93F3F0682250B6CF8331B7EE68FD8:3", true)]
    public async Task Padding_and_bad_lines_say_nothing(int status, string body, bool isIn)
    {
        await using var stub = await HttpStub.Start(status, body);

        var range = await Endpoint(stub.Address).Read(Password.Prefix, Cancelled);

        Assert.Equal(isIn, Password.IsIn(range));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(301)]
    public async Task An_endpoint_that_does_not_answer_well_has_failed(int status)
    {
        await using var stub = await HttpStub.Start(status, "", ("Location", "/elsewhere"));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => Endpoint(stub.Address).Read(Password.Prefix, Cancelled));

        Assert.DoesNotContain(Password.Prefix, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_is_not_waited_for_any_longer_than_the_caller_likes()
    {
        using var patience = new CancellationTokenSource();
        await using var stub = await HttpStub.Start(context =>
        {
            patience.Cancel();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Endpoint(stub.Address).Read(Password.Prefix, patience.Token));
    }

    [Theory]
    [InlineData("5BAA6")]
    [InlineData("5BAA6.txt")]
    public async Task A_folder_has_a_file_for_each_prefix(string name)
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, name), $"{Padding}\r\n{Hash[5..]}:12\r\n", Cancelled);
        var files = new PasswordRangeFiles(folder.FullName);

        Assert.True(Password.IsIn(await files.Read(Password.Prefix, Cancelled)));
        Assert.Equal("", await files.Read("00000", Cancelled));
    }

    [Theory]
    [InlineData("\n", ":3")]
    [InlineData("\r\n", ":3")]
    [InlineData("\n", "")]
    public async Task A_file_has_all_hashes_in_order(string end, string count)
    {
        var file = Path.Combine(folder.FullName, "all.txt");
        // Every prefix from 00000 in steps, and several hashes of each.
        var hashes = Enumerable.Range(0, 20_000)
            .Select(i => $"{i / 4 * 200:X5}{i % 4}{new string('A', 34)}")
            .Append(Hash)
            .Order(StringComparer.Ordinal)
            .ToList();
        await File.WriteAllTextAsync(
            file, string.Concat(hashes.Select(hash => hash + count + end)), Cancelled);
        var files = new PasswordRangeFiles(file);

        Assert.True(Password.IsIn(await files.Read(Password.Prefix, Cancelled)));
        foreach (var prefix in (string[])["00000", "000C8", "F40A0", $"{4999 * 200:X5}"])
        {
            var expected = hashes.Where(hash => hash.StartsWith(prefix, StringComparison.Ordinal)).ToList();
            var found = await files.Read(prefix, Cancelled);
            Assert.Equal(
                expected.Select(hash => hash[5..] + count),
                found.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        Assert.Equal("", await files.Read("00001", Cancelled));
        Assert.Equal("", await files.Read("FFFFF", Cancelled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("rubbish")]
    [InlineData("5BAA6\n5BAA61E4C9\n")]
    public async Task A_file_with_anything_else_says_nothing(string content)
    {
        var file = Path.Combine(folder.FullName, "all.txt");
        await File.WriteAllTextAsync(file, content, Cancelled);

        Assert.Equal("", await new PasswordRangeFiles(file).Read(Password.Prefix, Cancelled));
    }

    [Fact]
    public async Task A_file_without_line_breaks_is_not_read_into_memory()
    {
        var file = Path.Combine(folder.FullName, "all.txt");
        await File.WriteAllTextAsync(file, new string('5', 1_000_000), Cancelled);

        Assert.Equal("", await new PasswordRangeFiles(file).Read(Password.Prefix, Cancelled));
    }

    [Fact]
    public async Task What_is_not_there_has_failed() => await Assert.ThrowsAnyAsync<IOException>(
        () => new PasswordRangeFiles(Path.Combine(folder.FullName, "none")).Read("00000", Cancelled));

    [Fact]
    public async Task A_table_of_places_is_read_from_a_file()
    {
        var file = Path.Combine(folder.FullName, "places.csv");
        await File.WriteAllTextAsync(file, "# Places\n192.0.2.0/24,Ísland,Reykjavík\n", Cancelled);

        Assert.Equal("Reykjavík", LocationsFile.Read(file).Find("192.0.2.9")!.City);
    }

    private static PasswordRangeEndpoint Endpoint(Uri address) =>
        new(new GuardedHttp(new FakeTimeProvider()), address);
}
