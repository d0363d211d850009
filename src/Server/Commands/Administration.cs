using System.CommandLine;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server.Commands;

/// <summary>Commands that work on the database of <c>serve</c>, whether or not a server runs.</summary>
internal static class Administration
{
    /// <summary>Runs <paramref name="work"/> with the database open.</summary>
    public static async Task<int> Run(
        SettingOptions options,
        ParseResult given,
        Func<IServiceProvider, CancellationToken, Task<int>> work,
        CancellationToken cancellation)
    {
        var settings = options.Load(Life.Serve, given).Settings;
        if (settings.Database == "memory")
        {
            throw new SettingsException(
                "Database: memory belongs to the server that holds it; name another.");
        }

        await using var parts = Parts(settings);
        await parts.OpenDatabase(cancellation);
        return await work(parts, cancellation);
    }

    /// <summary>The master key.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public static byte[] KeyOf(ServerSettings settings) => MasterKey.Load(settings)
        ?? throw new SettingsException(
            "MasterKeyFile: a master key is needed. Make one by: lifeguard keys create-master FILE");

    /// <summary>What the commands work with; the database is not yet brought up to date.</summary>
    public static ServiceProvider Parts(ServerSettings settings)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddSingleton(WallClock.Instance);
        services.AddStorage(new(settings, IsStrict: true, KeyOf(settings)));
        services.AddCommandImports(settings);
        return services.BuildServiceProvider();
    }
}
