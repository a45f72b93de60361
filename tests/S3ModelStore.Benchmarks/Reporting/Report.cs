using System.Globalization;
using System.Text;
using System.Text.Json;

namespace S3ModelStore.Benchmarks.Reporting;

/// <summary>A table for people and the raw numbers for programs.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string _name;
    private readonly StringBuilder _markdown = new();

    public Report(string name, string title)
    {
        _name = name;
        _markdown.AppendLine(CultureInfo.InvariantCulture, $"# {title}").AppendLine();
        _markdown.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {Environment.OSVersion}. Median (min–max) of the rounds.").AppendLine();
    }

    /// <param name="unit">What the CPU seconds are divided by.</param>
    /// <param name="units">How many of those a run moves.</param>
    /// <param name="contestants">The first is what the others are held against.</param>
    public void Compare(string unit, double units, IReadOnlyList<Series> contestants)
    {
        _markdown.AppendLine(CultureInfo.InvariantCulture, $"| | wall s | CPU-s/{unit} | of it system | CPU ratio | wall ratio | peak MiB | allocated MiB | GCs | requests | connections |");
        _markdown.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var series in contestants)
        {
            if (series.Failure is not null)
            {
                _markdown.AppendLine(CultureInfo.InvariantCulture, $"| {series.Name} | failed: {series.Failure} | | | | | | | | | |");
                continue;
            }

            var last = series.Runs[^1];
            _markdown.AppendLine(CultureInfo.InvariantCulture, $"| {series.Name} | {series.SpreadOf(run => run.WallSeconds).ToString("0.00")} | {series.SpreadOf(run => run.CpuSeconds / units).ToString("0.00")} | {series.Median(run => run.SystemSeconds / units):0.00} | {series.RatioTo(contestants[0], run => run.CpuSeconds).Median:0.00} | {series.RatioTo(contestants[0], run => run.WallSeconds).Median:0.00} | {series.SpreadOf(run => run.PeakBytes / 1048576.0).ToString("0")} | {series.Median(run => run.AllocatedBytes / 1048576.0):0} | {string.Join('/', last.Collections)} | {last.Server?.Requests} | {last.Server?.Connections} |");
        }
    }

    public void Line(string text) => _markdown.AppendLine(text);

    /// <summary>Prints the report and, with a directory, leaves it there as <c>name.md</c> and <c>name.json</c>.</summary>
    public async Task PublishAsync(string? directory, object data)
    {
        Console.WriteLine(_markdown);
        if (directory is null)
            return;
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, _name + ".md"), _markdown.ToString());
        await File.WriteAllTextAsync(Path.Combine(directory, _name + ".json"), JsonSerializer.Serialize(data, Indented));
    }
}
