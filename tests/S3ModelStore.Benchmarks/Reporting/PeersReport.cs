using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Scenarios;

namespace S3ModelStore.Benchmarks.Reporting;

/// <summary>The comparison with peers as a page for people, raw numbers for programs and a chart.</summary>
internal sealed class PeersReport
{
    private const double GiB = 1L << 30;
    private const double MiB = 1L << 20;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    private readonly StringBuilder _markdown = new();

    /// <param name="versions">Of the contestants, and who is absent.</param>
    /// <param name="rounds">Runs of each.</param>
    /// <param name="scale">1 is full size.</param>
    public PeersReport(IReadOnlyList<string> versions, int rounds, double scale)
    {
        Text("# Side by side with other downloaders");
        Text(string.Empty);
        Line($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {Environment.OSVersion}; {rounds} rounds, scale {scale}. Every run is a process of its own, measured from its start to its end; the contestants take turns.");
        Text("Figures are median (min–max). Ratios are to the best peer, by that figure's median, and taken within each round; less than 1 is better than the best peer.");
        Text("Server: nginx, static files, sendfile, two workers, a canned listing, no signatures; where it says so, MinIO. Here nobody but S3ModelStore holds the bytes against the checksum that the store tells. Wall time includes the start of every program; what .NET programs take once they are up stands beside it. PowerShell's own assembly is compiled ahead here, as it is in pwsh.");
        Text(string.Empty);
        foreach (var version in versions)
            Text("- " + version);
    }

    public void Add(ScenarioOutcome outcome)
    {
        var scenario = outcome.Scenario;
        // Where nearly nothing is moved, a gibibyte is no measure.
        var moves = scenario.Kind != ScenarioKind.Warm && scenario.Bytes >= GiB / 8;
        var units = moves ? scenario.Bytes / GiB : 1;
        var (wall, cpu) = (outcome.BestPeer(run => run.WallSeconds), outcome.BestPeer(run => run.CpuSeconds));
        Text(string.Empty);
        Line($"## {scenario.Name}: {scenario.Title}");
        Text(string.Empty);
        Line($"{scenario.Files.Count} files, {scenario.Bytes / MiB:0.0} MiB. Held against: wall {wall?.Name}; CPU {cpu?.Name}.");
        Text(string.Empty);
        Line($"| | wall s | once up s | wall ratio | CPU-s{(moves ? "/GiB" : string.Empty)} | user + system | CPU ratio | peak MiB | requests | connections |{(scenario.Kind == ScenarioKind.Resume ? " fetched twice MiB |" : string.Empty)}");
        Line($"|---|---|---|---|---|---|---|---|---|---|{(scenario.Kind == ScenarioKind.Resume ? "---|" : string.Empty)}");
        foreach (var series in outcome.Series)
            Text(series.Failure is null ? Row(series, wall!, cpu!, units) + (scenario.Kind == ScenarioKind.Resume ? Twice(series, scenario) : string.Empty) : $"| {series.Name} | failed: {series.Failure.ReplaceLineEndings(" ")} | | | | | | | | |");
        Text(string.Empty);
        foreach (var series in outcome.Series.Where(series => series.Command is not null))
            Line($"- {series.Name}: `{series.Command}`");
    }

    /// <summary>Leaves it in a directory as <c>peers.md</c>, <c>peers.json</c> and <c>peers.svg</c>.</summary>
    public async Task SaveAsync(string directory, IReadOnlyList<ScenarioOutcome> outcomes)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "peers.md"), _markdown.ToString());
        await File.WriteAllTextAsync(Path.Combine(directory, "peers.json"), JsonSerializer.Serialize(outcomes, Indented));
        await File.WriteAllTextAsync(Path.Combine(directory, "peers.svg"), new RatioChart(outcomes).ToSvg());
    }

    public override string ToString() => _markdown.ToString();

    private static string Row(Series series, Series wall, Series cpu, double units) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {(series.IsOurs ? $"**{series.Name}**" : series.Name)} | {series.SpreadOf(run => run.WallSeconds).ToString("0.00")} | {OnceUp(series)} | {series.RatioTo(wall, run => run.WallSeconds).ToString("0.00")} | {series.SpreadOf(run => run.CpuSeconds / units).ToString("0.00")} | {series.Median(run => run.UserSeconds / units):0.00} + {series.Median(run => run.SystemSeconds / units):0.00} | {series.RatioTo(cpu, run => run.CpuSeconds).ToString("0.00")} | {series.SpreadOf(run => run.PeakBytes / MiB).ToString("0")} | {Counted(series, Requests)} | {Counted(series, Connections)} |");

    private static string Twice(Series series, Scenario scenario)
        => $" {series.SpreadOf(run => (run.ServerBefore!.BodyBytes + run.Server!.BodyBytes - scenario.Bytes) / MiB).ToString("0.0")}, {series.Median(run => run.ServerBefore!.Connections):0} connections were open |";

    private static string OnceUp(Series series) => series.Runs[0].WorkSeconds > 0 ? series.SpreadOf(run => run.WorkSeconds).ToString("0.00") : string.Empty;

    // Only nginx counts.
    private static string Counted(Series series, Func<Measurement, double> count) => series.Median(count) is > 0 and var median ? median.ToString("0", CultureInfo.InvariantCulture) : "–";

    private static double Requests(Measurement run) => run.Server?.Requests ?? 0;

    private static double Connections(Measurement run) => run.Server?.Connections ?? 0;

    private void Line(FormattableString text) => _markdown.AppendLine(text.ToString(CultureInfo.InvariantCulture));

    private void Text(string text) => _markdown.AppendLine(text);
}
