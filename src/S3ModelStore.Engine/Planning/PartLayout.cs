using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Planning;

/// <summary>How a file is cut into parts. Holds no list: a part is computed when it is asked for.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PartLayout
{
    /// <summary>
    /// Smallest automatic part, bytes: half a second of a connection that is capped at 20 MB/s, so that the request before it is
    /// a small share, and many connections can work on one file.
    /// </summary>
    public const long SmallestAutomatic = 8L * 1024 * 1024;

    /// <summary>Largest automatic part, bytes: what is lost for each connection when the process is killed.</summary>
    public const long LargestAutomatic = 64L * 1024 * 1024;

    /// <summary>Parts grow once a file would have more of them than this: the journal keeps a record of each.</summary>
    public const long AimedCount = 1024;

    /// <param name="size">Bytes of the file.</param>
    /// <param name="partSize">Bytes of every part but the last.</param>
    public PartLayout(long size, long partSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partSize);
        Size = size;
        PartSize = partSize;
    }

    /// <summary>Bytes of the file.</summary>
    public long Size { get; }

    /// <summary>Bytes of every part but the last.</summary>
    public long PartSize { get; }

    /// <summary>Number of parts; an empty file has none.</summary>
    public long Count => Size == 0 ? 0 : ((Size - 1) / PartSize) + 1;

    public ByteRange this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var offset = index * PartSize;
            return new ByteRange(offset, Math.Min(PartSize, Size - offset));
        }
    }

    /// <summary>The layout of a new file; without a part size one is chosen.</summary>
    public static PartLayout Create(long size, long? partSize = null) => new(size, partSize ?? AutomaticPartSize(size));

    /// <summary>8 MiB up to 8 GiB, then 16 and 32 MiB, and 64 MiB from 32 GiB on.</summary>
    public static long AutomaticPartSize(long size)
    {
        var partSize = SmallestAutomatic;
        while (partSize < LargestAutomatic && size / partSize > AimedCount)
            partSize *= 2;
        return partSize;
    }

    /// <summary>Cuts what is missing of a file that was begun, perhaps with another part size.</summary>
    public static IEnumerable<ByteRange> Split(ByteRange gap, long partSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partSize);
        return Parts(gap, partSize);
    }

    private static IEnumerable<ByteRange> Parts(ByteRange gap, long partSize)
    {
        var parts = new PartLayout(gap.Length, partSize);
        for (long i = 0; i < parts.Count; i++)
            yield return parts[i] with { Offset = gap.Offset + parts[i].Offset };
    }
}
