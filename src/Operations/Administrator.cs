using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Access;

namespace Lifeguard.Operations;

/// <summary>Who signed a call, and what the key's policy allows.</summary>
/// <param name="Arn">The caller's ARN, as refusals name it.</param>
/// <param name="Region">The region that the call is signed for; null where nobody had to sign.</param>
public sealed record Administrator(string Arn, AccessPolicy Policy, string? Region)
{
    /// <summary>Refuses what the policy does not allow, in the words of IAM (observed).</summary>
    /// <exception cref="ApiException">AccessDeniedException.</exception>
    public void MustBeAllowed(string operation, string resource)
    {
        var action = "cognito-idp:" + operation;
        var decision = Policy.Evaluate(action, resource);
        if (decision == AccessDecision.Allowed) return;
        var reason = decision == AccessDecision.ExplicitlyDenied
            ? "with an explicit deny in an identity-based policy"
            : $"because no identity-based policy allows the {action} action";
        throw new ApiException(
            Errors.AccessDeniedException,
            $"User: {Arn} is not authorized to perform: {action} on resource: {resource} {reason}");
    }
}
