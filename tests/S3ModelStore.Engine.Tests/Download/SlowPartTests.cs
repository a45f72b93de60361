using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Verification;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Faults;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Connections that bring something, but too little, and jobs that wait for their last parts.</summary>
public sealed class SlowPartTests
{
    private const string Key = "m/w.bin";

    [Fact]
    public async Task A_body_that_trickles_is_cut_and_continued_from_the_byte_reached()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { SlowTimeout = TimeSpan.FromMilliseconds(300) };
        var content = fixture.Put(Key, 2 * MiB);
        fixture.Server.Faults.OnGet(Key).Trickle(100);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        var gets = fixture.GetsOf(Key);
        Assert.Equal(2, gets.Count);
        Assert.InRange(gets[1].Range!.First!.Value, 1, 1000);
        Assert.NotEqual(gets[0].ConnectionId, gets[1].ConnectionId);
        Assert.Equal(1, outcome.Result.Retries);
        Assert.Equal(2 * MiB, outcome.Result.BytesDownloaded);
    }

    [Fact]
    public async Task A_store_that_always_trickles_is_given_up()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { SlowTimeout = TimeSpan.FromMilliseconds(100), MaxRetries = 2 };
        fixture.Put(Key, MiB);
        fixture.Server.Faults.OnGet(Key).Always().Trickle(10);

        var failure = (await fixture.SaveAsync()).OnlyFailure(ModelStoreErrorCode.Timeout);

        Assert.Contains("in time", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, fixture.GetsOf(Key).Count);
    }

    [Fact]
    public async Task A_rate_of_zero_waits_however_slow_it_is()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { SlowTimeout = TimeSpan.FromMilliseconds(50), SlowestRate = 0 };
        var content = fixture.Put(Key, 400);
        fixture.Server.Faults.OnGet(Key).Trickle(1000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Single(fixture.GetsOf(Key));
    }

    [Fact]
    public async Task The_end_of_a_slow_part_is_given_to_workers_that_have_nothing_to_do()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 24 * MiB, etag: MultipartETag);
        // Never done by itself: whoever waits for this request waits for ever.
        var gate = new Gate();
        fixture.Server.Faults.OnGet(Key).FromOffset(16 * MiB).HoldMidBody(gate, MiB);

        var saving = fixture.SaveAsync();
        await gate.Reached;
        while (fixture.GetsOf(Key).Count < 4)
            await Task.Delay(5);
        gate.Release();
        var outcome = await saving;

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        // Asked for again, received once, and no retry.
        Assert.InRange(outcome.Result.BytesReassigned, MiB, 8 * MiB);
        Assert.Equal(24 * MiB, outcome.Result.BytesDownloaded);
        Assert.Equal(0, outcome.Result.Retries);
        Assert.All(fixture.GetsOf(Key), get => Assert.Equal($"\"{MultipartETag}\"", get.IfMatch));
    }

    [Fact]
    public async Task A_request_that_hangs_at_the_end_is_asked_for_again_on_another_connection()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { IdleTimeout = TimeSpan.FromMinutes(10) };
        var content = fixture.Put(Key, 24 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).FromOffset(16 * MiB).StallMidBody(MiB);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(24 * MiB, outcome.Result.BytesDownloaded);
        Assert.Equal(0, outcome.Result.Retries);
        Assert.InRange(outcome.Result.BytesReassigned, 7 * MiB, 24 * MiB);
    }

    [Fact]
    public async Task A_job_of_quick_connections_asks_for_nothing_twice()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 24 * MiB, etag: MultipartETag);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(3, fixture.GetsOf(Key).Count);
        Assert.Equal(0, outcome.Result.BytesReassigned);
    }

    [Fact]
    public async Task Halves_of_an_uploaders_part_still_prove_the_file()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = ObjectContent.Generated(24 * MiB, 3);
        fixture.Server.Objects.Put(EngineFixture.Bucket, Key, content, new() { MultipartPartSize = 8 * MiB });
        fixture.Server.Faults.OnGet(Key).FromOffset(16 * MiB).StallMidBody(MiB);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(VerificationLevel.Composite, outcome.Result.Verification);
        Assert.True(outcome.Result.BytesReassigned > 0);
    }

    [Fact]
    public async Task The_CRCs_of_both_halves_make_up_the_files_own()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = ObjectContent.Generated(24 * MiB, 4);
        using var digest = new RunningDigest("CRC64NVME");
        digest.Append(content.ToArray());
        var checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amz-checksum-crc64nvme"] = digest.FinishText() };
        fixture.Server.Objects.Put(EngineFixture.Bucket, Key, content, new() { ETag = MultipartETag, Checksums = checksums, ChecksumType = "FULL_OBJECT" });
        fixture.Server.Faults.OnGet(Key).FromOffset(16 * MiB).StallMidBody(MiB);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.Equal(VerificationLevel.FullObject, outcome.Result.Verification);
        Assert.Equal(0, outcome.Result.Retries);
        Assert.True(outcome.Result.BytesReassigned > 0);
    }

    [Fact]
    public async Task A_job_that_is_stopped_after_a_split_goes_on_from_both_halves()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { IdleTimeout = TimeSpan.FromMinutes(10) };
        var content = fixture.Put(Key, 24 * MiB, etag: MultipartETag);
        // The first half hangs, whoever asks for it; the other one is brought by somebody else, part by part.
        fixture.Server.Faults.OnGet(Key).When(request => request.Range?.First is >= 16 * MiB and <= 17 * MiB).Always().StallMidBody(MiB);
        using var stop = new CancellationTokenSource();
        var saving = fixture.SaveAsync(cancellation: stop.Token);
        while ((await fixture.PlanAsync()).ToEstimate().BytesResumable < 20 * MiB)
            await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        fixture.Server.Faults.Clear();

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.InRange(outcome.Result.BytesReused, 20 * MiB, 23 * MiB);
    }

    [Fact]
    public async Task The_result_says_how_many_connections_there_were_and_the_outcome_why()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = 64 * 1024 };
        fixture.Server.BytesPerSecondPerConnection = 2 * MiB;
        fixture.Put(Key, 32 * MiB, etag: MultipartETag);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        // A request is over for the server a little earlier than for us.
        Assert.InRange(outcome.Result.PeakConnections, (int)fixture.Server.Log.PeakConcurrentRequests, 128);
        Assert.InRange(outcome.Result.PeakConnections, 16, 128);
        Assert.InRange(outcome.Result.Connections, 1, outcome.Result.PeakConnections);
        Assert.Contains(outcome.Notes, note => note.Contains("4 → ", StringComparison.Ordinal));
    }
}
