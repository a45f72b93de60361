using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Storage;

/// <summary>Puts a file in another's place in one step, or not at all.</summary>
/// <remarks>
/// <see cref="File.Move(string, string, bool)"/> copies where the volumes differ, straight into the final name: a full disk or a crash would leave
/// half a file there. .NET has no way to forbid that: https://learn.microsoft.com/dotnet/api/system.io.file.move#remarks.
/// </remarks>
internal static partial class AtomicRename
{
    // EXDEV, the same on Linux and macOS.
    private const int OtherDevice = 18;

    /// <returns><see langword="false"/> when the two are on different volumes; nothing has changed then.</returns>
    public static bool TryMove(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Rename(from, to) == 0)
                return true;
            if (Marshal.GetLastPInvokeError() == OtherDevice)
                return false;
        }

        // On Windows the move itself; elsewhere it fails once more, with the exception .NET has for that error.
        File.Move(from, to, overwrite: true);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(string from, string to);
}
