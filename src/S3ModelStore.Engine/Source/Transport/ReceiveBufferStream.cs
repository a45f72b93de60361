namespace S3ModelStore.Engine.Source.Transport;

/// <summary>
/// Takes from a connection as much as is there, for a reader that asks in small pieces: TLS reads a record's head and then its body, two
/// calls into the kernel for 16 KiB. Writes go straight through. One reader and one writer at a time, as for every network stream.
/// </summary>
internal sealed class ReceiveBufferStream : Stream
{
    // Below what the runtime keeps apart as a large object; a connection has one for as long as it lives.
    private const int Capacity = 64 * 1024;

    private readonly Stream _connection;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Capacity);
    private int _start;
    private int _end;

    public ReceiveBufferStream(Stream connection) => _connection = connection;

    /// <summary>All that was taken off the connection has been read.</summary>
    public bool IsEmpty => _start == _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start < _end)
            return new ValueTask<int>(Take(buffer.Span));
        // Nothing asked for means to be told when something comes.
        return buffer.Length is 0 or >= Capacity ? _connection.ReadAsync(buffer, cancellationToken) : FillAndTakeAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_start == _end && count is 0 or >= Capacity)
            return _connection.Read(buffer, offset, count);
        if (_start == _end)
            Filled(_connection.Read(_buffer, 0, Capacity));
        return Take(buffer.AsSpan(offset, count));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _connection.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _connection.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => _connection.Write(buffer, offset, count);

    public override void Flush() => _connection.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _connection.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _connection.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> FillAndTakeAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        Filled(await _connection.ReadAsync(_buffer, cancellation));
        return Take(buffer.Span);
    }

    private void Filled(int count) => (_start, _end) = (0, count);

    private int Take(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        return count;
    }
}
