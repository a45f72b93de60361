namespace S3ModelStore.Engine.Source.Transport;

/// <summary>The connections to one origin that are open and idle. The one used last is taken first. Thread-safe.</summary>
internal sealed class ConnectionPool : IDisposable
{
    /// <summary>Long jobs follow a store whose addresses change.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // Stores keep theirs for 20 s and longer; one that they have closed is found out, but not one that a firewall forgot.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(1);

    private readonly HttpOrigin _origin;
    private readonly Connector _connector;
    private readonly object _gate = new();
    private readonly List<Connection> _idle = [];
    private bool _isClosed;

    public ConnectionPool(HttpOrigin origin, Connector connector, TimeProvider clock)
    {
        _origin = origin;
        _connector = connector;
        Clock = clock;
    }

    public TimeProvider Clock { get; }

    /// <summary>An idle connection; <see langword="null"/> when there is none.</summary>
    public Connection? TryTake()
    {
        while (Take() is { } connection)
        {
            if (connection.IsQuiet)
                return connection;
            connection.Dispose();
        }

        return null;
    }

    /// <exception cref="HttpRequestException">There is none to be had.</exception>
    public Connection Connect(CancellationToken cancellation)
    {
        var (socket, stream) = _connector.Connect(_origin, cancellation);
        return new Connection(socket, stream, this, Clock.GetTimestamp());
    }

    /// <summary>Takes a connection back whose last answer was read to its end.</summary>
    public void Keep(Connection connection)
    {
        lock (_gate)
        {
            CloseOld();
            if (!_isClosed && Clock.GetElapsedTime(connection.Opened) < Lifetime)
            {
                connection.IdleSince = Clock.GetTimestamp();
                _idle.Add(connection);
                return;
            }
        }

        connection.Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var connection in _idle)
                connection.Dispose();
            _idle.Clear();
        }
    }

    private Connection? Take()
    {
        lock (_gate)
        {
            CloseOld();
            if (_idle.Count == 0)
                return null;
            var connection = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return connection;
        }
    }

    // Those that have been idle longest stand first.
    private void CloseOld()
    {
        while (_idle.Count > 0 && Clock.GetElapsedTime(_idle[0].IdleSince) > LongestIdle)
        {
            _idle[0].Dispose();
            _idle.RemoveAt(0);
        }
    }
}
