using S3ModelStore.Engine.Progress;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Several jobs on one destination: every file is fetched once. Jobs of one process lock each other out as processes do.</summary>
public sealed class CooperationTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task Two_jobs_fetch_every_file_once()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = MiB, MaxConcurrency = 4 };
        for (var i = 0; i < 40; i++)
            fixture.Put($"m/{i}.bin", i % 4 == 0 ? 3 * MiB : 5000, seed: i);

        var outcomes = await Task.WhenAll(fixture.SaveAsync(), fixture.SaveAsync());

        Assert.All(outcomes, outcome => Assert.True(outcome.Result.Success));
        Assert.Equal(10 * 3 + 30, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
        Assert.Equal(40, fixture.Files().Count);
        Assert.Equal(40, outcomes.Sum(outcome => outcome.Result.FilesDownloaded));
    }

    [Fact]
    public async Task A_job_that_comes_second_waits_for_the_file_and_does_not_fetch_it()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100_000);
        var gate = new Gate();
        fixture.Server.Faults.OnGet("m/a.bin").HoldMidBody(gate, 1000);

        var first = fixture.SaveAsync();
        await gate.Reached;
        var monitor = new TransferMonitor();
        var second = fixture.SaveAsync(fixture.Request(), monitor);
        while (monitor.Snapshot().Phase != TransferPhase.Downloading)
            await Task.Delay(5);
        gate.Release();
        var outcomes = await Task.WhenAll(first, second);

        Assert.Equal(1, fixture.Server.Log.RequestsOf(EngineFixture.Bucket, "m/a.bin"));
        Assert.Equal(1, outcomes[0].Result.FilesDownloaded);
        Assert.Equal(1, outcomes[1].Result.FilesUnchanged);
    }

    [Fact]
    public async Task The_last_job_out_leaves_no_lock_of_a_file_behind()
    {
        await using var fixture = await EngineFixture.StartAsync();
        for (var i = 0; i < 20; i++)
            fixture.Put($"m/{i}.bin", 500, seed: i);

        await Task.WhenAll(fixture.SaveAsync(), fixture.SaveAsync());

        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.StateDirectory, "locks")));
        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.StateDirectory, "completed")));
        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.StateDirectory, "partial")));
    }
}
