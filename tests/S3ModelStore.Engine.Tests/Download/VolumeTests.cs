using S3ModelStore.Engine.Errors;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Volumes that are full, read-only, or more than one.</summary>
public sealed class VolumeTests
{
    // Each file and directory takes one, from the module's own directory to the temporary manifest: so each of them is the one too many once.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task No_room_for_another_file_is_an_error_wherever_it_shows_and_is_overcome(int inodes)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        await using var volume = await SmallVolume.MountAsync(fixture.Destination, $"size=20m,nr_inodes={inodes}");

        var error = await FailureOfAsync(fixture);

        Assert.Equal(ModelStoreErrorCode.InsufficientDiskSpace, error.Code);
        Assert.Contains(fixture.Destination, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Remedy);
        await volume.ChangeAsync("nr_inodes=100");
        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.Equal(1, (await fixture.SaveAsync()).Result.FilesUnchanged);
    }

    [Fact]
    public async Task A_full_volume_is_told_with_what_is_free_and_what_is_needed()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Put("m/a.bin", 6 * MiB, etag: MultipartETag);
        await using var volume = await SmallVolume.MountAsync(fixture.Destination, "size=8m");

        var outcome = await fixture.SaveAfterAsync(() => File.WriteAllBytes(fixture.PathOf("foreign"), new byte[4 * MiB]));

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.InsufficientDiskSpace);
        Assert.Contains(fixture.PathOf("a.bin"), failure.Message, StringComparison.Ordinal);
        Assert.Matches(@"\d+ bytes are free", failure.Message);
        Assert.Contains($"{6 * MiB}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_volume_is_an_error_that_names_it_and_is_overcome()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        await using var volume = await SmallVolume.MountAsync(fixture.Destination, "size=20m");
        await volume.ChangeAsync("ro");

        var error = await FailureOfAsync(fixture);

        AssertReadOnly(error);
        await volume.ChangeAsync("rw");
        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
    }

    [Fact]
    public async Task A_volume_that_turns_read_only_between_plan_and_download_says_so_and_what_was_fetched_is_kept()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 6 * MiB, etag: MultipartETag);
        await using var volume = await SmallVolume.MountAsync(fixture.Destination, "size=20m");
        await fixture.StopAfterAsync("m/a.bin", parts: 2);
        await volume.ChangeAsync("ro");

        AssertReadOnly(await FailureOfAsync(fixture));

        await volume.ChangeAsync("rw");
        var outcome = await fixture.SaveAsync();
        outcome.AssertSucceeded();
        Assert.Equal(2 * MiB, outcome.Result.BytesReused);
        fixture.AssertHolds("a.bin", content);
    }

    [Fact]
    public async Task A_directory_on_another_volume_is_filled_as_any_other()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/big/a.bin", 3 * MiB, etag: MultipartETag);
        await using var volume = await SmallVolume.MountAsync(fixture.PathOf("big"), "size=20m");

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("big/a.bin", content);
        Assert.Equal(["big/a.bin"], fixture.Files());
        Assert.Equal(0, fixture.PartialFiles());
        Assert.Equal(1, (await fixture.SaveAsync()).Result.FilesUnchanged);
    }

    [Fact]
    public async Task The_modules_own_directory_may_be_on_another_volume()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        await using var volume = await SmallVolume.MountAsync(fixture.StateDirectory, "size=20m");

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("a.bin", content);
        Assert.Equal(["a.bin"], fixture.Files());
    }

    /// <summary>A plain copy would have begun by emptying the file that is there.</summary>
    [Fact]
    public async Task A_directory_on_another_volume_that_is_full_keeps_its_old_file_whole()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        await using var volume = await SmallVolume.MountAsync(fixture.PathOf("big"), "size=5m");
        var old = fixture.Put("m/big/a.bin", 1 * MiB, seed: 1, etag: MultipartETag);
        (await fixture.SaveAsync()).AssertSucceeded();
        var content = fixture.Put("m/big/a.bin", 6 * MiB, seed: 2, etag: MultipartETag);

        var failure = (await fixture.SaveAsync()).OnlyFailure(ModelStoreErrorCode.InsufficientDiskSpace);

        Assert.Contains(fixture.PathOf("big/a.bin"), failure.Message, StringComparison.Ordinal);
        fixture.AssertHolds("big/a.bin", old);
        Assert.Equal(["big/a.bin"], fixture.Files());
        await volume.ChangeAsync("size=20m");
        var outcome = await fixture.SaveAsync();
        outcome.AssertSucceeded();
        Assert.Equal(6 * MiB, outcome.Result.BytesReused);
        fixture.AssertHolds("big/a.bin", content);
        Assert.Equal(["big/a.bin"], fixture.Files());
    }

    private static void AssertReadOnly(ModelStoreException error)
    {
        Assert.Equal(ModelStoreErrorCode.DestinationUnavailable, error.Code);
        Assert.Contains("Read-only", error.Message, StringComparison.Ordinal);
        Assert.Contains("read-only", error.Remedy, StringComparison.Ordinal);
    }

    /// <summary>The one failure of a job, whether it is thrown or in its outcome.</summary>
    private static async Task<ModelStoreException> FailureOfAsync(EngineFixture fixture)
    {
        try
        {
            var outcome = await fixture.SaveAsync();
            Assert.False(outcome.Result.Success);
            return Assert.Single(outcome.Failures);
        }
        catch (ModelStoreException error)
        {
            return error;
        }
    }
}
