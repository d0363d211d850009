using CsCheck;
using Lifeguard.Protocol.Passwords;
using Xunit;

namespace Lifeguard.Protocol.Tests.Passwords;

public sealed class Argon2idHashTests
{
    private const string CheapText =
        "$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$1b9veX6XXECwB0bdZZ4hOcgFKzOJnvoWRJ8fLccm640";

    private const string DefaultText =
        "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$FiaJd5Ijx1SKa1LEfY8dcU8FsLCQI7Fq0szq13lz4d4";

    private static readonly byte[] Salt = "0123456789abcdef"u8.ToArray();
    private static readonly Argon2idParameters Cheap = new(8, 1);

    // Computed with the reference implementation's argon2 program.
    [Theory]
    [InlineData("p", 8, 1, CheapText)]
    [InlineData("Corr3ct-Horse! ☃", 19456, 2, DefaultText)]
    public void The_reference_implementations_hashes_are_reached(
        string password, int memoryKiB, int iterations, string text)
    {
        Assert.Equal(text, Argon2idHash.Create(password, Salt, new(memoryKiB, iterations)).Text);
        Assert.True(Argon2idHash.TryParse(text, out var hash));
        Assert.True(hash.Matches(password));
        Assert.False(hash.Matches(password + " "));
        Assert.False(hash.Matches(""));
        Assert.Equal(text, hash.Text);
    }

    [Fact]
    public void A_hash_published_with_libsodium_is_verified()
    {
        const string text = "$argon2id$v=19$m=4882,t=2,p=1$bA81arsiXysd3WbTRzmEOw$"
            + "Nm8QBM+7RH1DXo9rvp5cwKEOOOfD2g6JuxlXihoNcpE";
        Assert.True(Argon2idHash.TryParse(text, out var hash));
        Assert.Equal(new Argon2idParameters(4882, 2), hash.Parameters);
        Assert.True(hash.Matches(""));
        Assert.False(hash.Matches("x"));
    }

    [Fact]
    public void What_is_hashed_is_matched() => Gen.Select(Gen.String, Gen.Byte.Array[16]).Sample(
        (password, salt) =>
        {
            var text = Argon2idHash.Create(password, salt, Cheap).Text;
            Assert.True(Argon2idHash.TryParse(text, out var hash));
            Assert.True(hash.Matches(password));
            Assert.False(hash.Matches(password + "x"));
        },
        iter: 100);

    [Theory]
    [InlineData("m=8,t=1,p=1", "m=8,t=1,p=2")]
    [InlineData("m=8,t=1,p=1", "m=8,t=1,p=01")]
    [InlineData("m=8,t=1,p=1", "m=8,t=1")]
    [InlineData("m=8,t=1,p=1", "t=1,m=8,p=1")]
    [InlineData("m=8,t=1,p=1", "m=8,t=1,p=1,x=1")]
    [InlineData("m=8,t=1,p=1", "m=7,t=1,p=1")]
    [InlineData("m=8,t=1,p=1", "m=8,t=0,p=1")]
    [InlineData("m=8,t=1,p=1", "m=-8,t=1,p=1")]
    [InlineData("m=8,t=1,p=1", "m=+8,t=1,p=1")]
    [InlineData("m=8,t=1,p=1", "m= 8,t=1,p=1")]
    [InlineData("m=8,t=1,p=1", "m=1048577,t=1,p=1")]
    [InlineData("m=8,t=1,p=1", "m=4294967304,t=1,p=1")]
    [InlineData("m=8,t=1,p=1", "m=1048576,t=5,p=1")]
    [InlineData("m=8,t=1,p=1", "m=8,t=2147483647,p=1")]
    [InlineData("v=19", "v=16")]
    [InlineData("argon2id", "argon2i")]
    [InlineData("argon2id", "argon2d")]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZg", "MDEyMzQ1Njc4OWFiY2RlZg==")]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZg", "MDEyMzQ1Njc4OWFiY2RlZh")]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZg", "MDEyMzQ1Ng")]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZg", "")]
    [InlineData("1b9veX6XXECwB0bdZZ4hOcgFKzOJnvoWRJ8fLccm640", "1b9veX6XXECwB0bdZZ4h")]
    [InlineData("1b9veX6XXECwB0bdZZ4hOcgFKzOJnvoWRJ8fLccm640", "")]
    [InlineData("ccm640", "ccm640$")]
    [InlineData("ccm640", "ccm640\n")]
    public void A_malformed_or_ruinous_string_is_not_read(string original, string altered)
    {
        Assert.Contains(original, CheapText);
        Assert.False(Argon2idHash.TryParse(CheapText.Replace(original, altered), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("$2b$12$abcdefghijklmnopqrstuuJ5WfSYAkYVKJ3ukxdvLQyOJvJpO9o1K")]
    public void Other_schemes_are_not_read(string? text) => Assert.False(Argon2idHash.TryParse(text, out _));

    [Fact]
    public void An_over_long_string_is_not_read() =>
        Assert.False(Argon2idHash.TryParse(CheapText + new string('A', 300), out _));

    [Fact]
    public void A_change_of_any_character_is_noticed() => Assert.All(
        Tampering.OfEachCharacter(CheapText).Where(text => !AsksForMuch(text)),
        text => Assert.False(Argon2idHash.TryParse(text, out var hash) && hash.Matches("p")));

    [Theory]
    [InlineData(19456, 2, false)]
    [InlineData(19455, 2, false)]
    [InlineData(19456, 1, false)]
    [InlineData(19457, 2, true)]
    [InlineData(19456, 3, true)]
    [InlineData(8, 3, true)]
    public void A_hash_is_renewed_when_the_wanted_cost_is_above_its_own(
        int memoryKiB, int iterations, bool renewed)
    {
        Assert.True(Argon2idHash.TryParse(DefaultText, out var hash));
        Assert.Equal(renewed, hash.NeedsRehash(new(memoryKiB, iterations)));
        Assert.Equal(Argon2idParameters.Default, hash.Parameters);
    }

    [Fact]
    public void Salts_costs_and_passwords_out_of_bounds_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Argon2idHash.Create("p", new byte[15], Cheap));
        Assert.Throws<ArgumentException>(() => Argon2idHash.Create("p", Salt, new(7, 1)));
        Assert.Throws<ArgumentException>(() => Argon2idHash.Create("p", Salt, new(8, 0)));
        Assert.Throws<ArgumentException>(() => Argon2idHash.Create(new('p', 4097), Salt, Cheap));
        Assert.True(Argon2idHash.TryParse(CheapText, out var hash));
        Assert.False(hash.Matches(new('p', 4097)));
    }

    // A changed digit may ask for up to 4 GiB of work within the bounds; that is not what is tested.
    private static bool AsksForMuch(string text) =>
        Argon2idHash.TryParse(text, out var hash) && hash.Parameters.MemoryKiB > 1024;
}
