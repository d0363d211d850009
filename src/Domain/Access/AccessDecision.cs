namespace Lifeguard.Domain.Access;

/// <summary>What a policy says about one action on one resource.</summary>
public enum AccessDecision
{
    /// <summary>A statement allows it and none denies it.</summary>
    Allowed,

    /// <summary>No statement speaks of it.</summary>
    ImplicitlyDenied,

    /// <summary>A statement denies it; no other statement can allow it again.</summary>
    ExplicitlyDenied,
}
