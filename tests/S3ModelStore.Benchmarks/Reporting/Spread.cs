using System.Globalization;

namespace S3ModelStore.Benchmarks.Reporting;

/// <summary>Smallest, middle and largest of some figures.</summary>
internal sealed record Spread(double Low, double Median, double High)
{
    /// <param name="figures">At least one.</param>
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return new Spread(sorted[0], (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, sorted[^1]);
    }

    public string ToString(string format)
    {
        var culture = CultureInfo.InvariantCulture;
        return $"{Median.ToString(format, culture)} ({Low.ToString(format, culture)}–{High.ToString(format, culture)})";
    }
}
