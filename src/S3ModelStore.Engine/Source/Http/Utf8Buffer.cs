using System.Buffers;
using System.Text;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>Builds UTF-8 text on the stack, and in pooled memory when the stack's share is full. Dispose it once.</summary>
internal ref struct Utf8Buffer
{
    private Span<byte> _bytes;
    private byte[]? _rented;
    private int _length;

    public Utf8Buffer(Span<byte> initial)
    {
        _bytes = initial;
    }

    public readonly ReadOnlySpan<byte> Written => _bytes[.._length];

    public void Clear() => _length = 0;

    public void Append(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    public void Append(scoped ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        utf8.CopyTo(_bytes[_length..]);
        _length += utf8.Length;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        // Nearly always all there is to reserve; an attempt without room would cost garbage.
        Reserve(text.Length);
        int written;
        while (!Encoding.UTF8.TryGetBytes(text, _bytes[_length..], out written))
            Reserve(Encoding.UTF8.GetByteCount(text));
        _length += written;
    }

    /// <summary>Lower case, as signatures are written.</summary>
    public void AppendHex(scoped ReadOnlySpan<byte> value)
    {
        Reserve(value.Length * 2);
        var digits = "0123456789abcdef"u8;
        foreach (var b in value)
        {
            _bytes[_length++] = digits[b >> 4];
            _bytes[_length++] = digits[b & 0xF];
        }
    }

    public readonly override string ToString() => Encoding.UTF8.GetString(Written);

    /// <summary>Gives up what was built: into <paramref name="target"/>, which this was made on, or a larger array in its place.</summary>
    /// <returns>Bytes.</returns>
    public int MoveTo(ref byte[] target)
    {
        var length = _length;
        if (_rented is not null)
        {
            target = new byte[_bytes.Length];
            Written.CopyTo(target);
        }

        Dispose();
        return length;
    }

    public void Dispose()
    {
        var rented = _rented;
        this = default;
        // Cleared, because session tokens pass through.
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _length >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + more, _bytes.Length * 2));
        Written.CopyTo(larger);
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        _rented = larger;
        _bytes = larger;
    }
}
