using Lifeguard.Protocol.Totp;

namespace Lifeguard.Operations.Flows;

/// <summary>The codes that people read off their authenticators.</summary>
public sealed class TypedTotp(OutsideTime outside)
{
    /// <summary>The step that a code belongs to, about now; null where it belongs to none.</summary>
    public long? StepOf(byte[] secret, string code, Call call)
    {
        foreach (var now in outside.Of(call))
        {
            if (TotpCode.StepOf(secret, code, now) is { } step) return step;
        }

        return null;
    }
}
