using S3ModelStore.Engine.Errors;
using S3ModelStore.TestServer.Faults;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Other programs that take away, cut or hold what a running job works on.</summary>
public sealed class MeddlingTests
{
    private static readonly string Id = Engine.Storage.StateDirectory.IdOf("a.bin");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_destination_that_is_removed_in_mid_run_fails_the_job_and_the_next_one_brings_it(bool withTwoFiles)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        if (withTwoFiles)
            fixture.Put("m/b.bin", 2 * MiB, etag: MultipartETag);

        var outcome = await SaveWhileAsync(fixture, () => Directory.Delete(fixture.Destination, recursive: true));

        AssertUnavailable(outcome, fixture.Destination);
        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
    }

    [Fact]
    public async Task The_modules_own_directory_that_is_removed_in_mid_run_fails_the_job_and_the_next_one_brings_it()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        fixture.Put("m/b.bin", 2 * MiB, etag: MultipartETag);

        var outcome = await SaveWhileAsync(fixture, () => Directory.Delete(fixture.StateDirectory, recursive: true));

        AssertUnavailable(outcome, fixture.Destination);
        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
    }

    [Fact]
    public async Task A_partial_file_that_is_removed_in_mid_run_fails_its_file_and_the_next_job_brings_it()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        fixture.Put("m/b.bin", 2 * MiB, etag: MultipartETag);

        var outcome = await SaveWhileAsync(fixture, () => File.Delete(Partial(fixture)));

        outcome.OnlyFailure(ModelStoreErrorCode.DestinationUnavailable);
        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
    }

    /// <summary>Filling it up to its size again would put zeros in place that no checksum has seen.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(MultipartETag)]
    public async Task A_partial_file_that_is_cut_in_mid_run_is_never_put_in_place_and_continued_later(string? etag)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 4 * MiB, etag: etag);
        var other = fixture.Put("m/b.bin", 2 * MiB, etag: MultipartETag);
        var gate = new Gate();
        fixture.Options = fixture.Options with { MaxConcurrency = 2 };
        // The last part is in before the one that is held: nothing is written behind the cut.
        fixture.Server.Faults.OnGet("m/a.bin").When(request => request.Range?.First == 0).HoldMidBody(gate, 1000);
        var saving = fixture.SaveAsync();
        await gate.Reached;
        while (new FileInfo(Partial(fixture)).Length < 4 * MiB || fixture.Server.Log.Entries.Count(entry => entry.Key == "m/b.bin") < 2)
            await Task.Delay(5);
        await using (var file = new FileStream(Partial(fixture), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(3 * MiB);
        gate.Release();

        var outcome = await saving;

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.DestinationUnavailable);
        Assert.Contains(fixture.PathOf("a.bin"), failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(fixture.PathOf("a.bin")));
        outcome = await fixture.SaveAsync();
        outcome.AssertSucceeded();
        Assert.Equal(3 * MiB, outcome.File("a.bin").BytesReused);
        fixture.AssertHolds("a.bin", content);
        fixture.AssertHolds("b.bin", other);
    }

    /// <summary>It could be the right one already; whoever holds it keeps it from being read.</summary>
    [Fact]
    public async Task A_file_that_another_program_holds_fails_alone_and_comes_when_it_is_free()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", 1000);
        fixture.Put("m/b.bin", 1000);
        Directory.CreateDirectory(fixture.Destination);
        await File.WriteAllBytesAsync(fixture.PathOf("a.bin"), new byte[1000]);
        DownloadOutcome outcome;
        await using (new FileStream(fixture.PathOf("a.bin"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            outcome = await fixture.SaveAsync();

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.DestinationUnavailable);
        Assert.Contains(fixture.PathOf("a.bin"), failure.Message, StringComparison.Ordinal);
        Assert.Contains("open in another program", failure.Remedy, StringComparison.Ordinal);
        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
    }

    private static async Task<DownloadOutcome> SaveWhileAsync(EngineFixture fixture, Action meddle)
    {
        var gate = new Gate();
        fixture.Server.Faults.OnGet("m/a.bin").Skip(1).HoldMidBody(gate, 1000);
        var saving = fixture.SaveAsync();
        await gate.Reached;
        meddle();
        gate.Release();
        return await saving;
    }

    private static void AssertUnavailable(DownloadOutcome outcome, string destination)
    {
        Assert.False(outcome.Result.Success);
        Assert.All(outcome.Failures, failure => Assert.Equal(ModelStoreErrorCode.DestinationUnavailable, failure.Code));
        Assert.All(outcome.Failures, failure => Assert.Contains(destination, failure.Message, StringComparison.Ordinal));
        Assert.NotEmpty(outcome.Failures);
    }

    private static string Partial(EngineFixture fixture) => Path.Combine(fixture.StateDirectory, "partial", Id + ".part");
}
