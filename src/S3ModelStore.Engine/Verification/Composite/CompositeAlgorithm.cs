namespace S3ModelStore.Engine.Verification.Composite;

/// <summary>Algorithms of which a checksum over parts' checksums exists. CRC-64/NVME is always over the whole object.</summary>
/// <remarks><see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html"/></remarks>
internal enum CompositeAlgorithm
{
    Crc32,
    Crc32C,
    Sha1,
    Sha256,
}
