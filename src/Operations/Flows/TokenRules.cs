namespace Lifeguard.Operations.Flows;

/// <summary>How tokens are treated where the service leaves it open.</summary>
/// <param name="EndsReusedSignIns">A replaced refresh token that is used again ends its whole sign-in: one of
/// the two who hold it is not who it was given to (RFC 9700 §4.14.2). The service only refuses it.</param>
public sealed record TokenRules(bool EndsReusedSignIns = false);
