namespace S3ModelStore.TestServer.Catalog;

/// <summary>What an object carries besides its key and its bytes.</summary>
public sealed record PutOptions
{
    /// <summary>An ETag without quotes, taken as it is. Large generated objects give one to save the server an MD5 of every byte.</summary>
    public string? ETag { get; init; }

    /// <summary>When set and no ETag is given, the ETag is that of a multipart upload with parts of this size.</summary>
    public long? MultipartPartSize { get; init; }

    /// <summary>The same for parts of these sizes, which make the object.</summary>
    public IReadOnlyList<long>? MultipartPartSizes { get; init; }

    /// <summary>Kept in whole seconds, as S3 does. The server's clock when absent.</summary>
    public DateTimeOffset? LastModified { get; init; }

    public string StorageClass { get; init; } = "STANDARD";

    /// <summary>The version's id in a versioned bucket; counted up when absent.</summary>
    public string? VersionId { get; init; }

    /// <summary>An archived object answers HEAD, but GET with 403 InvalidObjectState.</summary>
    public bool IsArchived { get; init; }

    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>Response headers such as <c>x-amz-checksum-crc64nvme</c> with their base64 values; sent in checksum mode only.</summary>
    public IReadOnlyDictionary<string, string> Checksums { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary><c>FULL_OBJECT</c> or <c>COMPOSITE</c>.</summary>
    public string? ChecksumType { get; init; }

    /// <summary>User metadata, without the <c>x-amz-meta-</c> in front of each name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
