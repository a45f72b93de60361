using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Recording;

/// <summary>What the server was asked and what it sent. Thread-safe; read it at any time.</summary>
public sealed class RequestLog
{
    private readonly int _capacity;
    private readonly TimeProvider _clock;
    private LogCounters _counters = new();
    private long _concurrentRequests;
    private long _openConnections;

    internal RequestLog(int capacity, TimeProvider clock)
    {
        _capacity = capacity;
        _clock = clock;
    }

    /// <summary>The first requests, as many as <see cref="S3TestServerOptions.LogCapacity"/> allows, in the order they arrived.</summary>
    public IReadOnlyList<RequestLogEntry> Entries => [.. Volatile.Read(ref _counters).Entries];

    public long Requests => Volatile.Read(ref _counters).Requests;

    /// <summary>Bytes of object bodies handed to connections. A client that hung up may not have read the last of them.</summary>
    public long BytesSent => Interlocked.Read(ref Volatile.Read(ref _counters).BytesSent);

    public long ConnectionsOpened => Interlocked.Read(ref Volatile.Read(ref _counters).ConnectionsOpened);

    public long OpenConnections => Interlocked.Read(ref _openConnections);

    public long ConcurrentRequests => Interlocked.Read(ref _concurrentRequests);

    public long PeakConcurrentRequests => Interlocked.Read(ref Volatile.Read(ref _counters).PeakConcurrentRequests);

    public long RequestsOf(S3Operation operation) => Volatile.Read(ref _counters).RequestsOf(operation);

    /// <summary>GET, HEAD and PUT requests of one key.</summary>
    public long RequestsOf(string bucket, string key) =>
        Volatile.Read(ref _counters).FindKey(bucket, key) is { } found ? Interlocked.Read(ref found.Requests) : 0;

    /// <summary>Bytes of this object's bodies handed to connections.</summary>
    public long BytesSentOf(string bucket, string key) =>
        Volatile.Read(ref _counters).FindKey(bucket, key) is { } found ? Interlocked.Read(ref found.BytesSent) : 0;

    /// <summary>Forgets everything but the connections and requests that are open now.</summary>
    public void Reset()
    {
        var fresh = new LogCounters();
        fresh.RaisePeak(ConcurrentRequests);
        Volatile.Write(ref _counters, fresh);
    }

    internal RequestRecord Begin(S3Request request)
    {
        var counters = Volatile.Read(ref _counters);
        counters.RaisePeak(Interlocked.Increment(ref _concurrentRequests));
        counters.CountRequest(request.Operation);
        RequestLogEntry? entry = null;
        if (_capacity > 0 && Interlocked.Increment(ref counters.EntriesOffered) <= _capacity)
        {
            entry = new RequestLogEntry(request, _clock.GetUtcNow());
            counters.Entries.Enqueue(entry);
        }

        return new RequestRecord(this, counters, request, entry);
    }

    internal void End() => Interlocked.Decrement(ref _concurrentRequests);

    internal void ConnectionOpened()
    {
        Interlocked.Increment(ref _openConnections);
        Interlocked.Increment(ref Volatile.Read(ref _counters).ConnectionsOpened);
    }

    internal void ConnectionClosed() => Interlocked.Decrement(ref _openConnections);
}
