using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Reporting;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>Many files of 4 KiB, where requests and file handling are everything.</summary>
internal static class SmallCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var objects = arguments.Number("objects", 10_000);
        using var server = await ServerProcess.StartAsync(("objects", objects));
        using var scratch = new Scratch(arguments.TextOrNull("destination"), objects * 4096L);
        var contest = new SideBySide(server.CountAsync, scratch);
        contest.AddChild("bare loop", server.Endpoint, BareChild.Verb, ("objects", objects), ("parallel", arguments.Number("parallel", 8)));
        contest.AddChild("engine", server.Endpoint, EngineChild.Verb, ("kind", ServerChild.Small));

        var series = await contest.RunAsync(arguments.Number("rounds", 3));
        var report = new Report("small", $"{objects} objects of 4 KiB from the loopback server to {scratch.Root}");
        report.Compare("run", 1, series);
        await report.PublishAsync(arguments.TextOrNull("output"), series);
        return 0;
    }
}
