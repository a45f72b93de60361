using System.Net.Sockets;
using S3ModelStore.Engine.Source.Transport;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>A connection over which answers come in just these pieces, and then its end.</summary>
internal sealed class PiecewiseConnection : IDisposable
{
    private static readonly HttpOrigin Nowhere = new(IsTls: false, "127.0.0.1", 9);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConnectionPool _pool = new(Nowhere, new Connector(TransportFixture.Options), TimeProvider.System);
    private readonly PiecewiseStream _stream;
    private readonly Connection _connection;

    public PiecewiseConnection(params IReadOnlyList<string> pieces)
        : this(static () => { }, pieces)
    {
    }

    /// <param name="atEnd">Called when the end is read.</param>
    /// <param name="pieces">Bytes as Latin-1.</param>
    public PiecewiseConnection(Action atEnd, params IReadOnlyList<string> pieces)
    {
        _stream = new PiecewiseStream(atEnd, pieces);
        _connection = new Connection(_socket, _stream, _pool, opened: 0);
    }

    public StoreAnswer Exchange(string method, CancellationToken cancellation)
        => _connection.Exchange(new StoreRequest(method, Nowhere, "store.example", "/b/k", []), cancellation);

    public void Dispose()
    {
        _connection.Dispose();
        _pool.Dispose();
        _socket.Dispose();
    }
}
