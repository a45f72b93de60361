using System.Diagnostics;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>A volume of its own at a directory, as small as a test needs it. Skips the test where mounting is not allowed.</summary>
internal sealed class SmallVolume : IAsyncDisposable
{
    private readonly string _path;

    private SmallVolume(string path) => _path = path;

    /// <param name="path">Created if it is not there.</param>
    /// <param name="options">Of tmpfs: <c>size=8m</c>, <c>nr_inodes=5</c>.</param>
    public static async Task<SmallVolume> MountAsync(string path, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Mounting a small volume needs Linux and root.");
        Directory.CreateDirectory(path);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", options, "tmpfs", path), "This machine does not allow mount -t tmpfs.");
        return new SmallVolume(path);
    }

    /// <summary>Changes the volume while it is in use: <c>size=20m</c>, <c>ro</c>, <c>rw</c>.</summary>
    public async Task ChangeAsync(string options) => Assert.True(await RunAsync("mount", "-o", "remount," + options, _path));

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", _path);

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
