using System.Buffers.Binary;
using System.Text;
using Lifeguard.Protocol.Transfer;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Storage.Tests.Transfer;

/// <summary>What is refused, each with one line, and that nothing is written then.</summary>
public sealed class FileTests : IAsyncLifetime
{
    private const string NoFile = "This is no file of: lifeguard pool export";
    private const string EndsEarly = "The file ends early: it was cut off, or its copying has not finished.";
    private const string WrongPassphrase =
        "The passphrase is not that of the file, or the head of the file has been altered.";

    private static readonly int HeadEnd = 32;

    private Moving source = null!;
    private Moving target = null!;
    private byte[] file = [];
    private string poolId = "";

    public async ValueTask InitializeAsync()
    {
        source = await Moving.Open(DatabaseKind.Memory);
        target = await Moving.Open(DatabaseKind.Memory);
        // Several chunks.
        poolId = (await source.FullPool(users: 1500)).Id;
        file = await source.File(poolId);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await target.RowCount(poolId));
        await source.DisposeAsync();
        await target.DisposeAsync();
    }

    [Fact]
    public async Task A_wrong_passphrase()
    {
        var refusal = await Assert.ThrowsAsync<TransferException>(
            () => target.Take(new MemoryStream(file), Moving.Passphrase + " "));

        Assert.Equal(WrongPassphrase, refusal.Message);
    }

    [Fact]
    public async Task A_change_anywhere()
    {
        // Every byte of the head, some of each chunk.
        var (start, chunks) = Parts(file);
        Assert.InRange(chunks.Count, 4, 100);
        var places = Enumerable.Range(0, start.Length)
            .Concat(Enumerable.Range(start.Length, file.Length - start.Length).Where(at => at % 997 < 7));
        foreach (var place in places)
        {
            foreach (var bit in (byte[])[1, 128])
            {
                var altered = (byte[])file.Clone();
                altered[place] ^= bit;
                await Assert.ThrowsAsync<TransferException>(() => target.Take(altered));
            }
        }
    }

    [Fact]
    public async Task An_end_that_is_missing()
    {
        var (start, chunks) = Parts(file);
        for (var kept = 0; kept < chunks.Count; kept++)
        {
            byte[] cut = [.. start, .. chunks.Take(kept).SelectMany(chunk => chunk)];
            await RoundTripTests.MustRefuse(target, cut, EndsEarly);
            await RoundTripTests.MustRefuse(target, [.. cut, .. chunks[kept][..3]], EndsEarly);
            await RoundTripTests.MustRefuse(target, [.. cut, .. chunks[kept][..^1]], EndsEarly);
        }
    }

    [Fact]
    public async Task Parts_that_were_exchanged_left_out_or_put_in()
    {
        var (start, chunks) = Parts(file);
        List<byte[]> exchanged = [chunks[1], chunks[0], .. chunks.Skip(2)];
        List<byte[]> leftOut = [chunks[0], .. chunks.Skip(2)];
        List<byte[]> putIn = [chunks[0], chunks[0], .. chunks.Skip(1)];
        const string words = "of the file does not open: the file has been altered, or parts were exchanged.";

        await RoundTripTests.MustRefuse(target, Together(exchanged), $"Part 1 {words}");
        await RoundTripTests.MustRefuse(target, Together(leftOut), $"Part 2 {words}");
        await RoundTripTests.MustRefuse(target, Together(putIn), $"Part 2 {words}");

        byte[] Together(IEnumerable<byte[]> parts) => [.. start, .. parts.SelectMany(part => part)];
    }

    [Fact]
    public async Task An_end_that_is_not_the_end()
    {
        var (start, chunks) = Parts(file);
        // A part that is called the last one, and a last one that is not called so.
        byte[] early = [.. start, 1, .. chunks[0][1..]];
        byte[] late = [.. start, .. chunks.SkipLast(1).SelectMany(chunk => chunk), 0, .. chunks[^1][1..]];

        await Assert.ThrowsAsync<TransferException>(() => target.Take(early));
        await Assert.ThrowsAsync<TransferException>(() => target.Take(late));
        await RoundTripTests.MustRefuse(
            target, [.. file, 0], "Something has been added behind the end of the file.");
    }

    [Fact]
    public async Task Parts_of_another_file_of_the_same_pool_and_passphrase()
    {
        var (start, chunks) = Parts(file);
        var (_, others) = Parts(await source.File(poolId));

        await Assert.ThrowsAsync<TransferException>(
            () => target.Take([.. start, .. others[0], .. chunks.Skip(1).SelectMany(chunk => chunk)]));
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2",
        "The file has format 2; this version of Lifeguard reads formats up to 1.")]
    [InlineData("\"version\":1", "\"version\":0", NoFile)]
    [InlineData("\"version\":1", "\"version\":\"x\"", NoFile)]
    [InlineData("lifeguard-pool", "lifeguard-poop", NoFile)]
    [InlineData("passphrase", "nothing", NoFile)]
    [InlineData("\"memoryKiB\":8", "\"memoryKiB\":2000000", NoFile)]
    [InlineData("\"iterations\":1", "\"iterations\":2000000000", NoFile)]
    [InlineData("\"iterations\":1", "\"iterations\":0", NoFile)]
    [InlineData("\"salt\":\"", "\"salt\":\"AAAA", NoFile)]
    [InlineData("eu-west-1_Moves0001", "eu-west-1_../../x", NoFile)]
    [InlineData("eu-west-1_Moves0001", "eu-west-1", NoFile)]
    [InlineData("eu-west-1_Moves0001", "eu-west-1_Other0001", WrongPassphrase)]
    [InlineData("{", "{{", NoFile)]
    [InlineData("{", "[", NoFile)]
    public async Task A_head_with(string before, string after, string words)
    {
        var end = file.AsSpan().IndexOf((byte)'\n');
        var line = Encoding.ASCII.GetString(file, 0, end);
        Assert.Contains(before, line, StringComparison.Ordinal);
        var first = line.IndexOf(before, StringComparison.Ordinal);
        var head = line[..first] + after + line[(first + before.Length)..];

        await RoundTripTests.MustRefuse(target, [.. Encoding.ASCII.GetBytes(head), .. file[end..]], words);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(PoolFileHead.MaxLength)]
    [InlineData(100_000)]
    public async Task What_is_no_file_at_all(int length)
    {
        await RoundTripTests.MustRefuse(target, new byte[length], NoFile);
        await RoundTripTests.MustRefuse(target, [.. Enumerable.Repeat((byte)'{', length)], NoFile);
    }

    [Fact]
    public async Task Tables_and_columns_that_this_version_does_not_know()
    {
        var mystery = PoolTable.Of(PoolPart.Users, "mystery", PoolColumn.Text("id").Key());
        var users = PoolCatalogue.Find("users")!;
        var larger = PoolTable.Of(PoolPart.Users, "users", [.. users.Columns, PoolColumn.Text("shoe_size")]);

        await RoundTripTests.MustRefuse(
            target, await Written([mystery]), Newer("mystery"));
        await RoundTripTests.MustRefuse(
            target, await Written([larger]), Newer("users.shoe_size"));
        await RoundTripTests.MustRefuse(
            target,
            await Written([PoolTable.Of(PoolPart.Users, "outbox", PoolColumn.Text("id").Key())]),
            Newer("outbox"));

        static string Newer(string what) =>
            $"The file holds {what}, which this version of Lifeguard does not know; a newer one wrote it.";
    }

    [Fact]
    public async Task Authentic_parts_that_no_export_writes()
    {
        const string words = "The file was opened, but what it holds is not what an export writes.";
        var clients = PoolCatalogue.Find("app_client")!;
        var few = PoolTable.Of(PoolPart.Configuration, "app_client", PoolColumn.Text("client_id").Key());
        var pool = PoolCatalogue.Pool.Row(
            ("name", "n"), ("settings", "{}"), ("factors", null), ("session_tracking", null),
            ("sessions_per_user", null), ("created_ms", 1L), ("modified_ms", 1L), ("version", 1L));

        // A column is missing; a number where a text belongs; the pool's row among the others.
        await RoundTripTests.MustRefuse(target, await Written([few]), words);
        await RoundTripTests.MustRefuse(
            target,
            await Written(
                [clients], clients.Row(
                    ("client_id", 5L), ("settings", "{}"), ("sealed", null), ("created_ms", 1L),
                    ("silent_sign_in_ms", null), ("modified_ms", 1L), ("version", 1L))),
            words);
        await RoundTripTests.MustRefuse(target, await Written([], pool), words);
    }

    [Fact]
    public async Task A_file_for_somebody_else_s_key()
    {
        var (mine, other) = (Identity(1), Identity(2));
        var sealedFile = new MemoryStream();
        await source.Export.ToRecipient(
            source.Order(poolId), mine.PublicKey, sealedFile, Stores.Cancellation);

        await using var third = await Moving.Open(DatabaseKind.Memory);
        var refusal = await Assert.ThrowsAsync<TransferException>(() => Open(third, sealedFile, other));
        await Open(third, sealedFile, mine);

        Assert.Equal(
            "The file is sealed to another key, or the head of the file has been altered.", refusal.Message);
        Assert.Equal(await source.Rows(poolId), await third.Rows(poolId));
    }

    [Fact]
    public async Task A_public_key_that_fits_every_secret()
    {
        var refusal = await Assert.ThrowsAsync<TransferException>(() => source.Export.ToRecipient(
            source.Order(poolId),
            TransferPublicKey.From(new byte[TransferPublicKey.Length]),
            new MemoryStream(),
            Stores.Cancellation));

        Assert.Equal("Nothing can be sealed to this public key.", refusal.Message);
    }

    [Fact]
    public void Nothing_that_is_secret_stands_in_the_file()
    {
        string[] secrets = ["$hash$", "$old$", "secret one", "u000002@example.com", "kid of", "Anä", "plain"];

        foreach (var secret in secrets)
            Assert.Equal(-1, file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
        // What is no secret shows that the search would find one.
        Assert.NotEqual(-1, file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(poolId)));
    }

    /// <summary>A file by the program's own writer with other tables or rows in it.</summary>
    private async Task<byte[]> Written(IReadOnlyList<PoolTable> tables, params IReadOnlyList<PoolRow> rows)
    {
        var stream = new MemoryStream();
        var locked = new FileLock.Passphrase(new(8, 1), new byte[16]);
        var head = new PoolFileHead(new byte[FileKeys.FileIdLength], poolId, Sample.Then, locked);
        using var writer = new PoolFileWriter(
            stream, head, FileKeys.From(Moving.Passphrase, locked, head.FileId));
        await writer.Begin([.. tables, PoolCatalogue.Pool], Stores.Cancellation);
        foreach (var row in rows) await writer.Add(row, Stores.Cancellation);
        var pool = PoolCatalogue.Pool.Row(
            ("name", "n"), ("settings", "{}"), ("factors", null), ("session_tracking", null),
            ("sessions_per_user", null), ("created_ms", 1L), ("modified_ms", 1L), ("version", 1L));
        await writer.End(pool, null, Stores.Cancellation);
        return stream.ToArray();
    }

    private static async Task Open(Moving target, MemoryStream file, TransferIdentity identity)
    {
        file.Position = 0;
        var (head, line) = await PoolFileReader.ReadHead(file, Stores.Cancellation);
        var keys = FileKeys.From(identity, (FileLock.Recipient)head.Lock, head.FileId);
        using var opened = await PoolFileReader.Open(file, head, line, keys, Stores.Cancellation);
        await target.Import.Run(opened, null, Stores.Cancellation);
    }

    private static TransferIdentity Identity(byte second) =>
        TransferIdentity.From([0, second, .. new byte[TransferIdentity.Length - 2]]);

    /// <summary>What stands before the chunks, and the chunks with their frames.</summary>
    private static (byte[] Start, List<byte[]> Chunks) Parts(byte[] file)
    {
        var at = file.AsSpan().IndexOf((byte)'\n') + 1 + HeadEnd;
        var start = file[..at];
        var chunks = new List<byte[]>();
        while (at < file.Length)
        {
            var length = 5 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 1));
            chunks.Add(file[at..(at + length)]);
            at += length;
        }

        return (start, chunks);
    }
}
