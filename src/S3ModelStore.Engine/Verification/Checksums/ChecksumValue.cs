using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>A CRC and what it is a CRC of: a whole object's, as S3 sends it, or one computed here.</summary>
/// <param name="Algorithm">Values of different algorithms are never equal.</param>
/// <param name="Crc">The finished CRC; 32-bit ones in the lower half.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChecksumValue(ChecksumAlgorithm Algorithm, ulong Crc)
{
    /// <summary>
    /// Reads base64 of the big-endian bytes. Strict, because it is evidence: no white space, no missing padding, no other length, and
    /// none but the one text that stands for a value. So a composite checksum, which ends in <c>-N</c>, is no value of an object.
    /// </summary>
    /// <param name="algorithm">What the header or element was named after.</param>
    /// <param name="base64"><see langword="null"/> is refused like any other text.</param>
    /// <param name="value">Meaningless when refused.</param>
    public static bool TryParse(ChecksumAlgorithm algorithm, string? base64, out ChecksumValue value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        value = default;
        if (base64 is null || !Convert.TryFromBase64String(base64, bytes, out var length) || length != algorithm.ToByteCount())
            return false;
        var crc = length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
        value = new ChecksumValue(algorithm, crc);
        // The framework skips white space and ignores the bits that the padding leaves over.
        return value.ToBase64() == base64;
    }

    /// <summary>As S3 sends it: <c>rosUhgp5mIg=</c>.</summary>
    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        return Convert.ToBase64String(WriteTo(bytes));
    }

    /// <summary>Lower case, as the hashes beside it are written: <c>ae8b14860a799888</c>.</summary>
    public string ToHex()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        return Convert.ToHexString(WriteTo(bytes)).ToLowerInvariant();
    }

    /// <summary><c>CRC64NVME:rosUhgp5mIg=</c>, so that it can be compared with what the store's own tools print.</summary>
    public override string ToString() => $"{Algorithm.ToName()}:{ToBase64()}";

    private ReadOnlySpan<byte> WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Crc);
        return bytes[^Algorithm.ToByteCount()..];
    }
}
