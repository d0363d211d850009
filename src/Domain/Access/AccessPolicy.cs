namespace Lifeguard.Domain.Access;

/// <summary>
/// What the holder of an access key may do: an identity-based policy in IAM's language, without conditions
/// and variables. A document that uses those is refused when it is read, never read as if they were not
/// there.
/// </summary>
public sealed class AccessPolicy
{
    private readonly IReadOnlyList<AccessStatement> statements;

    internal AccessPolicy(string document, IReadOnlyList<AccessStatement> statements)
    {
        Document = document;
        this.statements = statements;
    }

    /// <summary>Every operation on every pool: the policy of the first key of a deployment.</summary>
    public static AccessPolicy Administrator { get; } = Parse(
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"cognito-idp:*","Resource":"*"}]}
        """);

    /// <summary>The JSON text that was read, as it is stored with the key.</summary>
    public string Document { get; }

    /// <summary>Reads a policy document of at most 10,240 bytes.</summary>
    /// <exception cref="AccessPolicyException">It is no policy, or asks for what is not supported; the
    /// message names the statement and the element.</exception>
    public static AccessPolicy Parse(string json) => AccessPolicyReader.Read(json);

    /// <summary>
    /// The decision for one call: an explicit deny wins over any allow, and without an allow there is none
    /// (doc: IAM policy evaluation logic).
    /// </summary>
    /// <param name="action">Such as <c>cognito-idp:AdminGetUser</c>.</param>
    /// <param name="resource">ARN of the pool, or <c>*</c> for operations that have none.</param>
    public AccessDecision Evaluate(string action, string resource)
    {
        var decision = AccessDecision.ImplicitlyDenied;
        foreach (var statement in statements)
        {
            if (!statement.SpeaksOf(action, resource)) continue;
            if (!statement.IsAllow) return AccessDecision.ExplicitlyDenied;
            decision = AccessDecision.Allowed;
        }

        return decision;
    }
}
