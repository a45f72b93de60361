using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Storage;

/// <summary>What an operating system's refusal means to a person.</summary>
internal static class DiskErrors
{
    /// <param name="error">The refusal.</param>
    /// <param name="path">Full path of what was refused.</param>
    /// <param name="size">Bytes it will have, if known.</param>
    public static ModelStoreException From(Exception error, string path, long? size = null)
    {
        if (error is not IOException io || RoomFault(io, path) is not { } fault)
        {
            return new ModelStoreException(
                ModelStoreErrorCode.DestinationUnavailable,
                Messages.CannotBeWritten(path, error.Message),
                Messages.CannotBeWrittenRemedy,
                path,
                error);
        }

        var needed = size is null ? string.Empty : Messages.AndFileHas(size);
        return new ModelStoreException(ModelStoreErrorCode.InsufficientDiskSpace, $"{fault}{FreeBytes(path)}{needed}.", Messages.DiskFullRemedy, path, error);
    }

    // Unix: ENOSPC 28, EDQUOT 122 (Linux) or 69 (macOS), as raw errno. Windows: ERROR_HANDLE_DISK_FULL 39, ERROR_DISK_FULL 112,
    // ERROR_DISK_QUOTA_EXCEEDED 1295.
    private static string? RoomFault(IOException error, string path)
        => (OperatingSystem.IsWindows(), OperatingSystem.IsWindows() ? error.HResult & 0xFFFF : error.HResult) switch
        {
            (true, 39 or 112) or (false, 28) => Messages.VolumeFull(path),
            (true, 1295) or (false, 122 or 69) => Messages.QuotaUsedUp(path),
            _ => null,
        };

    private static string FreeBytes(string path)
    {
        try
        {
            return Messages.BytesAreFree(LocalState.FreeBytesAt(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The error that is told matters more.
            return string.Empty;
        }
    }
}
