using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Engine.Tests.Verification.Checksums;

/// <summary>A CRC as its definition says, bit by bit, with constants of its own: what the fast ones are held against.</summary>
internal static class BitwiseCrc
{
    public static ulong Of(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> data)
    {
        var (mask, polynomial) = algorithm switch
        {
            ChecksumAlgorithm.Crc32 => ((ulong)uint.MaxValue, 0xEDB88320UL),
            ChecksumAlgorithm.Crc32C => (uint.MaxValue, 0x82F63B78UL),
            _ => (ulong.MaxValue, 0x9A6C9329AC4BC9B5UL),
        };
        var state = mask;
        foreach (var b in data)
        {
            state ^= b;
            for (var bit = 0; bit < 8; bit++)
                state = (state & 1) != 0 ? (state >> 1) ^ polynomial : state >> 1;
        }

        return state ^ mask;
    }
}
