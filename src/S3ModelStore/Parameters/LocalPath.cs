using System.Management.Automation;
using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Parameters;

/// <summary>Paths as PowerShell users write them: relative to the PowerShell location, on its drives, taken literally.</summary>
internal static class LocalPath
{
    private const string Remedy = "Give a directory or file on a file system drive.";

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidOption"/>.</exception>
    public static string Resolve(SessionState session, string option, string path)
    {
        ProviderInfo provider;
        string resolved;
        try
        {
            resolved = session.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (Exception error) when (error is RuntimeException or ArgumentException or NotSupportedException)
        {
            throw new ModelStoreException(ModelStoreErrorCode.InvalidOption, $"{option}: {error.Message}", Remedy, path, error);
        }

        if (!string.Equals(provider.Name, "FileSystem", StringComparison.Ordinal))
            throw new ModelStoreException(ModelStoreErrorCode.InvalidOption, $"{option}: '{path}' belongs to the provider {provider.Name}, not to the file system.", Remedy, path);
        return Path.TrimEndingDirectorySeparator(resolved);
    }
}
