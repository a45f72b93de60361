using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>CRC-32C by the instruction that x86 and ARM have for it. Stateless and without allocations.</summary>
/// <remarks>
/// The instruction takes one cycle but gives its result after three, so three stretches of the data go through it side by side; what
/// follows them is added by carry-less multiplication. After Gopal and others, "Fast CRC Computation for iSCSI Polynomial Using CRC32
/// Instruction", Intel 2011, and Mark Adler's crc32c.c: <see href="https://stackoverflow.com/a/17646775"/>.
/// </remarks>
internal static class Crc32C
{
    // Two multiplications per three stretches: little against 128 steps, and the rest that goes in single file stays short.
    private const int StretchSize = 1024;

    // The instruction itself multiplies by x^32, and a reflected product by x.
    private static readonly Vector128<ulong> OverOne = Vector128.CreateScalar(CrcPolynomial.Crc32C.Power((8 * StretchSize) - 33));
    private static readonly Vector128<ulong> OverTwo = Vector128.CreateScalar(CrcPolynomial.Crc32C.Power((16 * StretchSize) - 33));

    /// <summary>The CRC of everything so far, then <paramref name="data"/>.</summary>
    /// <param name="crc">The finished CRC of what came before, as this method returns it; 0 when nothing did.</param>
    /// <param name="data">May be empty, of any length and alignment.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        var state = ~crc;
        if (CarrylessMultiplication.IsSupported)
        {
            for (; data.Length >= 3 * StretchSize; data = data[(3 * StretchSize)..])
                state = AdvanceThree(state, data);
        }

        return ~AdvanceInFile(state, data);
    }

    /// <summary>In single file: the remainder of the data, or all of it without carry-less multiplication.</summary>
    /// <remarks><see cref="BitOperations"/> has tables for processors that lack the instruction.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static uint AdvanceInFile(uint state, ReadOnlySpan<byte> data)
    {
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var b in data)
            state = BitOperations.Crc32C(state, b);
        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint AdvanceThree(uint state, ReadOnlySpan<byte> data)
    {
        var first = MemoryMarshal.Cast<byte, ulong>(data[..StretchSize]);
        var second = MemoryMarshal.Cast<byte, ulong>(data.Slice(StretchSize, StretchSize));
        var third = MemoryMarshal.Cast<byte, ulong>(data.Slice(2 * StretchSize, StretchSize));
        var (a, b, c) = (state, 0u, 0u);
        for (var i = 0; i < first.Length; i++)
        {
            a = BitOperations.Crc32C(a, first[i]);
            b = BitOperations.Crc32C(b, second[i]);
            c = BitOperations.Crc32C(c, third[i]);
        }

        var moved = CarrylessMultiplication.Lower(Vector128.CreateScalar((ulong)a), OverTwo) ^ CarrylessMultiplication.Lower(Vector128.CreateScalar((ulong)b), OverOne);
        return BitOperations.Crc32C(0, moved.ToScalar()) ^ c;
    }
}
