using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>64 × 64 → 128 bit products over GF(2), where the processor has them: PCLMULQDQ on x86, PMULL on ARM.</summary>
/// <remarks>
/// The JIT compiles each method to the one instruction and <see cref="IsSupported"/> to a constant. The 256- and 512-bit forms of x86
/// are first exposed in .NET 10 (<c>Pclmulqdq.V256</c>); use them when the engine leaves .NET 8.
/// </remarks>
internal static class CarrylessMultiplication
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Pclmulqdq.IsSupported || ArmAes.IsSupported;
    }

    /// <summary>The product of the two lower halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Lower(Vector128<ulong> left, Vector128<ulong> right)
        => Pclmulqdq.IsSupported
            ? Pclmulqdq.CarrylessMultiply(left, right, 0x00)
            : ArmAes.PolynomialMultiplyWideningLower(left.GetLower(), right.GetLower());

    /// <summary>The product of the two upper halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Upper(Vector128<ulong> left, Vector128<ulong> right)
        => Pclmulqdq.IsSupported
            ? Pclmulqdq.CarrylessMultiply(left, right, 0x11)
            : ArmAes.PolynomialMultiplyWideningUpper(left, right);
}
