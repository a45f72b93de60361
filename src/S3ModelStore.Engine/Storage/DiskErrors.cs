using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Storage;

/// <summary>What an operating system's refusal means to a person.</summary>
internal static class DiskErrors
{
    public static ModelStoreException From(Exception error, string path)
        => error is IOException io && IsDiskFull(io)
            ? new ModelStoreException(
                ModelStoreErrorCode.InsufficientDiskSpace,
                $"The volume of '{path}' is full.",
                "Free some room and run the same command again: what was fetched is kept and continued.",
                path,
                error)
            : new ModelStoreException(
                ModelStoreErrorCode.DestinationUnavailable,
                $"'{path}' cannot be written: {error.Message}",
                "Check that the path exists, is not read-only, is not open in another program, and that you may write there.",
                path,
                error);

    // Unix: ENOSPC 28, EDQUOT 122 (Linux) or 69 (macOS), as raw errno. Windows: ERROR_HANDLE_DISK_FULL 39, ERROR_DISK_FULL 112.
    private static bool IsDiskFull(IOException error)
        => OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) is 39 or 112 : error.HResult is 28 or 122 or 69;
}
