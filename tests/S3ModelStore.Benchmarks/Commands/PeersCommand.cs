using S3ModelStore.Benchmarks.Neutral;
using S3ModelStore.Benchmarks.Peers;
using S3ModelStore.Benchmarks.Reporting;
using S3ModelStore.Benchmarks.Scenarios;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>The module and its engine beside other downloaders, against a server that is nobody's.</summary>
internal static class PeersCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var setup = arguments.Has("setup");
        if (!Requirements.Meet(withPeers: setup))
            return 1;
        if (setup)
            return 0;

        var (rounds, scale) = (arguments.Number("rounds", 5), arguments.Fraction("scale", 1));
        var catalog = new ScenarioCatalog(scale);
        if (catalog.Choose(arguments.TextOrNull("scenarios")) is not { } scenarios)
        {
            Console.Error.WriteLine($"There are the scenarios {string.Join(", ", catalog.All.Select(each => each.Name))}.");
            return 2;
        }

        var present = Contestants.All.Where(contestant => contestant.Tool is null || ExternalTool.IsThere(contestant.Tool)).ToList();
        var report = new PeersReport([.. Contestants.All.Select(Describe)], rounds, scale);
        var outcomes = new List<ScenarioOutcome>();
        foreach (var scenario in scenarios)
        {
            Console.Error.WriteLine($"{scenario.Name}: {scenario.Title}");
            if (scenario.Front == Front.Minio && !MinioServer.IsThere)
            {
                Console.Error.WriteLine($"{scenario.Name}: left out, {MinioServer.Program} is not on the PATH");
                continue;
            }

            using var contest = await Contest.PrepareAsync(scenario, arguments.TextOrNull("destination"));
            outcomes.Add(await contest.RunAsync(present, rounds));
            report.Add(outcomes[^1]);
            // After every scenario: what was measured is not lost with the next one.
            if (arguments.TextOrNull("output") is { } output)
                await report.SaveAsync(output, outcomes);
        }

        Console.WriteLine(report);
        return outcomes.Exists(outcome => outcome.Series.Any(series => series is { IsOurs: true, Failure: not null })) ? 1 : 0;
    }

    private static string Describe(Contestant contestant)
    {
        if (contestant.Tool is not { } tool)
            return contestant.Name;
        return ExternalTool.IsThere(tool) ? $"{contestant.Name}: {ExternalTool.FirstLineOf(tool, contestant.VersionArgument)}" : $"{contestant.Name}: absent, {tool} is not on the PATH";
    }
}
