using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3ModelStore.Interop.Tests;

/// <summary>
/// Uploads with checksums that are computed here and sent as headers: the SDK does not compute all of them, and a server that knows them
/// refuses what does not fit.
/// </summary>
/// <param name="server">Where to.</param>
/// <param name="algorithm">As S3 writes it; empty for none.</param>
internal sealed class ChecksumUpload(RealServer server, string algorithm)
{
    /// <summary>The raw digest of some bytes.</summary>
    public byte[] Digest(ReadOnlySpan<byte> content) => algorithm switch
    {
        "CRC64NVME" => ReflectedCrc.Crc64Nvme.Of(content),
        "CRC32C" => ReflectedCrc.Crc32C.Of(content),
        "CRC32" => ReflectedCrc.Crc32.Of(content),
        "SHA256" => SHA256.HashData(content),
#pragma warning disable CA5350 // What S3 offers is what people have uploaded with.
        _ => SHA1.HashData(content),
#pragma warning restore CA5350
    };

    public async Task SingleAsync(string key, byte[] content, CancellationToken cancellation)
    {
        using var body = new MemoryStream(content, writable: false);
        var request = new PutObjectRequest { BucketName = server.Bucket, Key = key, InputStream = body };
        if (algorithm.Length > 0)
        {
            request.Headers[Header] = Convert.ToBase64String(Digest(content));
            // As every SDK sends beside it; Ceph keeps the value only then.
            request.Headers["x-amz-sdk-checksum-algorithm"] = algorithm;
        }

        await server.Client.PutObjectAsync(request, cancellation);
    }

    /// <param name="key">Of the object.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="partSize">Bytes of a part.</param>
    /// <param name="type">Of the checksum; empty without one.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task MultipartAsync(string key, byte[] content, int partSize, string type, CancellationToken cancellation)
    {
        var begin = new InitiateMultipartUploadRequest { BucketName = server.Bucket, Key = key };
        if (algorithm.Length > 0)
            (begin.ChecksumAlgorithm, begin.ChecksumType) = (ChecksumAlgorithm.FindValue(algorithm), ChecksumType.FindValue(type));
        var upload = await server.Client.InitiateMultipartUploadAsync(begin, cancellation);
        var parts = new List<PartETag>();
        foreach (var part in content.Chunk(partSize))
            parts.Add(await PartAsync(upload, parts.Count + 1, part, cancellation));
        var complete = new CompleteMultipartUploadRequest { BucketName = server.Bucket, Key = key, UploadId = upload.UploadId, PartETags = parts };
        if (algorithm.Length > 0)
            complete.ChecksumType = ChecksumType.FindValue(type);
        await server.Client.CompleteMultipartUploadAsync(complete, cancellation);
    }

    private string Header => "x-amz-checksum-" + algorithm.ToLowerInvariant();

    private async Task<PartETag> PartAsync(InitiateMultipartUploadResponse upload, int number, byte[] content, CancellationToken cancellation)
    {
        using var body = new MemoryStream(content, writable: false);
        var request = new UploadPartRequest { BucketName = upload.BucketName, Key = upload.Key, UploadId = upload.UploadId, PartNumber = number, PartSize = content.Length, InputStream = body };
        var value = algorithm.Length == 0 ? null : Convert.ToBase64String(Digest(content));
        var part = new PartETag(number, string.Empty);
        switch (algorithm)
        {
            case "CRC64NVME":
                part.ChecksumCRC64NVME = request.ChecksumCRC64NVME = value;
                break;
            case "CRC32C":
                part.ChecksumCRC32C = request.ChecksumCRC32C = value;
                break;
            case "CRC32":
                part.ChecksumCRC32 = request.ChecksumCRC32 = value;
                break;
            case "SHA256":
                part.ChecksumSHA256 = request.ChecksumSHA256 = value;
                break;
            case "SHA1":
                part.ChecksumSHA1 = request.ChecksumSHA1 = value;
                break;
        }

        part.ETag = (await server.Client.UploadPartAsync(request, cancellation)).ETag;
        return part;
    }
}
