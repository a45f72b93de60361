namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>CRC-64/NVME: what S3 calls CRC64NVME. Stateless and without allocations.</summary>
/// <remarks>
/// System.IO.Hashing 10 has one CRC-64, that of ECMA-182, with another polynomial and the bits the other way round. Parameters:
/// <see href="https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme"/>.
/// </remarks>
internal static class Crc64Nvme
{
    /// <summary>The CRC of everything so far, then <paramref name="data"/>.</summary>
    /// <param name="crc">The finished CRC of what came before, as this method returns it; 0 when nothing did.</param>
    /// <param name="data">May be empty, of any length and alignment.</param>
    public static ulong Append(ulong crc, ReadOnlySpan<byte> data)
        => CarrylessMultiplication.IsSupported && data.Length >= Crc64NvmeFolding.MinLength
            ? ~Crc64NvmeFolding.Advance(~crc, data)
            : ~Crc64NvmeTable.Advance(~crc, data);
}
