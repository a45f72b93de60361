using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Neutral;

namespace S3ModelStore.Benchmarks.Scenarios;

/// <summary>The way from the contestants to the server of a scenario, through a longer one or to another server where it asks for it.</summary>
internal sealed class Way : IDisposable
{
    private readonly IDisposable? _between;

    private Way(IDisposable? between, string endpoint)
    {
        _between = between;
        Endpoint = endpoint;
    }

    public string Endpoint { get; }

    public static async Task<Way> OpenAsync(Scenario scenario, Origin origin, NginxServer server)
    {
        var port = server.Port(scenario.Front);
        if (scenario.Front == Front.Minio)
        {
            var minio = await MinioServer.StartAsync(origin, scenario, port);
            return new Way(minio, minio.Endpoint);
        }

        if (scenario.RoundTripMilliseconds == 0)
            return new Way(between: null, $"{(scenario.Front == Front.Tls ? "https" : "http")}://127.0.0.1:{port}");
        var network = await ServerProcess.StartAsync(NetworkChild.Verb, ("port", port), ("round-trip", scenario.RoundTripMilliseconds));
        return new Way(network, network.Endpoint);
    }

    public void Dispose() => _between?.Dispose();
}
