using System.Collections.Concurrent;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>
/// HTTP/1.1 reads over our own connections, on the thread that asks: GET and HEAD without a body, no redirects, no proxies, no
/// decompression. A model of many small files is made of such requests; <see cref="SocketsHttpHandler"/>, which can everything, takes
/// about twice the processor time for them.
/// </summary>
internal sealed class DirectClient : IDisposable
{
    private readonly Connector _connector;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<HttpOrigin, ConnectionPool> _pools = new();

    public DirectClient(Connector connector, TimeProvider clock)
    {
        _connector = connector;
        _clock = clock;
    }

    /// <exception cref="HttpRequestException">No connection, or what came is no HTTP.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public DirectAnswer Send(StoreRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pool = _pools.GetOrAdd(request.Origin, static (origin, self) => new ConnectionPool(origin, self._connector, self._clock), this);
        var connection = pool.TryTake() ?? pool.Connect(cancellation);
        try
        {
            return connection.Exchange(request, cancellation);
        }
        catch
        {
            connection.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
            pool.Dispose();
    }
}
