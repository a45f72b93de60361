using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Samples;

namespace S3ModelStore.Playground;

/// <summary>The loopback store with the sample model that the tour and the Pester suite use.</summary>
internal static class SampleServer
{
    public static async Task<S3TestServer> StartAsync()
    {
        var server = await S3TestServer.StartAsync();
        SampleModel.Put(server.Objects, "models", "tiny-llm/");
        return server;
    }

    /// <summary>The environment in which the cmdlets find the server.</summary>
    public static IReadOnlyDictionary<string, string> Environment(S3TestServer server) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS_ENDPOINT_URL_S3"] = server.Endpoint,
        ["AWS_ACCESS_KEY_ID"] = server.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = server.SecretKey,
    };

    /// <summary>Serves until the input ends, telling how to reach it as <c>NAME=value</c> lines first.</summary>
    public static async Task ServeAsync()
    {
        await using var server = await StartAsync();
        foreach (var (name, value) in Environment(server))
            Console.Out.WriteLine($"{name}={value}");
        Console.Out.WriteLine();
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Whoever started it closes the pipe, or dies: either way the input ends.
        }
    }
}
