namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>How S3 writes an algorithm and how large its values are.</summary>
internal static class ChecksumAlgorithmNames
{
    /// <summary>As in <c>ChecksumAlgorithm</c> elements of S3 and in our own results.</summary>
    public static string ToName(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "CRC32",
        ChecksumAlgorithm.Crc32C => "CRC32C",
        ChecksumAlgorithm.Crc64Nvme => "CRC64NVME",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, message: null),
    };

    /// <summary>The header that carries the value of an object.</summary>
    public static string ToHeaderName(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "x-amz-checksum-crc32",
        ChecksumAlgorithm.Crc32C => "x-amz-checksum-crc32c",
        ChecksumAlgorithm.Crc64Nvme => "x-amz-checksum-crc64nvme",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, message: null),
    };

    /// <summary>Bytes of a value: 4 or 8.</summary>
    public static int ToByteCount(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C => sizeof(uint),
        ChecksumAlgorithm.Crc64Nvme => sizeof(ulong),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, message: null),
    };
}
