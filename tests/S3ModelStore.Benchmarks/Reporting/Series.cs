using S3ModelStore.Benchmarks.Children;

namespace S3ModelStore.Benchmarks.Reporting;

/// <summary>The runs of one contestant.</summary>
internal sealed record Series(string Name, IReadOnlyList<Measurement> Runs)
{
    public double Median(Func<Measurement, double> of)
    {
        var sorted = Runs.Select(of).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Median of the ratios to another contestant's run of the same round: what disturbs a round disturbs both.</summary>
    public double RatioTo(Series other, Func<Measurement, double> of)
    {
        var ratios = Runs.Zip(other.Runs, (mine, theirs) => of(mine) / of(theirs)).Order().ToList();
        return (ratios[(ratios.Count - 1) / 2] + ratios[ratios.Count / 2]) / 2;
    }
}
