using System.Net;
using System.Net.Sockets;
using S3ModelStore.Engine.Source.Transport;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>An address where somebody listens and nobody answers.</summary>
internal sealed class DeafListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket? _waiting;
    private readonly HttpOrigin _origin;

    private DeafListener(int backlog, bool isFull, bool tls)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(backlog);
        var address = (IPEndPoint)_listener.LocalEndPoint!;
        _origin = new HttpOrigin(tls, "127.0.0.1", address.Port);
        if (!isFull)
            return;
        _waiting = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _waiting.Connect(address);
    }

    public StoreRequest Request => new("GET", _origin, "store.example", "/b/k", []);

    /// <summary>Connections are opened, and TLS never begins.</summary>
    public static DeafListener WithoutTls() => new(backlog: 10, isFull: false, tls: true);

    /// <summary>Another connection waits in the only place there is. Linux drops what comes then; other systems may refuse it.</summary>
    public static DeafListener WithoutRoom() => new(backlog: 0, isFull: true, tls: false);

    /// <summary>Once somebody has opened a connection.</summary>
    public Task<Socket> AcceptAsync() => _listener.AcceptAsync();

    public void Dispose()
    {
        _waiting?.Dispose();
        _listener.Dispose();
    }
}
