using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Planning;

/// <summary>Some bytes of a file: <paramref name="Offset"/> up to, not including, <see cref="End"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ByteRange(long Offset, long Length)
{
    public long End => Offset + Length;
}
