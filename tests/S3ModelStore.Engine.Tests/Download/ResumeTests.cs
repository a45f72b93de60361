using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>A download that was stopped goes on where it was, and trusts nothing it has not read again.</summary>
public sealed class ResumeTests
{
    private const int MiB = 1024 * 1024;
    private const int Parts = 12;
    private const string MultipartETag = "0123456789abcdef0123456789abcdef-12";

    [Fact]
    public async Task Recorded_parts_are_not_fetched_again()
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, parts: 5);
        fixture.Server.Log.Reset();

        var (result, _) = await fixture.SaveAsync();

        var file = Assert.Single(result.Files);
        Assert.Equal(S3ModelFileStatus.Resumed, file.Status);
        Assert.Equal(5 * MiB, file.BytesReused);
        Assert.Equal(7 * MiB, file.BytesDownloaded);
        Assert.Equal(7, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
        fixture.AssertHolds("big.bin", content);
        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.StateDirectory, "partial")));
    }

    [Fact]
    public async Task The_plan_counts_what_can_be_resumed()
    {
        await using var fixture = await StartAsync();
        fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, parts: 5);

        using var store = new ModelStore(fixture.Options);
        var estimate = (await store.PlanAsync(fixture.Request(), monitor: null, CancellationToken.None)).ToEstimate();

        Assert.Equal(5 * MiB, estimate.BytesResumable);
        Assert.Equal(7 * MiB, estimate.BytesToDownload);
        Assert.Equal(S3ModelPlannedFileState.Partial, Assert.Single(estimate.Files).State);
    }

    [Fact]
    public async Task Another_part_size_and_concurrency_use_the_same_bytes()
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, parts: 5);
        fixture.Options = fixture.Options with { PartSize = 3 * MiB, MaxConcurrency = 4 };

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(5 * MiB, result.BytesReused);
        Assert.Equal(7 * MiB, result.BytesDownloaded);
        fixture.AssertHolds("big.bin", content);
    }

    [Fact]
    public async Task A_damaged_part_is_found_and_fetched_again()
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, parts: 5);
        Damage(Partial(fixture), (2 * MiB) + 77);

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(4 * MiB, result.BytesReused);
        Assert.Equal(8 * MiB, result.BytesDownloaded);
        fixture.AssertHolds("big.bin", content);
    }

    [Fact]
    public async Task A_torn_journal_costs_only_the_torn_part()
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, parts: 5);
        using (var journal = File.Open(Journal(fixture), FileMode.Open))
            journal.SetLength(journal.Length - 7);

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(4 * MiB, result.BytesReused);
        fixture.AssertHolds("big.bin", content);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(40)]
    [InlineData(-1)]
    public async Task A_flipped_byte_in_the_journal_never_makes_wrong_bytes(int at)
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, parts: 5);
        var length = new FileInfo(Journal(fixture)).Length;
        Damage(Journal(fixture), at < 0 ? length + at : at);

        var (result, _) = await fixture.SaveAsync();

        Assert.True(result.Success);
        fixture.AssertHolds("big.bin", content);
    }

    [Fact]
    public async Task A_partial_that_is_gone_costs_its_progress_only()
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, parts: 5);
        File.Delete(Partial(fixture));

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(Parts * MiB, result.BytesDownloaded);
        fixture.AssertHolds("big.bin", content);
    }

    [Fact]
    public async Task Parts_of_another_version_are_dropped()
    {
        await using var fixture = await StartAsync();
        fixture.Put("m/big.bin", Parts * MiB, seed: 1, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, parts: 5);
        var replaced = fixture.Put("m/big.bin", Parts * MiB, seed: 2, etag: "fedcba9876543210fedcba9876543210-12");

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(0, result.BytesReused);
        fixture.AssertHolds("big.bin", replaced);
    }

    [Fact]
    public async Task Finished_files_of_a_stopped_job_are_known_to_the_next()
    {
        await using var fixture = await StartAsync();
        fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        for (var i = 0; i < 5; i++)
            fixture.Put($"m/small{i}.json", 1000, seed: i);
        fixture.Options = fixture.Options with { MaxConcurrency = 4 };
        var gate = new Gate();
        fixture.Server.Faults.OnGet("m/big.bin").Covering((Parts * MiB) - 1).HoldMidBody(gate, 1000);
        // The big one is stuck at its end, with its other parts recorded.
        await StopWhenAsync(fixture, snapshot => snapshot.FilesDone == 5 && snapshot.BytesDone >= (Parts - 1) * MiB);
        fixture.Server.Log.Reset();

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(5, result.FilesUnchanged);
        Assert.Equal(1, result.FilesResumed);
        Assert.Equal(0, fixture.Server.Log.RequestsOf(EngineFixture.Bucket, "m/small0.json"));
    }

    [Fact]
    public async Task A_job_that_died_between_rename_and_log_is_not_repeated()
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        // All parts are recorded, and then the commit cannot happen: a directory stands in its place.
        Directory.CreateDirectory(fixture.Destination);
        using (var store = new ModelStore(fixture.Options))
        {
            var plan = await store.PlanAsync(fixture.Request(), monitor: null, CancellationToken.None);
            Directory.CreateDirectory(Path.Combine(fixture.PathOf("big.bin"), "in-the-way"));
            var (stuck, _) = await store.DownloadAsync(plan, new TransferMonitor(), CancellationToken.None);
            Assert.False(stuck.Success);
        }

        // What the rename would have done before the process died.
        Directory.Delete(fixture.PathOf("big.bin"), recursive: true);
        File.Move(Partial(fixture), fixture.PathOf("big.bin"));
        fixture.Server.Log.Reset();

        var (result, _) = await fixture.SaveAsync();

        Assert.True(result.Success);
        Assert.Equal(0, result.BytesDownloaded);
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
        fixture.AssertHolds("big.bin", content);
        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.StateDirectory, "partial")));
    }

    [Fact]
    public async Task A_finished_file_that_the_journal_does_not_prove_is_fetched_again()
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/big.bin", Parts * MiB, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, parts: Parts - 1);
        var journal = await File.ReadAllBytesAsync(Journal(fixture));
        await fixture.SaveAsync();
        // A journal without its partial beside a file with other bytes.
        Directory.Delete(fixture.StateDirectory, recursive: true);
        Directory.CreateDirectory(Path.Combine(fixture.StateDirectory, "partial"));
        await File.WriteAllBytesAsync(Path.Combine(fixture.StateDirectory, "partial", Id + ".journal"), journal);
        Damage(fixture.PathOf("big.bin"), 5);

        var (result, _) = await fixture.SaveAsync();

        Assert.True(result.Success);
        fixture.AssertHolds("big.bin", content);
    }

    private static string Id { get; } = Engine.Storage.StateDirectory.IdOf("big.bin");

    private static string Partial(EngineFixture fixture) => Path.Combine(fixture.StateDirectory, "partial", Id + ".part");

    private static string Journal(EngineFixture fixture) => Path.Combine(fixture.StateDirectory, "partial", Id + ".journal");

    private static async Task<EngineFixture> StartAsync()
    {
        var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = MiB, MaxConcurrency = 1 };
        return fixture;
    }

    /// <summary>One worker takes the parts in order; the next one is held until the job is stopped.</summary>
    private static async Task StopAfterPartsAsync(EngineFixture fixture, int parts)
    {
        var gate = new Gate();
        var rule = fixture.Server.Faults.OnGet("m/big.bin").Skip(parts).HoldMidBody(gate, 1000);
        await StopWhenAsync(fixture, _ => gate.Arrived > 0);
        fixture.Server.Faults.Remove(rule);
    }

    private static async Task StopWhenAsync(EngineFixture fixture, Func<ProgressSnapshot, bool> condition)
    {
        using var stop = new CancellationTokenSource();
        var monitor = new TransferMonitor();
        var saving = fixture.SaveAsync(fixture.Request(), monitor, stop.Token);
        while (!condition(monitor.Snapshot()))
        {
            Assert.False(saving.IsCompleted, "The job ended before it could be stopped.");
            await Task.Delay(5);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
    }

    private static void Damage(string path, long at)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 0x10));
    }
}
