using S3ModelStore.Engine.Verification;
using S3ModelStore.Engine.Verification.Composite;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;

namespace S3ModelStore.Engine.Tests.Verification;

/// <summary>Objects on the test server with the evidence that uploads of every kind leave behind.</summary>
internal static class StoredEvidence
{
    public const string Bucket = "models";
    public const string Key = "m/a.bin";
    public const string FullObject = "FULL_OBJECT";
    public const string Composite = "COMPOSITE";

    private const string NoMd5 = "0123456789abcdef0123456789abcdef";

    /// <param name="server">Where to.</param>
    /// <param name="content">What.</param>
    /// <param name="etag">Of which kind its ETag is.</param>
    /// <param name="partSize">Bytes of the parts it was uploaded in.</param>
    /// <param name="algorithm">Of the checksum the store keeps; empty for none.</param>
    /// <param name="type"><see cref="FullObject"/> or <see cref="Composite"/>.</param>
    public static void Put(S3TestServer server, ObjectContent content, ETagKind etag, int partSize, string algorithm = "", string type = "")
    {
        var count = (content.Length + partSize - 1) / partSize;
        var options = new PutOptions
        {
            ETag = etag switch
            {
                ETagKind.Kms => NoMd5,
                ETagKind.MultipartGuessable => ContentHash.MultipartETag(content, partSize),
                ETagKind.MultipartUnknown or ETagKind.KmsMultipart => $"{NoMd5}-{count}",
                _ => null,
            },
            MultipartPartSize = etag is ETagKind.MultipartTold or ETagKind.KmsMultipart ? partSize : null,
        };
        if (algorithm.Length > 0)
        {
            var value = type == FullObject ? Convert.ToBase64String(Raw(algorithm, content, 0, (int)content.Length)) : CompositeOf(algorithm, content, partSize);
            options = options with
            {
                Checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amz-checksum-" + algorithm.ToLowerInvariant()] = value },
                ChecksumType = type,
            };
        }

        server.Objects.Put(Bucket, Key, content, options);
        if (etag is ETagKind.Kms or ETagKind.KmsMultipart)
            server.Faults.OnAny(Key).Always().Alongside().Alter(answer => answer.Headers["x-amz-server-side-encryption"] = "aws:kms");
    }

    /// <summary>What a result says of a whole object: algorithm and value, hashes in hexadecimal.</summary>
    public static string ChecksumOf(string algorithm, ObjectContent content)
    {
        using var digest = new RunningDigest(algorithm);
        digest.Append(content.ToArray());
        return $"{algorithm}:{digest.FinishText()}";
    }

    /// <summary>What a result says of an object that was proved by its parts.</summary>
    public static string ChecksumOf(string algorithm, ObjectContent content, int partSize) => $"{algorithm}:{CompositeOf(algorithm, content, partSize)}";

    private static string CompositeOf(string algorithm, ObjectContent content, int partSize)
    {
        if (algorithm == "MD5")
            return ContentHash.MultipartETag(content, partSize);
        var offsets = Enumerable.Range(0, (int)((content.Length + partSize - 1) / partSize)).Select(i => i * partSize);
        byte[] digests = [.. offsets.SelectMany(offset => Raw(algorithm, content, offset, (int)Math.Min(partSize, content.Length - offset)))];
        // S3 has no composite CRC64NVME: what stands there then is of no use to anybody.
        return Enum.TryParse<CompositeAlgorithm>(algorithm, ignoreCase: true, out var known)
            ? CompositeChecksum.Of(known, digests).ToString()
            : $"{Convert.ToBase64String(digests.AsSpan(0, 8))}-{digests.Length / 8}";
    }

    private static byte[] Raw(string algorithm, ObjectContent content, int offset, int length)
    {
        using var digest = new RunningDigest(algorithm);
        digest.Append(content.Slice(offset, length));
        return digest.Finish();
    }
}
