using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Reporting;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>Runs contestants in turn, round after round: whatever else the machine does meanwhile meets all of them.</summary>
internal sealed class SideBySide
{
    private readonly Func<Task<ServerCounts>> _count;
    private readonly Scratch _scratch;
    private readonly List<(string Name, Func<string, Task<Measurement>> Run, Func<string, Task>? Prepare)> _contestants = [];

    /// <param name="count">What the server was asked since the last call.</param>
    /// <param name="scratch">Where the runs write.</param>
    public SideBySide(Func<Task<ServerCounts>> count, Scratch scratch)
    {
        _count = count;
        _scratch = scratch;
    }

    /// <param name="name">In the table.</param>
    /// <param name="run">Downloads into the directory it is given.</param>
    /// <param name="prepare">Puts there what a run is to find; not measured.</param>
    public void Add(string name, Func<string, Task<Measurement>> run, Func<string, Task>? prepare = null) => _contestants.Add((name, run, prepare));

    public void AddChild(string name, string endpoint, string verb, params IReadOnlyList<(string Name, object Value)> arguments)
        => Add(name, destination => ChildProcess.MeasureAsync(verb, [.. arguments, ("endpoint", endpoint), ("destination", destination)]));

    /// <summary>Runs all. Who fails once is out, and the series says why.</summary>
    public async Task<IReadOnlyList<Series>> RunAsync(int rounds)
    {
        var runs = _contestants.ConvertAll(_ => new List<Measurement>());
        var failures = new string?[_contestants.Count];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < _contestants.Count; i++)
            {
                if (failures[i] is not null)
                    continue;
                try
                {
                    runs[i].Add(await RunOnceAsync(i, round));
                }
                catch (InvalidOperationException e)
                {
                    failures[i] = e.Message;
                    Console.Error.WriteLine($"round {round + 1} {_contestants[i].Name}: {e.Message}");
                }
            }
        }

        return [.. _contestants.Select((contestant, i) => new Series(contestant.Name, runs[i]) { Failure = failures[i] })];
    }

    private async Task<Measurement> RunOnceAsync(int contestant, int round)
    {
        var (name, run, prepare) = _contestants[contestant];
        var destination = _scratch.Next();
        if (prepare is not null)
            await prepare(destination);
        await _count();
        var measured = await run(destination);
        Console.Error.WriteLine($"round {round + 1} {name}: {measured.WallSeconds:0.00} s, {measured.CpuSeconds:0.00} CPU-s");
        return measured with { Server = await _count() };
    }
}
