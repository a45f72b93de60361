using System.Collections.Concurrent;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>
/// HTTP/1.1 reads over our own connections, on the thread that asks: GET and HEAD without a body, no redirects, no proxies, no
/// decompression. A model of many small files is made of such requests; <see cref="SocketsHttpHandler"/>, which can everything, takes
/// twice the processor time for them.
/// </summary>
internal sealed class DirectHandler : HttpMessageHandler
{
    private readonly Connector _connector;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<HttpOrigin, ConnectionPool> _pools = new();

    public DirectHandler(Connector connector, TimeProvider clock)
    {
        _connector = connector;
        _clock = clock;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var pool = _pools.GetOrAdd(HttpOrigin.Of(request.RequestUri!), origin => new ConnectionPool(origin, _connector, _clock));
        cancellationToken.ThrowIfCancellationRequested();
        var connection = pool.TryTake() ?? pool.Connect(cancellationToken);
        try
        {
            return connection.Exchange(request, cancellationToken);
        }
        catch
        {
            connection.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    // For the SDK's listings. The pool's threads must not wait.
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => Task.Factory.StartNew(() => Send(request, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var pool in _pools.Values)
                pool.Dispose();
        }

        base.Dispose(disposing);
    }
}
