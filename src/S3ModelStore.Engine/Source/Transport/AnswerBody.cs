namespace S3ModelStore.Engine.Source.Transport;

/// <summary>The body of an answer. Read to its end, it leaves the connection to the next request; disposed before, it closes it.</summary>
internal sealed class AnswerBody : IDisposable
{
    private readonly Connection _connection;
    private readonly BodyFraming _framing;
    private readonly CancellationTokenRegistration _abort;
    private readonly CancellationToken _cancellation;
    private readonly bool _mayReuse;
    private int _isDisposed;

    /// <param name="connection">Gives the bytes.</param>
    /// <param name="framing">Which of them are the body.</param>
    /// <param name="abort">Closes the socket when the request is cancelled; ended with this object.</param>
    /// <param name="mayReuse">The connection can carry another request afterwards.</param>
    /// <param name="cancellation">The request's.</param>
    public AnswerBody(Connection connection, BodyFraming framing, CancellationTokenRegistration abort, bool mayReuse, CancellationToken cancellation)
    {
        _connection = connection;
        _framing = framing;
        _abort = abort;
        _cancellation = cancellation;
        _mayReuse = mayReuse;
    }

    /// <summary>The next bytes of it; zero at its end.</summary>
    /// <exception cref="IOException">The connection broke, or ended too soon.</exception>
    /// <exception cref="HttpRequestException">What came is no HTTP.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public int Read(Span<byte> buffer)
    {
        try
        {
            int taken;
            while (!TryTake(buffer, out taken))
            {
                // A body's last byte comes through the buffer then, and what stands behind it with it.
                var past = _connection.KeepsRest ? _framing.Available - 1 : _framing.Available;
                if (past > 0)
                    return Came(_connection.Read(buffer[..(int)Math.Min(buffer.Length, past)]));
                if (_connection.Fill() == 0)
                    _framing.Ended();
            }

            return taken;
        }
        catch (Exception e) when ((e is IOException or ObjectDisposedException) && _cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, _cancellation);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        // Waits for an abort that is under way: behind it the connection is the next request's.
        _abort.Dispose();
        if (_mayReuse && _framing.IsComplete && !_cancellation.IsCancellationRequested)
            _connection.GiveBack();
        else
            _connection.Dispose();
    }

    // What is there already; false when more has to come first.
    private bool TryTake(Span<byte> buffer, out int taken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        taken = 0;
        while (_framing is { IsComplete: false, Available: 0 })
        {
            if (_framing.Skip(_connection.Buffered) is not (> 0 and var between))
                return false;
            _connection.Skip(between);
        }

        if (_framing.IsComplete || buffer.IsEmpty)
            return true;
        if (_connection.Buffered.IsEmpty)
            return false;
        taken = _connection.Take(Wanted(buffer));
        _framing.Came(taken);
        return true;
    }

    private Span<byte> Wanted(Span<byte> buffer) => buffer[..(int)Math.Min(buffer.Length, _framing.Available)];

    private int Came(int count)
    {
        if (count > 0)
        {
            _framing.Came(count);
            return count;
        }

        // A socket that we closed ends as quietly as one the store did.
        _cancellation.ThrowIfCancellationRequested();
        _framing.Ended();
        return 0;
    }
}
