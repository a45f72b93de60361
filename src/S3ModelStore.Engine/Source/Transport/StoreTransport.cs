using System.Net;
using System.Net.Sockets;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>
/// Carries the requests to the store, the SDK's and our own. Plain reads go over our own connections; what needs more, a proxy or a
/// request with a body, goes through <see cref="SocketsHttpHandler"/>.
/// </summary>
internal sealed class StoreTransport : HttpMessageHandler
{
    private readonly HttpMessageInvoker _direct;
    private readonly HttpMessageInvoker _general;

    public StoreTransport(S3ModelStoreOptions options, TimeProvider clock)
    {
        var connector = new Connector(options);
        _direct = new HttpMessageInvoker(new DirectHandler(connector, clock));
        _general = new HttpMessageInvoker(CreateGeneral(connector, options));
    }

    /// <summary>Reads from the body of an answer, on this thread.</summary>
    /// <exception cref="OperationCanceledException">Cancelled. Our own bodies end with their request's token; others hear of it only when they are asked asynchronously.</exception>
    public static int Read(Stream body, Memory<byte> buffer, CancellationToken cancellation)
        => body is AnswerBody ? body.Read(buffer.Span) : body.ReadAsync(buffer, cancellation).AsTask().GetAwaiter().GetResult();

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        => MayGoDirectly(request) ? _direct.Send(request, cancellationToken) : _general.SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => (MayGoDirectly(request) ? _direct : _general).SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _direct.Dispose();
            _general.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool MayGoDirectly(HttpRequestMessage request)
        => request.Content is null
            && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head)
            && request.RequestUri is { } address
            && !IsProxied(address);

    private static bool IsProxied(Uri address)
    {
        var proxy = HttpClient.DefaultProxy;
        return !proxy.IsBypassed(address) && proxy.GetProxy(address) is not null;
    }

    private static SocketsHttpHandler CreateGeneral(Connector connector, S3ModelStoreOptions options) => new()
    {
        // Nobody traces these requests: no traceparent for the store, no activity per request for us.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = OpenAsync,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = int.MaxValue,
        PooledConnectionLifetime = ConnectionPool.Lifetime,
        UseCookies = false,
        SslOptions = connector.CreateTlsOptions(),
    };

    // What the handler would do itself, but for the buffer below TLS.
    private static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var connection = new NetworkStream(socket, ownsSocket: true);
        return context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps ? new ReceiveBufferStream(connection) : connection;
    }
}
