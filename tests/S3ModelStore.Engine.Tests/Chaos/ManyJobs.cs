using System.Globalization;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>Several jobs on one destination, bad connections, and jobs that are stopped in the middle while others go on.</summary>
internal static class ManyJobs
{
    private const int Stopped = 3;
    private const int Files = 24;

    public static async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = 64 * 1024, MaxConcurrency = 4, MaxRetries = 100 };
        var contents = Enumerable.Range(0, Files)
            .Select(i => fixture.Put(string.Create(CultureInfo.InvariantCulture, $"m/{i}.bin"), random.Next(4) == 0 ? random.Next(200_000, 600_000) : random.Next(5000), seed + i))
            .ToList();
        fixture.Server.Faults.OnGet().WithProbability(0.1, seed).Truncate(30_000);
        fixture.Server.Faults.OnGet().WithProbability(0.1, seed + 1).Status(503);
        fixture.Server.Faults.OnGet().WithProbability(0.1, seed + 2).ResetMidBody(1000);

        await Task.WhenAll([SaveAsync(fixture), .. Enumerable.Range(0, Stopped).Select(_ => SaveAndStopAsync(fixture, random.Next(1, 60)))]);

        // A job that was stopped after the last one had succeeded leaves its log to the next, which needs nothing else.
        var gets = Gets(fixture);
        await SaveAsync(fixture);
        Assert.Equal(gets, Gets(fixture));
        AssertAllThere(fixture, contents);
    }

    private static int Gets(EngineFixture fixture) => fixture.Server.Log.Entries.Count(entry => entry.Operation == S3Operation.GetObject);

    private static async Task SaveAsync(EngineFixture fixture) => (await fixture.SaveAsync()).AssertSucceeded();

    // Stopped when the server has been asked so often; a job that was quicker than that has ended well.
    private static async Task SaveAndStopAsync(EngineFixture fixture, int request)
    {
        // Not disposed: the request that stops this job may be another one's, and still under way when this job has ended.
        var stop = new CancellationTokenSource();
        var rule = fixture.Server.Faults.OnGet().Nth(request).Alongside().Custom(http =>
        {
            _ = stop.CancelAsync();
            return Task.FromResult(false);
        });
        try
        {
            (await fixture.SaveAsync(cancellation: stop.Token)).AssertSucceeded();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As it was told.
        }
        finally
        {
            fixture.Server.Faults.Remove(rule);
        }
    }

    private static void AssertAllThere(EngineFixture fixture, List<ObjectContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
            fixture.AssertHolds(string.Create(CultureInfo.InvariantCulture, $"{i}.bin"), contents[i]);
        Assert.Equal(contents.Count, fixture.Files().Count);
        foreach (var directory in (string[])["partial", "locks", "completed"])
            Assert.Empty(Directory.GetFiles(Path.Combine(fixture.StateDirectory, directory)));
    }
}
