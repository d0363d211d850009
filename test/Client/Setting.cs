namespace Lifeguard.Clients;

/// <summary>Settings of the program.</summary>
public static class Setting
{
    /// <summary>As environment variables: <c>Email:Smtp:Host</c> becomes
    /// <c>LIFEGUARD__Email__Smtp__Host</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> AsVariables(
        IEnumerable<KeyValuePair<string, string?>> settings) => settings.Select(setting =>
        KeyValuePair.Create(
            "LIFEGUARD__" + setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value));
}
