using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Storage;

/// <summary>A part that is written, and the CRC of its bytes.</summary>
/// <param name="Offset">First byte in the object.</param>
/// <param name="Length">Bytes, more than zero.</param>
/// <param name="Crc">CRC-64/NVME of those bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JournalPart(long Offset, long Length, ulong Crc)
{
    public long End => Offset + Length;
}
