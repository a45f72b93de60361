using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>
/// Storms and jobs that get in each other's way for an hour, or for as many minutes as <c>S3MODELSTORE_SOAK</c> says, and what the process
/// holds between them. Only when asked for:
/// <c>dotnet test --project tests/S3ModelStore.Engine.Tests --explicit only --filter-class "*SoakTests" --output detailed --show-live-output on</c>
/// </summary>
public sealed class SoakTests
{
    private const int RoundsBetweenSamples = 40;

    private readonly ITestOutputHelper _output;

    public SoakTests(ITestOutputHelper output) => _output = output;

    [Fact(Explicit = true)]
    public async Task Nothing_grows()
    {
        var minutes = double.TryParse(Environment.GetEnvironmentVariable("S3MODELSTORE_SOAK"), NumberStyles.Float, CultureInfo.InvariantCulture, out var given) ? given : 60;
        // A busy machine makes the pool add threads; that is its affair, and no leak.
        ThreadPool.GetMaxThreads(out var workers, out var ports);
        ThreadPool.SetMaxThreads(16, ports);
        try
        {
            await SoakAsync(minutes);
        }
        finally
        {
            ThreadPool.SetMaxThreads(workers, ports);
        }
    }

    private async Task SoakAsync(double minutes)
    {
        var running = Stopwatch.StartNew();
        var samples = new List<SoakSample>();
        for (var round = 0; running.Elapsed.TotalMinutes < minutes || samples.Count < 6; round += RoundsBetweenSamples)
        {
            await Parallel.ForAsync(round, round + RoundsBetweenSamples, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (each, _) => await RunAsync(each));
            samples.Add(SoakSample.Take(running.Elapsed, round + RoundsBetweenSamples));
            _output.WriteLine(samples[^1].ToString());
        }

        // The first samples are those of a process that still compiles and fills its pools.
        var settled = samples.Skip(samples.Count / 3).ToList();
        // The array pool keeps buffers for every thread that ever rented one.
        AssertFlat("bytes of heap", settled, sample => sample.Heap - (sample.Threads * 1_000_000.0), slack: 2_000_000);
        AssertFlat("bytes resident", settled, sample => sample.Resident, slack: 60_000_000);
        AssertFlat("handles", settled, sample => sample.Handles, slack: 12);
        AssertFlat("threads", settled, sample => sample.Threads, slack: 12);
    }

    private static Task RunAsync(int round)
        => round % 8 == 7 ? ManyJobs.RunAsync(round) : StormRun.RunAsync(round, ChaosFaults.All[round % ChaosFaults.All.Count]);

    // A leak is a line that goes up: the growth along the line of least squares, from its beginning to its end.
    private static void AssertFlat(string what, List<SoakSample> samples, Func<SoakSample, double> value, double slack)
    {
        var middle = samples.Average(sample => (double)sample.Rounds);
        var mean = samples.Average(value);
        var slope = samples.Sum(sample => (sample.Rounds - middle) * (value(sample) - mean)) / samples.Sum(sample => (sample.Rounds - middle) * (sample.Rounds - middle));
        var growth = slope * (samples[^1].Rounds - samples[0].Rounds);
        Assert.True(growth < slack, string.Create(CultureInfo.InvariantCulture, $"{growth:0} more {what} in {samples[^1].Rounds - samples[0].Rounds} rounds."));
    }
}
