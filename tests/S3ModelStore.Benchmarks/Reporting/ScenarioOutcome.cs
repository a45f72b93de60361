using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Scenarios;

namespace S3ModelStore.Benchmarks.Reporting;

/// <summary>What came of a scenario.</summary>
internal sealed record ScenarioOutcome(Scenario Scenario, IReadOnlyList<Series> Series)
{
    public IEnumerable<Series> Finished => Series.Where(series => series.Failure is null);

    /// <summary>Whom the others are held against: the best by the median of a figure among the peers, or the first where we are alone.</summary>
    public Series? BestPeer(Func<Measurement, double> of)
        => Finished.Where(series => !series.IsOurs).MinBy(series => series.Median(of)) ?? Finished.FirstOrDefault();
}
