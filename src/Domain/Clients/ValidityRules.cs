using Lifeguard.Contract;

namespace Lifeguard.Domain.Clients;

/// <summary>How long the tokens of an app client are valid (doc). Counted in seconds: a value of the
/// largest unit is more than a <see cref="TimeSpan"/> holds.</summary>
public static class ValidityRules
{
    private const long Minute = 60;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    private const long DefaultRefresh = 30 * Day;

    /// <summary>The client with its refresh token validity and units filled in.</summary>
    /// <exception cref="ApiException">InvalidParameterException: a validity out of range, or longer than
    /// that of the refresh token.</exception>
    public static UserPoolClientType Completed(UserPoolClientType given)
    {
        var units = given.TokenValidityUnits ?? new();
        var refreshUnit = Unit(units.RefreshToken ?? TimeUnitsType.Days);
        // Zero stands for the default (doc), whatever the unit: thirty days, counted in it.
        var refresh = given.RefreshTokenValidity is { } value and not 0
            ? value * refreshUnit
            : DefaultRefresh;
        var access = Seconds(given.AccessTokenValidity, units.AccessToken);
        var id = Seconds(given.IdTokenValidity, units.IdToken);
        if (refresh is < Hour or > 3650 * Day || !IsInRange(access) || !IsInRange(id))
            throw ClientRefusals.ValidityRange();
        if (access > refresh || id > refresh) throw ClientRefusals.OutlivesRefreshToken();
        return given with
        {
            RefreshTokenValidity = (int)(refresh / refreshUnit),
            TokenValidityUnits = units,
        };
    }

    private static long Seconds(int? value, string? unit) =>
        value is null ? Hour : value.Value * Unit(unit ?? TimeUnitsType.Hours);

    private static bool IsInRange(long seconds) => seconds is >= 5 * Minute and <= Day;

    private static long Unit(string unit) => unit switch
    {
        TimeUnitsType.Seconds => 1,
        TimeUnitsType.Minutes => Minute,
        TimeUnitsType.Hours => Hour,
        _ => Day,
    };
}
