using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Reporting;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>Runs contestants in turn, round after round: whatever else the machine does meanwhile meets all of them.</summary>
internal sealed class SideBySide
{
    private readonly ServerProcess _server;
    private readonly Scratch _scratch;
    private readonly List<(string Name, Func<string, Task<Measurement>> Run)> _contestants = [];

    public SideBySide(ServerProcess server, Scratch scratch)
    {
        _server = server;
        _scratch = scratch;
    }

    /// <param name="name">In the table.</param>
    /// <param name="run">Downloads into the directory it is given.</param>
    public void Add(string name, Func<string, Task<Measurement>> run) => _contestants.Add((name, run));

    public void AddChild(string name, string verb, params IReadOnlyList<(string Name, object Value)> arguments)
        => Add(name, destination => ChildProcess.MeasureAsync(verb, [.. arguments, ("endpoint", _server.Endpoint), ("destination", destination)]));

    public async Task<IReadOnlyList<Series>> RunAsync(int rounds)
    {
        var runs = _contestants.ConvertAll(_ => new List<Measurement>());
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < _contestants.Count; i++)
            {
                var destination = _scratch.Next();
                await _server.CountAsync();
                var measured = await _contestants[i].Run(destination);
                runs[i].Add(measured with { Server = await _server.CountAsync() });
                Console.Error.WriteLine($"round {round + 1} {_contestants[i].Name}: {measured.WallSeconds:0.00} s, {measured.CpuSeconds:0.00} CPU-s");
            }
        }

        return [.. _contestants.Select((contestant, i) => new Series(contestant.Name, runs[i]))];
    }
}
