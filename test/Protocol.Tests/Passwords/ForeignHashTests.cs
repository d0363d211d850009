using CsCheck;
using Lifeguard.Protocol.Passwords;
using Xunit;

namespace Lifeguard.Protocol.Tests.Passwords;

/// <summary>Hashes that users bring along from elsewhere.</summary>
public sealed class ForeignHashTests
{
    private const string Bcrypt = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu";
    private const string Pbkdf2 =
        "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$8WQMD1eyoAcbAedPte2TlPQrZtHRX8F+2+d4YD6vyjs";

    private const string PhcPbkdf2 =
        "$pbkdf2-sha256$i=1000,l=32$AAECAwQFBgcICQoLDA0ODw$8WQMD1eyoAcbAedPte2TlPQrZtHRX8F+2+d4YD6vyjs";

    private const string DjangoPbkdf2 =
        "pbkdf2_sha256$1000$kQz8bT3xYw0a$N6QFLfXfB+y8yBzh/6Gqr6zRkYf7uRfSEkd01TbvF8M=";

    private const string WerkzeugPbkdf2 =
        "pbkdf2:sha256:1000$kQz8bT3xYw0a$37a4052df5df07ecbcc81ce1ffa1aaafacd19187fbb917d2124774d536ef17c3";

    private const string Scrypt = "1024$8$1$000102030405060708090a0b0c0d0e0f$"
        + "d4d4fe287747c3a568e530fef2b2019d259d2cf9bb2ace6b02bcaf3ff26a6fed";

    private const string Argon2id =
        "$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$1b9veX6XXECwB0bdZZ4hOcgFKzOJnvoWRJ8fLccm640";

    private const string Argon2idTail = "MDEyMzQ1Njc4OWFiY2RlZg$1b9veX6XXECwB0bdZZ4hOQ";

    // Hashes of ours, but for Argon2id; computed with Python's hashlib and BCrypt.Net.
    private const string OurPassword = "Old-1234!";

    [Theory]
    // Published with jBCrypt and with crypt_blowfish.
    [InlineData("", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("a", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe")]
    [InlineData("abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    // RFC 7914 §12, in the form of imports.
    [InlineData(
        "pleaseletmein",
        "16384$8$1$536f6469756d43686c6f72696465$"
        + "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    // RFC 7914 §11.
    [InlineData(
        "passwd",
        "$pbkdf2-sha256$1$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLx"
        + "JypzM8Xm2RZkWZLOdd+8xfHG4RbHjC9UJESBB06GXgw")]
    // Argon2id with salts that are not the deployment's, by Python's cryptography.
    [InlineData(
        OurPassword, "$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgc$5gqkU10KTz3yshZdVnybW3/1G98hmY2CZZtky1sBfGI")]
    [InlineData(OurPassword, "$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoL$jSkP5l1eyh6hJ8UMPMI76g")]
    [InlineData(
        OurPassword,
        "$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8$"
        + "8KoMwJlz3gOQvyK9L5dlglNJuvpO+A3J4aAPPcXpbBE")]
    [InlineData(
        OurPassword,
        "$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1"
        + "Njc4OTo7PD0+Pw$p6u4ws7ND1Ak9wt0xfdNmJM+iO+DNRvaQ083/Pa2Sf5FD9XQARpRcOUjp8MVZbaU"
        + "YLF1IMeX8tBq0XsA6Y7+xw")]
    [InlineData(OurPassword, Bcrypt)]
    [InlineData(OurPassword, Pbkdf2)]
    [InlineData(OurPassword, Scrypt)]
    // The forms of PBKDF2: PHC, Django's, Werkzeug's. The salt of the latter two is text.
    [InlineData(OurPassword, PhcPbkdf2)]
    [InlineData(
        OurPassword,
        "$pbkdf2-sha256$i=1000$AAECAwQFBgcICQoLDA0ODw$8WQMD1eyoAcbAedPte2TlPQrZtHRX8F+2+d4YD6vyjs")]
    [InlineData(OurPassword, DjangoPbkdf2)]
    [InlineData(OurPassword, WerkzeugPbkdf2)]
    public void Published_hashes_are_verified(string password, string text)
    {
        Assert.True(PasswordHash.TryRead(text, out var hash));
        Assert.Equal(text, hash.Text);
        Assert.True(hash.Matches(password));
        Assert.False(hash.Matches(password + "x"));
        Assert.False(hash.Matches("x" + password));
    }

    [Theory]
    [InlineData("$2a$")]
    [InlineData("$2b$")]
    [InlineData("$2y$")]
    public void Versions_of_bcrypt_that_compute_the_same_are_known(string version)
    {
        Assert.True(PasswordHash.TryRead(version + Bcrypt[4..], out var hash));
        Assert.True(hash.Matches(OurPassword));
    }

    // Computed by libxcrypt for "Pässw0rd-1!"; no library of .NET comes to the same.
    [Theory]
    [InlineData("$2x$05$abcdefghijklmnopqrstuuVjaa3rk4H6CL5zZb1/hKuZn5RXtQeUe")]
    [InlineData("$2$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu")]
    public void Versions_of_bcrypt_that_compute_something_else_are_not_imported(string text)
    {
        Assert.Equal(HashDefect.BcryptVersion, ImportedHash.DefectOf("BCRYPT", text));
        Assert.False(PasswordHash.TryRead(text, out _));
    }

    [Fact]
    public void A_dot_may_stand_for_the_plus_of_base64_and_padding_may_be_there()
    {
        foreach (var text in (string[])[Pbkdf2.Replace('+', '.'), Pbkdf2 + "="])
        {
            Assert.True(PasswordHash.TryRead(text, out var hash));
            Assert.True(hash.Matches(OurPassword));
        }
    }

    [Theory]
    [InlineData("BCRYPT", "$2b$10$CtA.Rcu/szzn9U00wpUjOuN3vrgJRZycv4aOzcP3GzqzO8UDPEFq6")]
    [InlineData(
        "SCRYPT",
        "65536$8$1$304dbaef7c5e828dc19c98f0600d18fe$"
        + "4f69c498c12cd102d057356facf8d77e8d42407090491ea32c5b038f5a18c099")]
    [InlineData(
        "ARGON2ID",
        "$argon2id$v=19$m=19456,t=2,p=1$ko/G5o1ms+ML08P95sQ8DA$AkVbvWSOqz7Hs3qthhWKxicOWnGLN+MBmpwc3emi5VA")]
    [InlineData(
        "PBKDF2_SHA256",
        "$pbkdf2-sha256$600000$1XZlmwLQ2hhM3JYuCPiArQ$Pfheg9Zi/v5lXU4yyLA0WFUYEd/rlaVbzrM9oMD6IrA")]
    public void The_examples_of_the_documentation_may_be_imported(string algorithm, string text)
    {
        Assert.Null(ImportedHash.DefectOf(algorithm, text));
        Assert.True(PasswordHash.TryRead(text, out _));
        foreach (var other in (string[])["ARGON2ID", "BCRYPT", "PBKDF2_SHA256", "SCRYPT"])
        {
            if (other != algorithm)
                Assert.Equal(HashDefect.OtherAlgorithm, ImportedHash.DefectOf(other, text));
        }
    }

    [Theory]
    [InlineData("BCRYPT", Bcrypt, "$04$", "$13$")]
    [InlineData("BCRYPT", Bcrypt, "$04$", "$31$")]
    [InlineData("SCRYPT", Scrypt, "1024$", "131072$")]
    [InlineData("SCRYPT", Scrypt, "$8$1$", "$9$1$")]
    [InlineData("SCRYPT", Scrypt, "$8$1$", "$8$2$")]
    [InlineData("ARGON2ID", Argon2id, "m=8", "m=19457")]
    [InlineData("ARGON2ID", Argon2id, "t=1", "t=3")]
    [InlineData("ARGON2ID", Argon2id, "p=1", "p=2")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$1000$", "$600001$")]
    [InlineData("PBKDF2_SHA256", PhcPbkdf2, "i=1000,", "i=600001,")]
    [InlineData("PBKDF2_SHA256", DjangoPbkdf2, "$1000$", "$600001$")]
    [InlineData("PBKDF2_SHA256", WerkzeugPbkdf2, ":1000$", ":600001$")]
    public void What_would_cost_too_much_is_not_imported(
        string algorithm, string text, string part, string by)
    {
        Assert.Null(ImportedHash.DefectOf(algorithm, text));
        var dear = text.Replace(part, by, StringComparison.Ordinal);
        Assert.Equal(HashDefect.TooCostly, ImportedHash.DefectOf(algorithm, dear));
        // Argon2id is the deployment's own, which may ask for more.
        if (algorithm != "ARGON2ID") Assert.False(PasswordHash.TryRead(dear, out _));
    }

    [Theory]
    [InlineData("BCRYPT", "$2b$12$", "$2b$12$aaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("BCRYPT", Bcrypt, Bcrypt + "a")]
    [InlineData("BCRYPT", Bcrypt, "$2c$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu")]
    [InlineData("BCRYPT", Bcrypt, "$2b$03$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu")]
    [InlineData("BCRYPT", Bcrypt, "$2b$04$CCCCCCCCCCCCCCCCCCCCCCBvH9kgmVVEP2voNAWITqdCsKCoM7Pbu")]
    [InlineData("BCRYPT", Bcrypt, "$2b$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbv")]
    [InlineData("BCRYPT", Bcrypt, "$2b$04$CCCCCCCCCCC=CCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu")]
    [InlineData("SCRYPT", Scrypt, "1000$8$1$00$d4d4fe287747c3a568e530fef2b2019d")]
    [InlineData("SCRYPT", Scrypt, "1$8$1$00$d4d4fe287747c3a568e530fef2b2019d")]
    [InlineData("SCRYPT", Scrypt, "1024$0$1$00$d4d4fe287747c3a568e530fef2b2019d")]
    [InlineData("SCRYPT", Scrypt, "1024$8$1$0$d4d4fe287747c3a568e530fef2b2019d")]
    [InlineData("SCRYPT", Scrypt, "1024$8$1$0g$d4d4fe287747c3a568e530fef2b2019d")]
    [InlineData("SCRYPT", Scrypt, "1024$8$1$$d4d4fe287747c3a568e530fef2b2019d")]
    [InlineData("SCRYPT", Scrypt, "1024$8$1$00$d4d4fe28")]
    [InlineData("SCRYPT", Scrypt, "+1024$8$1$00$d4d4fe287747c3a568e530fef2b2019d")]
    [InlineData("ARGON2ID", Argon2id, "$argon2id$v=20$m=8,t=1,p=1$" + Argon2idTail)]
    [InlineData("ARGON2ID", Argon2id, "$argon2id$v=19$t=1,m=8,p=1$" + Argon2idTail)]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha256$0$c2FsdA$8WQMD1eyoAcbAedPte2TlA")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha256$-1$c2FsdA$8WQMD1eyoAcbAedPte2TlA")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha256$1000$$8WQMD1eyoAcbAedPte2TlA")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha256$1000$c2FsdA$8WQM")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha256$1000$c2FsdA")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha512$1000$c2FsdA$8WQMD1eyoAcbAedPte2TlA")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha256$i=1000,l=32$c2FsdA$8WQMD1eyoAcbAedPte2TlA")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha256$i=1000,l=$c2FsdA$8WQMD1eyoAcbAedPte2TlA")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha256$i=1000,l=16,x=1$c2FsdA$8WQMD1eyoAcbAedPte2TlA")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "$pbkdf2-sha256$i=$c2FsdA$8WQMD1eyoAcbAedPte2TlA")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "pbkdf2_sha256$0$salt$8WQMD1eyoAcbAedPte2TlA==")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "pbkdf2_sha256$1000$$8WQMD1eyoAcbAedPte2TlA==")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "pbkdf2_sha256$1000$salt$8WQM")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "pbkdf2_sha512$1000$salt$8WQMD1eyoAcbAedPte2TlA==")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "pbkdf2:sha256:1000$salt$37a4052df5df07ecbcc81ce1ffa1aaag")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "pbkdf2:sha256$salt$37a4052df5df07ecbcc81ce1ffa1aaaf")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "pbkdf2:sha1:1000$salt$37a4052df5df07ecbcc81ce1ffa1aaaf")]
    [InlineData("PBKDF2_SHA256", Pbkdf2, "TRUE")]
    public void What_is_malformed_is_not_imported(string algorithm, string good, string bad)
    {
        if (good.Length == 60) Assert.Null(ImportedHash.DefectOf(algorithm, good));
        Assert.Equal(HashDefect.Malformed, ImportedHash.DefectOf(algorithm, bad));
        Assert.False(PasswordHash.TryRead(bad, out _));
    }

    [Theory]
    [InlineData("$argon2i$v=19$m=8,t=1,p=1$" + Argon2idTail, HashDefect.OtherAlgorithm)]
    [InlineData("$argon2d$v=19$m=8,t=1,p=1$" + Argon2idTail, HashDefect.OtherAlgorithm)]
    [InlineData("$argon2id$v=16$m=8,t=1,p=1$" + Argon2idTail, HashDefect.Argon2Version)]
    [InlineData("$argon2id$m=8,t=1,p=1$" + Argon2idTail, HashDefect.Argon2Version)]
    [InlineData(
        "$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Ng$1b9veX6XXECwB0bdZZ4hOQ", HashDefect.SaltLength)]
    [InlineData(
        "$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1"
        + "Njc4OTo7PD0+P0A$8CAh1lbtLPifxTbYg6cotFyKUEZR7zZ4eTkM1S/a86Y",
        HashDefect.SaltLength)]
    [InlineData(
        "$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$1b9veX6XXECwB0bdZZ4h", HashDefect.HashLength)]
    public void What_Argon2_cannot_be_verified_is_told_by_what_keeps_it_from_it(
        string text, HashDefect defect)
    {
        Assert.Equal(defect, ImportedHash.DefectOf("ARGON2ID", text));
        Assert.False(PasswordHash.TryRead(text, out _));
    }

    [Fact]
    public void Nothing_but_a_hash_is_read() => Gen.String.Sample(text =>
    {
        Assert.False(PasswordHash.TryRead(text, out _));
        foreach (var algorithm in (string[])["ARGON2ID", "BCRYPT", "PBKDF2_SHA256", "SCRYPT"])
            Assert.Equal(HashDefect.Malformed, ImportedHash.DefectOf(algorithm, text));
    });

    [Fact]
    public void A_tampered_hash_matches_no_longer()
    {
        foreach (var text in (string[])[Bcrypt, Pbkdf2, DjangoPbkdf2, WerkzeugPbkdf2, Scrypt])
        {
            var last = text[^5] == 'a' ? 'b' : 'a';
            var tampered = text[..^5] + last + text[^4..];
            Assert.True(PasswordHash.TryRead(tampered, out var hash));
            Assert.False(hash.Matches(OurPassword));
        }
    }

    [Fact]
    public void Endless_passwords_match_nothing_and_hashes_are_never_printed()
    {
        foreach (var text in (string[])[Bcrypt, Pbkdf2, Scrypt, Argon2id])
        {
            Assert.True(PasswordHash.TryRead(text, out var hash));
            Assert.False(hash.Matches(new string('a', PasswordHash.MaxPasswordLength + 1)));
            Assert.DoesNotContain('$', hash.ToString());
        }
    }
}
