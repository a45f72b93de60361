using System.Net;
using System.Net.Sockets;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>
/// One connection: a request, its answer, then the next. Whoever has it has it alone; after <see cref="Exchange"/> that is the
/// answer's body, which gives it back to the pool or closes it. Cancelling the request's token closes the socket below a reader.
/// </summary>
internal sealed class Connection : IDisposable
{
    // Heads of S3's answers have some hundred bytes; what comes behind one in the same packet is a small object, mostly whole.
    private const int Capacity = 16 * 1024;

    // The limit of SocketsHttpHandler.
    private const int LongestHead = 64 * 1024;

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly ConnectionPool _pool;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(Capacity);
    private bool _isWarm;
    private int _start;
    private int _end;

    /// <param name="socket">Below the stream.</param>
    /// <param name="stream">To the store; closed with this object.</param>
    /// <param name="pool">Where it goes when it is idle.</param>
    /// <param name="opened">When it was opened, as the pool's clock tells.</param>
    public Connection(Socket socket, Stream stream, ConnectionPool pool, long opened)
    {
        _socket = socket;
        _stream = stream;
        _pool = pool;
        Opened = opened;
    }

    public long Opened { get; }

    /// <summary>The pool's note of when it was given back.</summary>
    public long IdleSince { get; set; }

    /// <summary>Nothing comes unasked. A store that closes an idle connection makes itself heard so; a request on it would be lost.</summary>
    public bool IsQuiet => !_socket.Poll(0, SelectMode.SelectRead) && _stream is not TlsStream { HoldsMore: true };

    /// <summary>A read keeps the rest of what it decrypted, where nobody sees it.</summary>
    public bool KeepsRest => _stream is TlsStream;

    /// <summary>What has come and was not taken yet.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Sends a request and reads the head of the answer.</summary>
    /// <returns>The answer; disposing it ends the exchange.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="HttpRequestException">What came is no HTTP.</exception>
    public DirectAnswer Exchange(StoreRequest request, CancellationToken cancellation)
    {
        // The socket, not the stream: TLS does not bear to be closed while it is read.
        var abort = cancellation.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), _socket);
        try
        {
            // Nothing is buffered between exchanges.
            var length = RequestHead.Write(request, ref _buffer);
            (_start, _end) = (0, 0);
            var asked = _pool.Clock.GetTimestamp();
            _stream.Write(_buffer.AsSpan(0, length));
            AnswerHead? head;
            while ((head = TakeHead()) is null)
            {
                if (Fill() == 0)
                    throw new HttpIOException(HttpRequestError.ResponseEnded, "The connection was closed before the answer was there.");
            }

            TimeSpan? warmWait = _isWarm ? _pool.Clock.GetElapsedTime(asked) : null;
            _isWarm = true;
            var framing = head.FramingOf(request.Method);
            return new DirectAnswer(head, new AnswerBody(this, framing, abort, mayReuse: head.KeepsAlive && framing.EndsBeforeConnection, cancellation), warmWait);
        }
        catch
        {
            abort.Dispose();
            throw;
        }
    }

    /// <summary>Takes buffered bytes.</summary>
    public int Take(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(destination);
        Skip(count);
        return count;
    }

    /// <summary>Drops buffered bytes.</summary>
    public void Skip(int count)
    {
        _start += count;
        if (_start == _end)
            (_start, _end) = (0, 0);
    }

    /// <summary>Reads past the buffer, which is empty.</summary>
    public int Read(Span<byte> destination) => _stream.Read(destination);

    /// <summary>Reads more into the buffer; zero when the connection is at its end.</summary>
    public int Fill()
    {
        MakeRoom();
        var read = _stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read;
    }

    /// <summary>Its answer was read to its end: the next request may have it.</summary>
    public void GiveBack()
    {
        // Bytes nobody asked for would be taken for the answer to the next request.
        if (Buffered.IsEmpty)
            _pool.Keep(this);
        else
            Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private AnswerHead? TakeHead()
    {
        while (AnswerHead.TryParse(Buffered, out var length) is { } head)
        {
            Skip(length);
            // 100 and 103 announce the answer; with 101 it would be another protocol.
            if (head.Status is >= 100 and < 200 and not (int)HttpStatusCode.SwitchingProtocols)
                continue;
            return head;
        }

        return null;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Buffered.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end < _buffer.Length)
            return;
        if (_end >= LongestHead)
            throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, $"its head is longer than {LongestHead} bytes");
        Array.Resize(ref _buffer, _end * 2);
    }
}
