using S3ModelStore.Benchmarks.Children;

namespace S3ModelStore.Benchmarks.Reporting;

/// <summary>The runs of one contestant.</summary>
internal sealed record Series(string Name, IReadOnlyList<Measurement> Runs)
{
    /// <summary>Why it was taken out; <see langword="null"/> when every round went well.</summary>
    public string? Failure { get; init; }

    public bool IsOurs { get; init; }

    /// <summary>What was run, for people.</summary>
    public string? Command { get; init; }

    public double Median(Func<Measurement, double> of) => SpreadOf(of).Median;

    public Spread SpreadOf(Func<Measurement, double> of) => Spread.Of(Runs.Select(of));

    /// <summary>The ratios to another contestant's run of the same round: what disturbs a round disturbs both.</summary>
    public Spread RatioTo(Series other, Func<Measurement, double> of) => Spread.Of(Runs.Zip(other.Runs, (mine, theirs) => of(mine) / of(theirs)));
}
