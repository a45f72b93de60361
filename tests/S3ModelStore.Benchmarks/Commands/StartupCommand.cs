using System.Globalization;
using System.Text.Json;
using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Peers;
using S3ModelStore.Benchmarks.Reporting;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>How long somebody waits before anything is asked of a store, and what has been loaded by then.</summary>
internal static class StartupCommand
{
    private static readonly string[] Names = ["PowerShell engine", "+ Import-Module", "+ first Get-S3ModelObject"];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        if (!Requirements.Meet(withPeers: false))
            return 1;
        using var server = await ServerProcess.StartAsync(("objects", 1));
        using var scratch = new Scratch(parent: null, 0);
        var contest = new SideBySide(server.CountAsync, scratch);
        var steps = new List<StartupStep>();
        for (var i = 1; i <= Names.Length; i++)
        {
            var command = ChildProcess.Command(StartupChild.Verb, ("steps", i), ("endpoint", server.Endpoint), ("source", $"s3://{ServerChild.Bucket}/{ServerChild.Small}"));
            contest.Add(Names[i - 1], async _ =>
            {
                var (cost, output) = await TimedRun.MeasureAsync(command, scratch.Root);
                steps = JsonSerializer.Deserialize<List<StartupStep>>(output)!;
                return cost;
            });
        }

        var series = await contest.RunAsync(arguments.Number("rounds", 5));
        var report = new Report("startup", "Start-up, each a process of its own");
        report.Compare("run", 1, series);
        if (steps.Count == Names.Length)
            Describe(report, steps);
        await report.PublishAsync(arguments.TextOrNull("output"), new { Series = series, Steps = steps });
        return steps.Count == Names.Length && !LoadsSdk(steps[1]) ? 0 : 1;
    }

    private static void Describe(Report report, List<StartupStep> steps)
    {
        report.Line(string.Empty);
        for (var i = 0; i < steps.Count; i++)
            report.Line(string.Create(CultureInfo.InvariantCulture, $"- {Names[i]}: {steps[i].Assemblies} assemblies{(i == 0 ? string.Empty : ", new " + string.Join(", ", steps[i].New))}"));
        report.Line($"- The AWS SDK was {(LoadsSdk(steps[1]) ? "**loaded by the import**" : "not loaded before the first command")}.");
    }

    private static bool LoadsSdk(StartupStep step) => step.New.Any(name => name.StartsWith("AWSSDK", StringComparison.Ordinal));
}
