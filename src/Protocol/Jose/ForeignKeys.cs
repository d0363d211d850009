using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;

namespace Lifeguard.Protocol.Jose;

/// <summary>The public keys that somebody else signs with (RFC 7517 §5), as far as they are of use.</summary>
public sealed class ForeignKeys
{
    /// <summary>Keys of one set that are looked at.</summary>
    public const int MaxKeys = 100;

    private static readonly JsonDocumentOptions Strict =
        new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private readonly IReadOnlyList<ForeignKey> keys;

    private ForeignKeys(IReadOnlyList<ForeignKey> keys) => this.keys = keys;

    /// <summary>The keys of a set, without those of other kinds and uses, which are to be ignored (RFC 7517
    /// §5); null where it is no set at all.</summary>
    public static ForeignKeys? Read(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) return null;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("keys", out var listed)
                || listed.ValueKind != JsonValueKind.Array)
                return null;
            var keys = listed.EnumerateArray().Take(MaxKeys).Select(ForeignKey.Read);
            return new([.. keys.OfType<ForeignKey>()]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Is there a key that the token may be signed with? Without one the set may be out of
    /// date.</summary>
    public bool Knows(ForeignToken token) => Candidates(token).Any();

    /// <summary>Is the token signed with one of the keys?</summary>
    public bool Verify(ForeignToken token) => Candidates(token).Any(key => key.Verifies(token));

    /// <summary>The key that the token names; where it names none, the only one that it may mean (OpenID
    /// Connect Core §10.1).</summary>
    private IEnumerable<ForeignKey> Candidates(ForeignToken token)
    {
        var fitting = keys.Where(key => key.Fits(token.Algorithm));
        if (token.Kid is { } kid) return fitting.Where(key => key.Kid == kid);
        var all = fitting.ToList();
        return all.Count == 1 ? all : [];
    }
}

/// <summary>One public key.</summary>
internal sealed class ForeignKey
{
    private const int MinModulus = 256;
    private const int MaxModulus = 1024;
    private const int MaxExponent = 4;

    private readonly RSAParameters rsa;
    private readonly ECParameters point;
    private readonly string? algorithm;
    private readonly string? curve;

    private ForeignKey(JsonElement json, RSAParameters rsa) : this(json) => this.rsa = rsa;

    private ForeignKey(JsonElement json, string curve, ECParameters point) : this(json) =>
        (this.curve, this.point) = (curve, point);

    private ForeignKey(JsonElement json) => (Kid, algorithm) = (Text(json, "kid"), Text(json, "alg"));

    public string? Kid { get; }

    /// <summary>The key; null where it is none that signatures could be checked with.</summary>
    public static ForeignKey? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || Text(json, "use") is not (null or "sig")) return null;
        return Text(json, "kty") switch
        {
            "RSA" => ReadRsa(json),
            "EC" => ReadPoint(json),
            _ => null,
        };
    }

    /// <summary>May the algorithm go with this key? One that says which it is for takes no other.</summary>
    public bool Fits(JwsAlgorithm wanted)
    {
        if (algorithm is not null && algorithm != wanted.Name) return false;
        return curve is null ? wanted.Padding is not null : wanted.Curve == curve;
    }

    public bool Verifies(ForeignToken token)
    {
        var input = token.SigningInput.Span;
        var signature = token.Signature.Span;
        try
        {
            if (token.Algorithm.Padding is { } padding)
            {
                using var key = RSA.Create(rsa);
                return key.VerifyData(input, signature, token.Algorithm.Hash, padding);
            }

            using var pair = ECDsa.Create(point);
            return pair.VerifyData(
                input, signature, token.Algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // A point that is not on its curve, or a modulus that is none, shows only when it is used.
            return false;
        }
    }

    private static ForeignKey? ReadRsa(JsonElement json)
    {
        if (Bytes(json, "n") is not { Length: >= MinModulus and <= MaxModulus } modulus) return null;
        if (Bytes(json, "e") is not { Length: >= 1 and <= MaxExponent } exponent) return null;
        return new(json, new RSAParameters { Modulus = modulus, Exponent = exponent });
    }

    private static ForeignKey? ReadPoint(JsonElement json)
    {
        var name = Text(json, "crv");
        (ECCurve Curve, int Size)? known = name switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, 32),
            "P-384" => (ECCurve.NamedCurves.nistP384, 48),
            "P-521" => (ECCurve.NamedCurves.nistP521, 66),
            _ => null,
        };
        if (known is not (var curve, var size)) return null;
        if (Bytes(json, "x") is not { } x || Bytes(json, "y") is not { } y) return null;
        if (x.Length != size || y.Length != size) return null;
        return new(json, name!, new ECParameters { Curve = curve, Q = new() { X = x, Y = y } });
    }

    private static byte[]? Bytes(JsonElement json, string name) =>
        Text(json, name) is { } text && StrictBase64Url.TryDecode(text, out var bytes) ? bytes : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
