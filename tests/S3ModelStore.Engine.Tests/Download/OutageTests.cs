using System.Globalization;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Transfer;
using S3ModelStore.TestServer.Protocol;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>A store that is down is waited for, not hammered, and given up in bounded time.</summary>
public sealed class OutageTests
{
    private const int Files = 200;
    private static readonly TimeSpan AskedToWait = TimeSpan.FromSeconds(77);

    [Fact]
    public async Task A_store_that_only_complains_is_given_up_by_the_whole_job_after_as_many_probes_as_retries()
    {
        await using var fixture = await StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 5 };
        fixture.Server.Faults.OnGet().Always().Status(503, AskedToWait);
        var clock = new ShortWaitClock(AskedToWait);

        var outcome = await fixture.SaveAsync(clock);

        Assert.False(outcome.Result.Success);
        Assert.Equal(Files, outcome.Result.FilesFailed);
        Assert.All(outcome.Result.Files, file => Assert.Equal(ModelStoreErrorCode.Throttled, file.ErrorCode));
        // What was under way when it began, then one probe after the other; nobody waits longer than for all of them.
        Assert.InRange(fixture.Server.Log.RequestsOf(S3Operation.GetObject), 1, 8 + 5);
        Assert.InRange(clock.Shortened, 1, (8 + 5) * 2);
    }

    [Fact]
    public async Task While_a_store_is_down_one_request_at_a_time_feels_for_it()
    {
        await using var fixture = await StartAsync();
        // Some begin together, and what three failures lead to begins before the fourth tells that the store is down.
        const int AtFirst = ConcurrencyControl.Start + 3;
        const int Failures = AtFirst + 13;
        fixture.Options = fixture.Options with { MaxRetries = 20, MaxConcurrency = 8 };
        var (sync, running, most, count) = (new Lock(), 0, 0, 0);
        fixture.Server.Faults.OnGet().Times(Failures).Custom(async http =>
        {
            bool isProbe;
            lock (sync)
            {
                isProbe = ++count > AtFirst;
                running += isProbe ? 1 : 0;
                most = Math.Max(most, running);
            }

            await Task.Delay(20);
            lock (sync)
                running -= isProbe ? 1 : 0;
            http.Response.StatusCode = 500;
            return true;
        });

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.Equal(1, most);
        Assert.Equal(Failures + Files, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    [Fact]
    public async Task A_store_that_comes_back_is_used_by_everybody_again()
    {
        await using var fixture = await StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 20 };
        fixture.Server.Faults.OnGet().Times(20).DropConnectionBeforeHeaders();

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.Equal(Files, outcome.Result.FilesDownloaded);
    }

    [Fact]
    public async Task A_store_that_falls_silent_is_waited_for_whatever_the_retries()
    {
        await using var fixture = await StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 5, OutagePatience = TimeSpan.FromHours(1) };
        fixture.Server.Faults.OnGet().Always().DropConnectionBeforeHeaders();
        var monitor = new TransferMonitor();

        var saving = fixture.SaveAsync(fixture.Request(), monitor);
        // Three times what the retries would bear.
        while (fixture.Server.Log.RequestsOf(S3Operation.GetObject) < 3 * (8 + 5) && !saving.IsCompleted)
            await Task.Delay(10);
        var waiting = monitor.Snapshot().Phase;
        fixture.Server.Faults.Clear();
        var outcome = await saving;

        outcome.AssertSucceeded();
        Assert.Equal(TransferPhase.Waiting, waiting);
        Assert.Equal(Files, outcome.Result.FilesDownloaded);
    }

    [Fact]
    public async Task A_store_that_stays_silent_is_given_up_when_patience_is_over()
    {
        await using var fixture = await StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 5, OutagePatience = TimeSpan.FromMilliseconds(300) };
        fixture.Server.Faults.OnGet().Always().DropConnectionBeforeHeaders();

        var outcome = await fixture.SaveAsync();

        Assert.Equal(Files, outcome.Result.FilesFailed);
        Assert.All(outcome.Result.Files, file => Assert.Equal(ModelStoreErrorCode.ConnectionLost, file.ErrorCode));
    }

    [Fact]
    public async Task A_store_that_answers_that_it_is_broken_is_not_waited_for()
    {
        await using var fixture = await StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 5, OutagePatience = TimeSpan.FromHours(1) };
        fixture.Server.Faults.OnGet().Always().Status(500);

        var outcome = await fixture.SaveAsync();

        Assert.Equal(Files, outcome.Result.FilesFailed);
        Assert.InRange(fixture.Server.Log.RequestsOf(S3Operation.GetObject), 1, 8 + 5);
    }

    [Fact]
    public async Task A_failing_object_does_not_stop_the_others()
    {
        await using var fixture = await StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 2 };
        fixture.Server.Faults.OnGet("m/007.bin").Always().Status(500);

        var outcome = await fixture.SaveAsync();

        outcome.OnlyFailure(ModelStoreErrorCode.ServerError);
        Assert.Equal(Files - 1, outcome.Result.FilesDownloaded);
    }

    [Fact]
    public async Task Thousands_of_broken_bodies_do_not_fail_a_file_that_makes_progress()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Options = fixture.Options with { MaxRetries = 1, BackoffBase = TimeSpan.FromTicks(1), BackoffCap = TimeSpan.FromTicks(1) };
        var content = fixture.Put("m/w.bin", 140 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet().Always().Truncate(70_000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.InRange(outcome.Result.Retries, 1900, 2200);
        Assert.Equal(140 * MiB, outcome.Result.BytesDownloaded);
    }

    private static async Task<EngineFixture> StartAsync()
    {
        var fixture = await EngineFixture.StartAsync();
        fixture.Verification = VerificationLevel.Size;
        for (var i = 0; i < Files; i++)
            fixture.Put(string.Create(CultureInfo.InvariantCulture, $"m/{i:000}.bin"), 1000, seed: i);
        return fixture;
    }
}
