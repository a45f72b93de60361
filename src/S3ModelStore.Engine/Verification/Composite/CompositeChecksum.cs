using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Numerics;
using System.Security.Cryptography;

namespace S3ModelStore.Engine.Verification.Composite;

/// <summary>A checksum of the checksums of an object's parts, and how many there are.</summary>
/// <param name="Algorithm">Of the parts and of the whole alike.</param>
/// <param name="Digest">Base64 of the raw digest, CRCs with the most significant byte first.</param>
/// <param name="PartCount">1 to 10,000.</param>
internal sealed record CompositeChecksum(CompositeAlgorithm Algorithm, string Digest, int PartCount)
{
    /// <param name="algorithm">Which header or element it was found in.</param>
    /// <param name="text"><c>base64-N</c>.</param>
    /// <returns><see langword="null"/> for anything else, checksums over whole objects included: they have no dash.</returns>
    public static CompositeChecksum? TryParse(CompositeAlgorithm algorithm, ReadOnlySpan<char> text)
    {
        var dash = text.IndexOf('-');
        if (dash < 0 || PartCountSuffix.TryParse(text[(dash + 1)..]) is not { } count)
            return null;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        // The longest digest fills the buffer; whatever is longer does not fit and is refused.
        return Convert.TryFromBase64Chars(text[..dash], digest, out var length) && length == DigestSizeOf(algorithm)
            ? new CompositeChecksum(algorithm, Convert.ToBase64String(digest[..length]), count)
            : null;
    }

    /// <summary>The checksum that these parts make.</summary>
    /// <param name="algorithm">Of the parts' digests.</param>
    /// <param name="partDigests">The raw digests of the parts in their order, <see cref="DigestSizeOf"/> bytes each, CRCs with the most significant byte first.</param>
    public static CompositeChecksum Of(CompositeAlgorithm algorithm, ReadOnlySpan<byte> partDigests)
    {
        var size = DigestSizeOf(algorithm);
        if (partDigests.IsEmpty || partDigests.Length % size != 0)
            throw new ArgumentException($"Not a whole number of {algorithm} digests.", nameof(partDigests));
        return new CompositeChecksum(algorithm, Convert.ToBase64String(DigestOf(algorithm, partDigests)), partDigests.Length / size);
    }

    /// <summary>Bytes of one digest.</summary>
    public static int DigestSizeOf(CompositeAlgorithm algorithm) => algorithm switch
    {
        CompositeAlgorithm.Crc32 or CompositeAlgorithm.Crc32C => sizeof(uint),
        CompositeAlgorithm.Sha1 => SHA1.HashSizeInBytes,
        CompositeAlgorithm.Sha256 => SHA256.HashSizeInBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Digest}-{PartCount}");

    private static byte[] DigestOf(CompositeAlgorithm algorithm, ReadOnlySpan<byte> data) => algorithm switch
    {
        CompositeAlgorithm.Crc32 => BigEndian(Crc32.HashToUInt32(data)),
        CompositeAlgorithm.Crc32C => BigEndian(Crc32C(data)),
        CompositeAlgorithm.Sha1 => Hash(HashAlgorithmName.SHA1, data),
        _ => Hash(HashAlgorithmName.SHA256, data),
    };

    private static byte[] BigEndian(uint crc)
    {
        var digest = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(digest, crc);
        return digest;
    }

    private static byte[] Hash(HashAlgorithmName algorithm, ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    // At most 10,000 digests of four bytes: no kernel is needed.
    private static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
