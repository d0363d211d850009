using System.Text.Json;
using Lifeguard.Domain;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Dev;

/// <summary><c>PUT /_lifeguard/codes</c>: confirmation codes are all the same (<c>{"fixed": "123456"}</c>),
/// follow from a seed (<c>{"seed": 42}</c>), or are random again (<c>{}</c>).</summary>
public sealed class CodesControl(ConfirmationCodes codes)
{
    private const int CodeLength = 6;

    public async Task Change(HttpContext context)
    {
        var isUnderstood = await ControlBody.Read(context) is { } body && TryApply(body);
        await (isUnderstood
            ? ControlBody.Done(context)
            : ControlBody.Refuse(context, """{"fixed": "six digits"}, {"seed": number}, or {}."""));
    }

    /// <summary>Random ones again.</summary>
    public void Reset() => Set(null, null);

    private bool TryApply(JsonElement body)
    {
        var members = body.EnumerateObject().Count();
        if (members > 1) return false;
        if (body.TryGetProperty("fixed", out var given))
        {
            var digits = given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
            if (digits.Length != CodeLength || !digits.All(char.IsAsciiDigit)) return false;
            Set(digits, null);
            return true;
        }

        if (body.TryGetProperty("seed", out var seed))
        {
            if (seed.ValueKind != JsonValueKind.Number || !seed.TryGetInt64(out var number)) return false;
            Set(null, new SeededRandom(number));
            return true;
        }

        if (members > 0) return false;
        Reset();
        return true;
    }

    private void Set(string? same, RandomSource? seeded) => (codes.Fixed, codes.Seeded) = (same, seeded);
}
