using System.Text;

namespace S3ModelStore.TestServer.Content;

/// <summary>The bytes of an object, readable at any offset, any number of times and from any thread.</summary>
public abstract class ObjectContent
{
    protected ObjectContent(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
    }

    public static ObjectContent Empty { get; } = FromBytes([]);

    public long Length { get; }

    public static ObjectContent FromBytes(byte[] bytes) => new BytesContent(bytes);

    public static ObjectContent FromText(string text) => FromBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Pseudo-random bytes that are computed when read: size and seed decide every byte, memory is never taken.</summary>
    public static ObjectContent Generated(long size, int seed) => new GeneratedContent(size, seed);

    public static ObjectContent Concat(params IEnumerable<ObjectContent> parts) => new ConcatenatedContent(parts);

    /// <summary>The same content with the bits of one byte inverted.</summary>
    public ObjectContent WithFlippedByte(long offset) => new FlippedContent(this, offset);

    /// <summary>Fills the whole destination with the bytes that start at the offset.</summary>
    public void CopyTo(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        Fill(offset, destination);
    }

    public byte[] Slice(long offset, int length)
    {
        var bytes = new byte[length];
        CopyTo(offset, bytes);
        return bytes;
    }

    public byte[] ToArray() => Slice(0, checked((int)Length));

    /// <summary>Called with ranges that lie inside the content.</summary>
    protected abstract void Fill(long offset, Span<byte> destination);
}
