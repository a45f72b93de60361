using System.Net;
using System.Net.Sockets;
using S3ModelStore.TestServer;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>
/// A port for a server that goes away and comes back. Not one that the system hands out: while the server is away, a client's own socket
/// could be given it, or even connect to itself.
/// </summary>
internal static class FixedPort
{
    private static int _last = Random.Shared.Next(15_000, 25_000);

    public static S3TestServerOptions In(S3TestServerOptions options)
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return options with { Port = port };
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody else's.
            }
        }
    }
}
