using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Commands;
using S3ModelStore.Benchmarks.Neutral;
using S3ModelStore.Benchmarks.Peers;
using S3ModelStore.Benchmarks.Reporting;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Benchmarks.Scenarios;

/// <summary>One scenario from its files to its outcome.</summary>
internal sealed class Contest : IDisposable
{
    private readonly Scenario _scenario;
    private readonly Scratch _scratch;
    private readonly Origin _origin;
    private readonly NginxServer _server;
    private readonly Way _way;

    private Contest(Scenario scenario, Scratch scratch, Origin origin, NginxServer server, Way way)
    {
        _scenario = scenario;
        _scratch = scratch;
        _origin = origin;
        _server = server;
        _way = way;
    }

    /// <param name="scenario">What to run.</param>
    /// <param name="parent">Directory for files and runs; <see langword="null"/> for memory where it has room.</param>
    public static async Task<Contest> PrepareAsync(Scenario scenario, string? parent)
    {
        var scratch = new Scratch(parent, scenario.Bytes * 2);
        var origin = new Origin(Path.Combine(scratch.Root, "origin"), scenario);
        var server = await NginxServer.StartAsync(origin, scenario.BytesPerSecond);
        return new Contest(scenario, scratch, origin, server, await Way.OpenAsync(scenario, origin, server));
    }

    /// <param name="present">Contestants that this machine has.</param>
    /// <param name="rounds">Runs of each.</param>
    public async Task<ScenarioOutcome> RunAsync(IReadOnlyList<Contestant> present, int rounds)
    {
        var running = Choose(present);
        var contest = new SideBySide(_server.CountAsync, _scratch);
        foreach (var contestant in running)
            contest.Add(contestant.Name, destination => RunAsync(contestant, destination), destination => PrepareAsync(contestant, destination));
        var series = await contest.RunAsync(rounds);
        return new ScenarioOutcome(_scenario, [.. series.Zip(running, (each, contestant) => each with { IsOurs = contestant.IsOurs, Command = Shown(contestant) })]);
    }

    public void Dispose()
    {
        _way.Dispose();
        _server.Dispose();
        _origin.Dispose();
        _scratch.Dispose();
    }

    private IReadOnlyList<Contestant> Choose(IReadOnlyList<Contestant> present) => _scenario.Kind switch
    {
        ScenarioKind.Warm => [.. present.Where(contestant => contestant.Synchronize is not null)],
        ScenarioKind.Resume => [OwnTools.Engine],
        ScenarioKind.Levels => OwnTools.EnginePerLevel,
        _ => present,
    };

    private Target TargetAt(string destination) => new(_way.Endpoint, _scenario.Name, [.. _scenario.Files.Select(file => file.Name)], destination)
    {
        Provable = _scenario.Front == Front.Minio ? VerificationLevel.ETagMd5 : VerificationLevel.FullObject,
    };

    private Invocation CommandOf(Contestant contestant, Target target)
        => _scenario.Kind == ScenarioKind.Warm ? contestant.Synchronize!(target) : contestant.Download(target);

    private string Shown(Contestant contestant)
        => CommandOf(contestant, TargetAt(Path.Combine(_scratch.Root, "run"))).ToString().Replace(_scratch.Root + "/", string.Empty, StringComparison.Ordinal).Replace(AppContext.BaseDirectory, string.Empty, StringComparison.Ordinal);

    private async Task PrepareAsync(Contestant contestant, string destination)
    {
        Directory.CreateDirectory(destination);
        var target = TargetAt(destination);
        if (_scenario.Kind == ScenarioKind.Warm)
            await TimedRun.MeasureAsync(contestant.Download(target), destination);
    }

    private async Task<Measurement> RunAsync(Contestant contestant, string destination)
    {
        var target = TargetAt(destination);
        var before = _scenario.Kind == ScenarioKind.Resume ? await DieAtHalfAsync(target) : null;
        var (cost, _) = await TimedRun.MeasureAsync(CommandOf(contestant, target), destination);
        foreach (var file in _scenario.Files)
        {
            var there = new FileInfo(Path.Combine(destination, file.Name));
            if (!there.Exists || there.Length != file.Size)
                throw new InvalidOperationException($"{contestant.Name} ended well without {file.Name}.");
        }

        return cost with { ServerBefore = before };
    }

    private async Task<ServerCounts> DieAtHalfAsync(Target target)
    {
        if (await TimedRun.RunAsync(OwnTools.EngineThatDies(target, _scenario.Bytes / 2), target.Destination) == 0)
            throw new InvalidOperationException("The run was over before it could be killed; use a larger --scale.");
        return await _server.CountAsync();
    }
}
