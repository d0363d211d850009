using Lifeguard.Server.Settings;

namespace Lifeguard.Server.Transfer;

/// <summary>What stands before the pool id in tokens, as far as the settings tell, and what follows for
/// tokens that were issued elsewhere.</summary>
internal static class IssuerAdvice
{
    /// <summary>Null where no setting says: the server's own address may have been given to it
    /// alone.</summary>
    public static string? IssuerOf(ServerSettings settings) =>
        settings.Issuer ?? settings.PublicUrl?.GetLeftPart(UriPartial.Authority);

    /// <param name="before">The issuer where the file was made; null where that is not known.</param>
    public static string For(string poolId, string? before, ServerSettings settings)
    {
        if (before is null)
        {
            return "Access and ID tokens issued before verify here as long as the issuer (setting Issuer, "
                + "else PublicUrl, else the server's own address) is what it was where the file was made.";
        }

        return before == IssuerOf(settings)
            ? $"Access and ID tokens issued before verify here: the issuer is {before}/{poolId} as before."
            : $"Access and ID tokens issued before verify here only with the issuer they name, "
                + $"{before}/{poolId}. Here it is {IssuerOf(settings) ?? "the server's own address"}: "
                + $"set Issuer or PublicUrl to {before} to keep them good. Refresh tokens work either way.";
    }
}
