using System.Management.Automation;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Parameters;

/// <summary>Paths as PowerShell users write them: relative to the PowerShell location, on its drives, taken literally.</summary>
internal static class LocalPath
{
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
            throw new ModelStoreException(ModelStoreErrorCode.InvalidOption, $"{option}: {error.Message}", Messages.NotAFileSystemRemedy, path, error);
        }

        if (!string.Equals(provider.Name, "FileSystem", StringComparison.Ordinal))
            throw new ModelStoreException(ModelStoreErrorCode.InvalidOption, Messages.NotAFileSystem(option, path, provider.Name), Messages.NotAFileSystemRemedy, path);
        return Path.TrimEndingDirectorySeparator(resolved);
    }
}
