using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>
/// CRC-64/NVME by folding: a block of 128 bits is moved forward over the bytes behind it by two carry-less multiplications, eight blocks
/// at a time, until one is left. Only where <see cref="CarrylessMultiplication.IsSupported"/>.
/// </summary>
/// <remarks>
/// Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel 2009:
/// <see href="https://www.intel.com/content/dam/www/public/us/en/documents/white-papers/fast-crc-computation-generic-polynomials-pclmulqdq-paper.pdf"/>.
/// All values are reflected, as the bytes are in memory: the lower half of a block, which comes first, holds the terms x^64 to x^127.
/// The product of two reflected halves has 127 bits, and read as 128 it is multiplied by x. Hence the 1 that every exponent lacks.
/// </remarks>
internal static class Crc64NvmeFolding
{
    /// <summary>Bytes below which there is nothing to fold.</summary>
    public const int MinLength = BlockSize;

    private const int BlockSize = 16;
    private const int Lanes = 8;

    private static readonly Vector128<ulong> OneBlock = FoldBy(1);
    private static readonly Vector128<ulong> AllLanes = FoldBy(Lanes);
    private static readonly Vector128<ulong> Reduction = Vector128.Create(Power(127), 0);

    // The 65 bits of the quotient and of P, without the one that does not fit, which is the lowest term.
    private static readonly Vector128<ulong> Barrett = Vector128.Create((CrcPolynomial.Crc64Nvme.Quotient() << 1) | 1, (CrcPolynomial.Crc64Nvme.Reflected << 1) | 1);

    /// <param name="state">The CRC before its final inversion.</param>
    /// <param name="data">At least <see cref="MinLength"/> bytes.</param>
    public static ulong Advance(ulong state, ReadOnlySpan<byte> data)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(data);
        var end = data[(blocks.Length * BlockSize)..];
        var first = blocks[0] ^ Vector128.Create(state, 0);
        var folded = blocks.Length < 2 * Lanes ? FoldEach(first, blocks[1..]) : FoldLanes(first, blocks);
        return Crc64NvmeTable.Advance(Reduce(folded), end);
    }

    // Compiled for speed at once: the quick first code of a loop of intrinsics is many times slower, and a download may be over before the
    // runtime replaces it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<ulong> FoldLanes(Vector128<ulong> first, ReadOnlySpan<Vector128<ulong>> blocks)
    {
        var by = AllLanes;
        var (a, b, c, d) = (first, blocks[1], blocks[2], blocks[3]);
        var (e, f, g, h) = (blocks[4], blocks[5], blocks[6], blocks[7]);
        for (blocks = blocks[Lanes..]; blocks.Length >= Lanes; blocks = blocks[Lanes..])
        {
            a = Fold(a, by) ^ blocks[0];
            b = Fold(b, by) ^ blocks[1];
            c = Fold(c, by) ^ blocks[2];
            d = Fold(d, by) ^ blocks[3];
            e = Fold(e, by) ^ blocks[4];
            f = Fold(f, by) ^ blocks[5];
            g = Fold(g, by) ^ blocks[6];
            h = Fold(h, by) ^ blocks[7];
        }

        by = OneBlock;
        a = Fold(Fold(Fold(a, by) ^ b, by) ^ c, by) ^ d;
        a = Fold(Fold(Fold(Fold(a, by) ^ e, by) ^ f, by) ^ g, by) ^ h;
        return FoldEach(a, blocks);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<ulong> FoldEach(Vector128<ulong> folded, ReadOnlySpan<Vector128<ulong>> blocks)
    {
        var by = OneBlock;
        foreach (var block in blocks)
            folded = Fold(folded, by) ^ block;
        return folded;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> block, Vector128<ulong> by)
        => CarrylessMultiplication.Lower(block, by) ^ CarrylessMultiplication.Upper(block, by);

    /// <summary>The remainder of a block that 64 zero bits follow.</summary>
    private static ulong Reduce(Vector128<ulong> block)
    {
        // 192 bits to 128: the first half times x^128, and the second, which is now the first.
        var wide = CarrylessMultiplication.Lower(block, Reduction) ^ Vector128.CreateScalar(block.GetElement(1));
        // 128 to 64, by Barrett: the quotient, then what it leaves.
        var quotient = CarrylessMultiplication.Lower(wide, Barrett).ToScalar();
        var product = CarrylessMultiplication.Upper(Vector128.Create(0, quotient), Barrett);
        return wide.GetElement(1) ^ product.GetElement(1) ^ quotient;
    }

    /// <summary>What moves the two halves of a block forward over so many blocks.</summary>
    private static Vector128<ulong> FoldBy(int blocks) => Vector128.Create(Power((blocks * 128) + 63), Power((blocks * 128) - 1));

    private static ulong Power(int exponent) => CrcPolynomial.Crc64Nvme.Power(exponent);
}
