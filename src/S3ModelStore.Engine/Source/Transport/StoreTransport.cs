using System.Collections.Concurrent;
using System.Net;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>
/// Carries the requests to the store: over connections of our own, or, where a proxy stands between, through
/// <see cref="SocketsHttpHandler"/>.
/// </summary>
internal sealed class StoreTransport : IDisposable
{
    private readonly DirectClient _direct;
    private readonly Lazy<HttpMessageInvoker> _general;
    private readonly IWebProxy? _proxy;
    private readonly ConcurrentDictionary<HttpOrigin, bool> _isProxied = new();

    /// <param name="options">How to connect.</param>
    /// <param name="clock">Ages connections.</param>
    /// <param name="proxy">Stands between; <see langword="null"/> for the one of the process.</param>
    public StoreTransport(S3ModelStoreOptions options, TimeProvider clock, IWebProxy? proxy = null)
    {
        _proxy = proxy;
        var connector = new Connector(options);
        _direct = new DirectClient(connector, clock);
        _general = new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(CreateGeneral(connector, options, proxy)));
    }

    /// <summary>Sends, and waits on this thread for the head of the answer.</summary>
    /// <exception cref="HttpRequestException">No connection, or what came is no HTTP.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public StoreAnswer Send(StoreRequest request, CancellationToken cancellation)
    {
        if (!IsProxied(request.Origin))
            return _direct.Send(request, cancellation);
        using var message = request.ToMessage();
        try
        {
            return new GeneralAnswer(_general.Value.SendAsync(message, cancellation).GetAwaiter().GetResult());
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // Its time to connect was over.
            throw new HttpRequestException(HttpRequestError.ConnectionError, e.Message, e.InnerException ?? e);
        }
    }

    public void Dispose()
    {
        _direct.Dispose();
        if (_general.IsValueCreated)
            _general.Value.Dispose();
    }

    // The system's word is asked for once an origin: on Windows it can mean to run a script.
    private bool IsProxied(HttpOrigin origin) => _isProxied.GetOrAdd(origin, static (origin, given) =>
    {
        var proxy = given ?? HttpClient.DefaultProxy;
        var address = new UriBuilder(origin.IsTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, origin.Host, origin.Port).Uri;
        return !proxy.IsBypassed(address) && proxy.GetProxy(address) is not null;
    }, _proxy);

    private static SocketsHttpHandler CreateGeneral(Connector connector, S3ModelStoreOptions options, IWebProxy? proxy) => new()
    {
        // Nobody traces these requests: no traceparent for the store, no activity per request for us.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = int.MaxValue,
        PooledConnectionLifetime = ConnectionPool.Lifetime,
        Proxy = proxy,
        UseCookies = false,
        SslOptions = connector.CreateTlsOptions(),
    };
}
