using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>CRC-64/NVME sixteen bytes at a time from tables: for processors without carry-less multiplication, and for short ends.</summary>
/// <remarks>Slicing-by-N: Kounavis and Berry, <see href="https://doi.org/10.1109/TC.2008.85"/>.</remarks>
internal static class Crc64NvmeTable
{
    private const int Slices = 16;

    // Table n: what a byte becomes when n more bytes follow it.
    private static readonly ulong[] Table = Build();

    /// <param name="state">The CRC before its final inversion.</param>
    /// <param name="data">May be empty.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Advance(ulong state, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<ulong> table = Table;
        for (; data.Length >= Slices; data = data[Slices..])
            state = Look(table, 8, state ^ BinaryPrimitives.ReadUInt64LittleEndian(data)) ^ Look(table, 0, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
        foreach (var b in data)
            state = table[(byte)state ^ b] ^ (state >> 8);
        return state;
    }

    private static ulong Look(ReadOnlySpan<ulong> table, int following, ulong bytes)
    {
        table = table.Slice(following * 256, 8 * 256);
        return table[(7 * 256) + (byte)bytes]
            ^ table[(6 * 256) + (byte)(bytes >> 8)]
            ^ table[(5 * 256) + (byte)(bytes >> 16)]
            ^ table[(4 * 256) + (byte)(bytes >> 24)]
            ^ table[(3 * 256) + (byte)(bytes >> 32)]
            ^ table[(2 * 256) + (byte)(bytes >> 40)]
            ^ table[256 + (byte)(bytes >> 48)]
            ^ table[(byte)(bytes >> 56)];
    }

    private static ulong[] Build()
    {
        var table = new ulong[Slices * 256];
        for (var i = 0; i < 256; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
                value = CrcPolynomial.Crc64Nvme.TimesX(value);
            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++)
            table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        return table;
    }
}
