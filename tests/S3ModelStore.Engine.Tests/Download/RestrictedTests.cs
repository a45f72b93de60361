using System.Runtime.InteropServices;
using S3ModelStore.Engine.Errors;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>A process that may not do what it has to: rights and limits belong to the whole process.</summary>
[Collection(nameof(ProcessWide))]
public sealed class RestrictedTests
{
    private const uint Root = 0;
    private const uint Nobody = 65534;

    [Theory]
    [InlineData("")]
    [InlineData(".s3modelstore")]
    public async Task Without_the_right_to_write_it_says_where_and_what_to_check(string below)
    {
        SkipUnlessRoot();
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 2 * MiB, etag: MultipartETag);
        Directory.CreateDirectory(Path.Combine(fixture.Destination, below));
        // The user changes and the group stays.
        Open(fixture.Root, UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        Open(fixture.Destination, below.Length > 0 ? UnixFileMode.OtherWrite | UnixFileMode.GroupWrite : UnixFileMode.None);
        ModelStoreException error;
        try
        {
            Assert.Equal(0, SetEffectiveUser(Nobody));
            error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.SaveAsync());
        }
        finally
        {
            Assert.Equal(0, SetEffectiveUser(Root));
        }

        Assert.Equal(ModelStoreErrorCode.DestinationUnavailable, error.Code);
        Assert.True(error.Message.Contains(Path.Combine(fixture.Destination, below), StringComparison.Ordinal), error.Message);
        Assert.Contains("you may write there", error.Remedy, StringComparison.Ordinal);
        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
    }

    /// <summary>As on FAT, where files end at 4 GiB.</summary>
    [Fact]
    public async Task A_file_longer_than_is_allowed_says_so_and_is_continued_when_it_is()
    {
        SkipUnlessRoot();
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 6 * MiB, etag: MultipartETag);
        // The signal that comes with the error would end the process.
        const int TooLongSignal = 25;
        const nint Ignore = 1;
        Signal(TooLongSignal, Ignore);
        var limit = default(Limit);
        Assert.Equal(0, GetLimit(Limit.FileSize, ref limit));
        var low = limit with { Soft = 2 * MiB };
        DownloadOutcome outcome;
        try
        {
            Assert.Equal(0, SetLimit(Limit.FileSize, ref low));
            outcome = await fixture.SaveAsync();
        }
        finally
        {
            Assert.Equal(0, SetLimit(Limit.FileSize, ref limit));
        }

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.DestinationUnavailable);
        Assert.Contains(fixture.PathOf("a.bin"), failure.Message, StringComparison.Ordinal);
        Assert.Contains("is allowed there", failure.Message, StringComparison.Ordinal);
        outcome = await fixture.SaveAsync();
        outcome.AssertSucceeded();
        Assert.Equal(2 * MiB, outcome.Result.BytesReused);
        fixture.AssertHolds("a.bin", content);
    }

    private static void SkipUnlessRoot()
        => Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Changing the rights of the process needs Linux and root.");

    private static void Open(string directory, UnixFileMode more)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | more);
    }

    [DllImport("libc", EntryPoint = "seteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEffectiveUser(uint id);

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetLimit(int resource, ref Limit limit);

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, ref Limit limit);

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int number, nint handler);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard)
    {
        public const int FileSize = 1;
    }
}
