using System.Diagnostics;
using System.Text.Json;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>The parent's hand on a child that serves.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public string Endpoint { get; }

    public static Task<ServerProcess> StartAsync(params IEnumerable<(string Name, object Value)> arguments) => StartAsync(ServerChild.Verb, arguments);

    /// <param name="verb">Of a child that prints its endpoint and ends with its input.</param>
    /// <param name="arguments">Its own.</param>
    public static async Task<ServerProcess> StartAsync(string verb, params IEnumerable<(string Name, object Value)> arguments)
    {
        var process = ChildProcess.Start(verb, arguments);
        return new ServerProcess(process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start."));
    }

    /// <summary>What a <see cref="ServerChild"/> counted since the last call.</summary>
    public async Task<ServerCounts> CountAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        return JsonSerializer.Deserialize<ServerCounts>((await _process.StandardOutput.ReadLineAsync())!)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
