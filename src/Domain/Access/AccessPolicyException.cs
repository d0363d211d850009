namespace Lifeguard.Domain.Access;

/// <summary>A policy document that cannot be taken. The message says where and why, for whoever wrote
/// it.</summary>
public sealed class AccessPolicyException(string message) : Exception(message);
