using System.Text;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>A read brings a piece, or the part of it that there is room for.</summary>
internal sealed class PiecewiseStream : Stream
{
    private readonly Action _atEnd;
    private readonly IReadOnlyList<string> _pieces;
    private int _piece;
    private int _at;

    public PiecewiseStream(Action atEnd, IReadOnlyList<string> pieces)
    {
        _atEnd = atEnd;
        _pieces = pieces;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_piece < _pieces.Count && _at == _pieces[_piece].Length)
            (_piece, _at) = (_piece + 1, 0);
        if (_piece == _pieces.Count)
        {
            _atEnd();
            return 0;
        }

        var part = _pieces[_piece].AsSpan(_at);
        var count = Encoding.Latin1.GetBytes(part[..Math.Min(part.Length, buffer.Length)], buffer);
        _at += count;
        return count;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
