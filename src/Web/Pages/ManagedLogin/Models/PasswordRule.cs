using Lifeguard.Domain;

namespace Lifeguard.Web.Pages.ManagedLogin.Models;

internal enum PasswordRuleKind
{
    Length,
    Lowercase,
    Uppercase,
    Number,
    Symbol,
    History,
}

/// <summary>One rule of a pool for passwords, told before one is chosen.</summary>
/// <param name="Number">How long, or how many earlier passwords; 0 where nothing is counted.</param>
/// <param name="IsMet">By the password that was tried last; null where none was, or nobody can tell.</param>
internal sealed record PasswordRule(PasswordRuleKind Kind, int Number = 0, bool? IsMet = null)
{
    /// <summary>All rules of a policy, in the order in which they are told.</summary>
    /// <param name="tried">The password that was refused; null for none.</param>
    public static IReadOnlyList<PasswordRule> Of(PasswordPolicy policy, string? tried = null)
    {
        List<PasswordRule> rules = [new(PasswordRuleKind.Length, policy.MinimumLength)];
        if (policy.RequireLowercase) rules.Add(new(PasswordRuleKind.Lowercase));
        if (policy.RequireUppercase) rules.Add(new(PasswordRuleKind.Uppercase));
        if (policy.RequireNumbers) rules.Add(new(PasswordRuleKind.Number));
        if (policy.RequireSymbols) rules.Add(new(PasswordRuleKind.Symbol));
        if (policy.HistorySize > 0) rules.Add(new(PasswordRuleKind.History, policy.HistorySize));
        return tried is null ? rules : [.. rules.Select(rule => rule with { IsMet = rule.Admits(tried) })];
    }

    /// <summary>The same where nothing is known of the refused password but which rules it meets.</summary>
    /// <param name="met">Null where none was refused.</param>
    public static IReadOnlyList<PasswordRule> Judged(
        PasswordPolicy policy, IReadOnlyList<PasswordRuleKind>? met) => met is null
        ? Of(policy)
        :
        [
            .. Of(policy).Select(rule => rule.Kind == PasswordRuleKind.History
                ? rule
                : rule with { IsMet = met.Contains(rule.Kind) }),
        ];

    /// <summary>The rules that a refused password meets, as far as anybody can tell.</summary>
    public static IReadOnlyList<PasswordRuleKind> MetBy(string tried, PasswordPolicy policy) =>
        [.. Of(policy, tried).Where(rule => rule.IsMet == true).Select(rule => rule.Kind)];

    private bool? Admits(string password) => Kind == PasswordRuleKind.History
        ? null
        : new PasswordPolicy(
            Kind == PasswordRuleKind.Length ? Number : 0,
            RequireUppercase: Kind == PasswordRuleKind.Uppercase,
            RequireLowercase: Kind == PasswordRuleKind.Lowercase,
            RequireNumbers: Kind == PasswordRuleKind.Number,
            RequireSymbols: Kind == PasswordRuleKind.Symbol,
            HistorySize: 0,
            TemporaryPasswordValidityDays: 0).Violation(password) is null;
}
