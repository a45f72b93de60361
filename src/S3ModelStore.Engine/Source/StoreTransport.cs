using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using S3ModelStore.Engine.Source.Http;

namespace S3ModelStore.Engine.Source;

/// <summary>How connections to the store are made and kept, the SDK's and our own.</summary>
internal static class StoreTransport
{
    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "Only when the user says so, for test servers.")]
    public static SocketsHttpHandler CreateHandler(S3ModelStoreOptions options) => new()
    {
        // Nobody traces these requests: no traceparent for the store, no activity per request for us.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = ConnectAsync,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = int.MaxValue,
        // Long jobs follow a store whose addresses change.
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        UseCookies = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = options.SkipCertificateCheck ? (_, _, _, _) => true : null,
        },
    };

    // What the handler would do itself, but for the buffer below TLS.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
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
