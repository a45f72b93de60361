using System.Collections.Concurrent;
using System.Globalization;
using Xunit;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>
/// Every fault there is, alone and with others, from a seed. The normal run has each of them in the lead at least once. Two hundred seeds, with a table:
/// <c>dotnet test --project tests/S3ModelStore.Engine.Tests --explicit only --filter-class "*StormTests" --output detailed --show-live-output on</c>
/// </summary>
public sealed class StormTests
{
    private const int NormalSeeds = 30;
    private const int LongSeeds = 200;

    private readonly ITestOutputHelper _output;

    public StormTests(ITestOutputHelper output) => _output = output;

    public static TheoryData<int> Seeds()
        => Number("S3MODELSTORE_SEED") is { } only ? [only] : new TheoryData<int>(Enumerable.Range(0, NormalSeeds));

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Right_bytes_or_the_right_error_come_out_of_a_storm(int seed) => RunAsync(seed, _ => { });

    [Fact]
    public void Every_fault_leads_one_of_the_normal_storms()
        => Assert.Equal(ChaosFaults.All.Count, Enumerable.Range(0, NormalSeeds).SelectMany(LeadsOf).Distinct().Count());

    [Fact(Explicit = true)]
    public async Task A_long_storm()
    {
        var outcomes = new ConcurrentBag<StormOutcome>();
        var wrong = new ConcurrentBag<Exception>();
        await Parallel.ForAsync(0, LongSeeds, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (seed, _) =>
        {
            try
            {
                await RunAsync(seed, outcomes.Add);
            }
            catch (Exception e)
            {
                wrong.Add(e);
            }
        });
        _output.WriteLine(StormTable.Of(outcomes));
        foreach (var each in wrong)
            _output.WriteLine(each.Message);
        Assert.Empty(wrong);
    }

    // Three storms for each seed: so thirty seeds are enough for every fault to lead once.
    private static IEnumerable<ChaosFault> LeadsOf(int seed)
        => Enumerable.Range(0, 3).Select(round => ChaosFaults.All[(seed + (round * NormalSeeds)) % ChaosFaults.All.Count]);

    private static async Task RunAsync(int seed, Action<StormOutcome> report)
    {
        var storms = Task.WhenAll(LeadsOf(seed).Select((lead, round) => RunOneAsync((seed * 3) + round, lead)));
        try
        {
            await storms;
        }
        catch (InvalidOperationException)
        {
            Assert.Fail($"""
                {string.Join(Environment.NewLine, storms.Exception!.InnerExceptions)}
                Again: S3MODELSTORE_SEED={seed.ToString(CultureInfo.InvariantCulture)} dotnet test --project tests/S3ModelStore.Engine.Tests --filter-method "*StormTests.Right_bytes*"
                """);
        }

        async Task RunOneAsync(int seedOfStorm, ChaosFault lead) => report(await StormRun.RunAsync(seedOfStorm, lead));
    }

    private static int? Number(string variable)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
