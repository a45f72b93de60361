using Microsoft.Extensions.Hosting;

namespace S3ModelStore.TestServer;

/// <summary>The server lives inside another program, whose Ctrl+C and termination signals are none of its business.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
