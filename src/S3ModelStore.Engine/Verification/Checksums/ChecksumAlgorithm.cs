namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>The CRCs that S3 keeps over whole objects, and that can be computed over parts in any order.</summary>
/// <remarks><see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html"/></remarks>
internal enum ChecksumAlgorithm
{
    /// <summary>CRC-32/ISO-HDLC, as in zip and Ethernet.</summary>
    Crc32,

    /// <summary>CRC-32/ISCSI, Castagnoli's.</summary>
    Crc32C,

    /// <summary>CRC-64/NVME, what AWS gives every object by default since December 2024.</summary>
    Crc64Nvme,
}
