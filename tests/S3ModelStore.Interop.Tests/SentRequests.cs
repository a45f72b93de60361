using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace S3ModelStore.Interop.Tests;

/// <summary>
/// Paths of the HTTP requests that this process sends while it exists, whichever client sends them: the runtime's own events,
/// so that nothing has to stand between the engine and the server.
/// </summary>
internal sealed class SentRequests : EventListener
{
    private const string Source = "System.Net.Http";
    private const string Started = "RequestStart";

    // The base constructor enables events already; a field with an initializer is there by then.
    private readonly ConcurrentQueue<string> _paths = new();

    /// <summary>Number of requests whose path begins so; the query is not part of it.</summary>
    public int CountBelow(string path) => _paths.Count(sent => sent.StartsWith(path, StringComparison.Ordinal));

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        ArgumentNullException.ThrowIfNull(eventSource);
        if (eventSource.Name == Source)
            EnableEvents(eventSource, EventLevel.Informational);
    }

    // RequestStart(scheme, host, port, pathAndQuery, …)
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.EventName == Started && eventData.Payload?[3] is string path)
            _paths.Enqueue(path);
    }
}
