using Lifeguard.Server.Settings;

namespace Lifeguard.Server;

/// <summary>The one look at settings, and at the files they name, that <c>serve</c>, <c>dev</c> and
/// <c>doctor</c> have in common.</summary>
/// <param name="Findings">Refusals first.</param>
/// <param name="Files">All there where nothing is refused.</param>
internal sealed record Examination(IReadOnlyList<Finding> Findings, NamedFiles Files)
{
    private IEnumerable<Finding> Refusals =>
        Findings.Where(finding => finding.Weight is FindingWeight.Refusal);

    public bool IsRefused => Refusals.Any();

    public static Examination Of(LoadedSettings loaded)
    {
        var settings = loaded.Settings;
        var review = SettingsReview.Of(loaded, MasterKey.Look(settings.MasterKeyFile));
        var refused = review.Where(finding => finding.Weight is FindingWeight.Refusal)
            .Select(finding => finding.Setting)
            .ToHashSet();
        List<Finding> ofFiles = [];
        var files = NamedFiles.Read(settings, ofFiles);
        Finding[] all =
        [
            .. review,
            // A file that cannot be had because its setting is refused is no news.
            .. ofFiles.Where(finding => !refused.Contains(finding.Setting)),
            .. OfDatabase(settings),
            .. FilesOpenedLater.Review(settings),
        ];
        return new([.. all.OrderByDescending(finding => finding.Weight)], files);
    }

    /// <summary>Of an SQLite file; <c>dev</c> makes the folder of its own later.</summary>
    private static IEnumerable<Finding> OfDatabase(ServerSettings settings)
    {
        if (settings is not { Life: Life.Serve, DatabaseFile: { } file }) return [];
        try
        {
            WritableFile.MustBe(file);
            return [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [Finding.Refusal("Database", $"{file} cannot be written: {failure.Message}")];
        }
    }

    /// <summary>The same; what is left to find are warnings.</summary>
    /// <exception cref="SettingsException">Something keeps the server from starting.</exception>
    public static Examination MustPass(LoadedSettings loaded)
    {
        var examination = Of(loaded);
        return examination.IsRefused
            ? throw new SettingsException(string.Join(
                '\n', examination.Refusals.Select(finding => $"{finding.Setting}: {finding.Message}")))
            : examination;
    }
}
