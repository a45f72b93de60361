using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>Opens connections to a store. Their sockets block: whoever reads waits on its own thread.</summary>
internal sealed class Connector
{
    private readonly S3ModelStoreOptions _options;

    public Connector(S3ModelStoreOptions options) => _options = options;

    /// <summary>A socket to the store, and the stream over it, behind TLS if the origin says so.</summary>
    /// <exception cref="HttpRequestException">There is none to be had, for the reason inside; a <see cref="TimeoutException"/> when it took too long.</exception>
    public (Socket Socket, Stream Stream) Connect(HttpOrigin origin, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.ConnectTimeout);
        try
        {
            var socket = Open(origin, limit.Token);
            return (socket, Secure(socket, origin, limit.Token));
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw e switch
            {
                // Without the aborted socket inside: the innermost is why it ended.
                _ when limit.IsCancellationRequested => new HttpRequestException(HttpRequestError.ConnectionError, "No connection in time.", new TimeoutException("No connection in time.")),
                AuthenticationException => new HttpRequestException(HttpRequestError.SecureConnectionError, e.Message, e),
                _ => new HttpRequestException(HttpRequestError.ConnectionError, e.Message, e),
            };
        }
    }

    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "Only when the user says so, for test servers.")]
    public SslClientAuthenticationOptions CreateTlsOptions() => new()
    {
        RemoteCertificateValidationCallback = _options.SkipCertificateCheck ? (_, _, _, _) => true : null,
    };

    private static Socket Open(HttpOrigin origin, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(origin.Host, out var literal) ? [literal] : Dns.GetHostAddressesAsync(origin.Host, cancellation).GetAwaiter().GetResult();
        for (var i = 0; ; i++)
        {
            // A name without addresses is an error of the resolver's.
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                using var abort = cancellation.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
                socket.Connect(new IPEndPoint(addresses[i], origin.Port));
                return socket;
            }
            catch (Exception e)
            {
                socket.Dispose();
                if (e is not SocketException || i == addresses.Length - 1 || cancellation.IsCancellationRequested)
                    throw;
            }
        }
    }

    private Stream Secure(Socket socket, HttpOrigin origin, CancellationToken cancellation)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (!origin.IsTls)
            return plain;
        var tls = new TlsStream(plain);
        try
        {
            var options = CreateTlsOptions();
            options.TargetHost = origin.Host;
            using var abort = cancellation.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
            tls.AuthenticateAsClient(options);
            return tls;
        }
        catch
        {
            tls.Dispose();
            throw;
        }
    }
}
