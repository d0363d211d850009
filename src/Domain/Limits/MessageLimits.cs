namespace Lifeguard.Domain.Limits;

/// <summary>How many messages may leave.</summary>
/// <param name="EmailsPerDay">By the service's own account, from 9:00 UTC to 9:00 UTC; 0 for no limit, as in
/// the others.</param>
/// <param name="SmsPerNumberPerHour">To one number from one pool, whoever asks for them.</param>
/// <param name="SmsPerNumberPerDay">Likewise.</param>
public sealed record MessageLimits(
    int EmailsPerDay = 0, int SmsPerNumberPerHour = 0, int SmsPerNumberPerDay = 0)
{
    /// <summary>Text messages are counted at all.</summary>
    public bool BoundsSms => SmsPerNumberPerHour > 0 || SmsPerNumberPerDay > 0;
}
