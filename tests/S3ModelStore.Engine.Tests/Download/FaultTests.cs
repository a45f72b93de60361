using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Faults;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Answers that come late, break off or bring wrong bytes.</summary>
public sealed class FaultTests
{
    private const string Key = "m/w.bin";

    // Long enough for a busy machine to deliver what was sent, short enough for a test.
    private static readonly TimeSpan ShortIdle = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task A_late_answer_is_waited_for()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).Delay(TimeSpan.FromMilliseconds(50));

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(0, outcome.Result.Retries);
        Assert.Single(fixture.GetsOf(Key));
    }

    [Fact]
    public async Task A_body_that_stalls_is_cut_and_continued_on_another_connection_from_the_byte_reached()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { IdleTimeout = ShortIdle };
        var content = fixture.Put(Key, 2 * MiB);
        fixture.Server.Faults.OnGet(Key).StallMidBody(700_000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, 700_000], fixture.StartsOf(Key));
        var gets = fixture.GetsOf(Key);
        Assert.NotEqual(gets[0].ConnectionId, gets[1].ConnectionId);
        Assert.Equal(2 * MiB, fixture.Server.Log.BytesSent);
        Assert.Equal(2 * MiB, outcome.Result.BytesDownloaded);
        Assert.Equal(1, outcome.Result.Retries);
        Assert.Equal(1, outcome.File("w.bin").Retries);
    }

    [Fact]
    public async Task A_part_that_stalls_is_continued_within_the_part()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Options = fixture.Options with { IdleTimeout = ShortIdle };
        var content = fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).Covering(MiB).StallMidBody(300_000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, MiB, MiB + 300_000, 2 * MiB], fixture.StartsOf(Key));
        Assert.All(fixture.GetsOf(Key), get => Assert.Equal($"\"{MultipartETag}\"", get.IfMatch));
        Assert.Equal(3 * MiB, fixture.Server.Log.BytesSent);
    }

    [Fact]
    public async Task An_answer_that_never_begins_is_asked_for_again()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { IdleTimeout = ShortIdle };
        var content = fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).StallBeforeHeaders();

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, 0], fixture.StartsOf(Key));
        Assert.Equal(1, outcome.Result.Retries);
    }

    [Fact]
    public async Task A_store_that_always_stalls_is_given_up_with_a_timeout()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { IdleTimeout = TimeSpan.FromMilliseconds(100), MaxRetries = 1 };
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).Always().StallBeforeHeaders();

        var outcome = await fixture.SaveAsync();

        outcome.OnlyFailure(ModelStoreErrorCode.Timeout);
        Assert.Equal(2, fixture.GetsOf(Key).Count);
    }

    [Fact]
    public async Task A_reset_in_the_body_costs_nothing_that_had_arrived()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 2 * MiB);
        var gate = new Gate();
        fixture.Server.Faults.OnGet(Key).HoldMidBody(gate, 512 * 1024).ResetMidBody(512 * 1024);
        var monitor = new TransferMonitor();

        var saving = fixture.SaveAsync(fixture.Request(), monitor);
        // A reset throws away what the client has not read yet, so it must have.
        await gate.Reached;
        while (monitor.Snapshot().BytesDone < 512 * 1024)
            await Task.Delay(1);
        gate.Release();
        var outcome = await saving;

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, 512 * 1024], fixture.StartsOf(Key));
        Assert.Equal(2 * MiB, outcome.Result.BytesDownloaded);
        Assert.Equal(1, outcome.Result.Retries);
    }

    [Fact]
    public async Task A_body_that_ends_early_is_a_failure_and_is_continued()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 2 * MiB);
        fixture.Server.Faults.OnGet(Key).Truncate(300_001);
        fixture.Server.Faults.OnGet(Key).Truncate(400_000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, 300_001, 700_001], fixture.StartsOf(Key));
        Assert.Equal(2 * MiB, outcome.Result.BytesDownloaded);
        Assert.Equal(2, outcome.Result.Retries);
    }

    [Fact]
    public async Task A_file_survives_more_broken_bodies_than_retries_while_bytes_keep_coming()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 1 };
        var content = fixture.Put(Key, MiB);
        fixture.Server.Faults.OnGet(Key).Times(9).Truncate(100_000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(9, outcome.Result.Retries);
        Assert.Equal(MiB, fixture.Server.Log.BytesSent);
    }

    [Fact]
    public async Task A_server_that_sends_a_few_bytes_and_hangs_up_is_not_asked_for_ever()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 3 };
        fixture.Put(Key, MiB);
        fixture.Server.Faults.OnGet(Key).Always().Truncate(10);

        var outcome = await fixture.SaveAsync();

        outcome.OnlyFailure(ModelStoreErrorCode.ConnectionLost);
        Assert.Equal([0, 10, 20, 30], fixture.StartsOf(Key));
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task A_connection_dropped_before_the_answer_is_replaced()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).DropConnectionBeforeHeaders();

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(2, fixture.GetsOf(Key).Count);
    }

    [Fact]
    public async Task A_wrong_byte_is_noticed_and_the_file_fetched_again_from_nothing()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 100_000);
        fixture.Server.Faults.OnGet(Key).FlipByte(77_777);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(VerificationLevel.ETagMd5, outcome.Result.Verification);
        Assert.Equal([0, 0], fixture.StartsOf(Key));
        Assert.Equal(200_000, outcome.Result.BytesDownloaded);
        Assert.Equal(S3ModelFileStatus.Downloaded, outcome.File("w.bin").Status);
    }

    [Fact]
    public async Task A_wrong_byte_in_one_of_many_parts_is_noticed_too()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put(Key, 3 * MiB);
        fixture.Server.Faults.OnGet(Key).Covering(2 * MiB).FlipByte(5);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, MiB, 2 * MiB, 0, MiB, 2 * MiB], fixture.StartsOf(Key));
    }

    [Fact]
    public async Task Bytes_that_stay_wrong_are_refused_with_both_digests_and_the_old_file_stays()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var old = fixture.Put(Key, 5000, seed: 1);
        await fixture.SaveAsync();
        var content = fixture.Put(Key, 5000, seed: 2);
        fixture.Server.Log.Reset();
        fixture.Server.Faults.OnGet(Key).Always().FlipByte(4321);

        var failure = (await fixture.SaveAsync()).OnlyFailure(ModelStoreErrorCode.ChecksumMismatch);

        Assert.Contains("MD5", failure.Message, StringComparison.Ordinal);
        Assert.Contains(ContentHash.Md5Hex(content), failure.Message, StringComparison.Ordinal);
        Assert.Contains(ContentHash.Md5Hex(content.WithFlippedByte(4321)), failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, fixture.GetsOf(Key).Count);
        fixture.AssertHolds("w.bin", old);
        // Wrong bytes are worth nothing to the next run.
        Assert.Equal(0, fixture.PartialFiles());
    }
}
