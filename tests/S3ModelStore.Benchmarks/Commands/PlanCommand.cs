using System.Globalization;
using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Reporting;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>What a planned file costs in memory: few against many.</summary>
internal static class PlanCommand
{
    private const int Few = 1000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var report = new Report("plan", "Memory of a plan");
        report.Line("| files | wall s | CPU-s | peak MiB | live bytes of the plan | per file |");
        report.Line("|---|---|---|---|---|---|");
        var measured = new List<Measurement>();
        foreach (var objects in (int[])[Few, arguments.Number("objects", 100_000)])
        {
            using var server = await ServerProcess.StartAsync(("objects", objects));
            using var scratch = new Scratch(arguments.TextOrNull("destination"), 0);
            var run = await ChildProcess.MeasureAsync(PlanChild.Verb, ("objects", objects), ("endpoint", server.Endpoint), ("destination", scratch.Next()));
            measured.Add(run);
            report.Line(string.Create(CultureInfo.InvariantCulture, $"| {objects} | {run.WallSeconds:0.00} | {run.CpuSeconds:0.00} | {run.PeakBytes / 1048576.0:0} | {run.LiveBytes} | {(double)run.LiveBytes / objects:0} |"));
        }

        await report.PublishAsync(arguments.TextOrNull("output"), measured);
        return 0;
    }
}
