using Microsoft.Win32.SafeHandles;

namespace S3ModelStore.Engine.Storage;

/// <summary>
/// Locks made of open files: the operating system releases them when their process dies, however it dies. They hold between handles, so
/// two jobs of one process keep out of each other's way too.
/// </summary>
internal static class ExclusiveFile
{
    /// <summary>The lock, or <see langword="null"/> while somebody else holds it.</summary>
    /// <param name="path">Of the lock.</param>
    /// <param name="wasHeld">It was had before: a lock file is never replaced, so it is no link now.</param>
    public static SafeFileHandle? TryLock(string path, bool wasHeld) => TryOpen(path, FileAccess.ReadWrite, FileShare.None, wasHeld);

    /// <inheritdoc cref="TryLock(string, bool)"/>
    public static SafeFileHandle? TryLock(string path) => TryLock(path, wasHeld: false);

    /// <summary>A lock that others may share; <see langword="null"/> while somebody holds it exclusively.</summary>
    public static SafeFileHandle? TryShare(string path) => TryOpen(path, FileAccess.Read, FileShare.Read, wasHeld: false);

    /// <summary>Waits for what <paramref name="tryOpen"/> gives, looking again every 20 ms: these locks are held for moments.</summary>
    public static async Task<SafeFileHandle> WaitAsync(Func<string, SafeFileHandle?> tryOpen, string path, CancellationToken cancellation)
    {
        SafeFileHandle? handle;
        while ((handle = tryOpen(path)) is null)
            await Task.Delay(20, cancellation);
        return handle;
    }

    private static SafeFileHandle? TryOpen(string path, FileAccess access, FileShare share, bool wasHeld)
    {
        if (!wasHeld && StateFile.IsLink(path))
            throw StateFile.LinkInTheWay(path);
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException) && IsSharingViolation(e))
        {
            return null;
        }
    }

    // Windows: ERROR_SHARING_VIOLATION. Unix: the runtime reports EWOULDBLOCK of flock(2) as an IOException with that errno
    // (11 on Linux, 35 on macOS).
    private static bool IsSharingViolation(IOException e)
        => OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) == 32 : e.HResult is 11 or 35;
}
