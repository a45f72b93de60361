using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Storage;
using Xunit;

namespace S3ModelStore.Engine.Tests.Storage;

/// <summary>What a person is told of errors that no test can have from a real disk everywhere.</summary>
public sealed class DiskErrorsTests
{
    [Theory]
    [InlineData(28, 112, "full")]
    [InlineData(122, 1295, "quota")]
    public void No_room_is_told_with_numbers(int unix, int windows, string reason)
    {
        var path = Path.Combine(Path.GetTempPath(), "a.bin");
        var cause = new IOException("no", OperatingSystem.IsWindows() ? unchecked((int)0x80070000) | windows : unix);

        var error = DiskErrors.From(cause, path, 123_456);

        Assert.Equal(ModelStoreErrorCode.InsufficientDiskSpace, error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"\d+ bytes are free, and the file has 123456\.$", error.Message);
        Assert.Contains("run the same command again", error.Remedy, StringComparison.Ordinal);
    }
}
