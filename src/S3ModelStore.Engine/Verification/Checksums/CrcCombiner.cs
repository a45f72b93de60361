namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>
/// The CRC of two runs of bytes, one after the other, from the CRC of each and the length of the second: no byte is read again.
/// </summary>
/// <remarks>
/// A CRC is the remainder of the bytes as a polynomial, so n bytes behind it multiply the first by x^(8n);
/// what the two starting values and the two inversions add cancels out, because they are the same. The power takes one multiplication
/// per set bit of n. The idea is zlib's crc32_combine: <see href="https://github.com/madler/zlib/blob/develop/crc32.c"/>.
/// </remarks>
internal sealed class CrcCombiner
{
    private static readonly CrcCombiner Crc32 = new(CrcPolynomial.Crc32);
    private static readonly CrcCombiner Crc32C = new(CrcPolynomial.Crc32C);
    private static readonly CrcCombiner Crc64Nvme = new(CrcPolynomial.Crc64Nvme);

    private readonly CrcPolynomial _polynomial;

    private CrcCombiner(CrcPolynomial polynomial)
    {
        _polynomial = polynomial;
    }

    public static CrcCombiner For(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => Crc32,
        ChecksumAlgorithm.Crc32C => Crc32C,
        ChecksumAlgorithm.Crc64Nvme => Crc64Nvme,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, message: null),
    };

    /// <summary>The CRC of A followed by B.</summary>
    /// <param name="first">The CRC of A; 0 when A is empty.</param>
    /// <param name="second">The CRC of B; 0 when B is empty.</param>
    /// <param name="secondLength">Bytes in B.</param>
    public ulong Combine(ulong first, ulong second, long secondLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(secondLength);
        return _polynomial.Multiply(first, _polynomial.PowerOfBytes(secondLength)) ^ second;
    }
}
