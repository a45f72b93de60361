using S3ModelStore.TestServer.Content;

namespace S3ModelStore.TestServer.Catalog;

/// <summary>One version of an object. Never changes: replacing an object stores another one.</summary>
public sealed class StoredObject
{
    private readonly Lazy<string> _etag;

    internal StoredObject(string bucket, string key, ObjectContent content, string? versionId, DateTimeOffset lastModified, PutOptions options)
    {
        Bucket = bucket;
        Key = key;
        Content = content;
        VersionId = versionId;
        LastModified = lastModified;
        Options = options;
        _etag = new Lazy<string>(ComputeETag);
    }

    public string Bucket { get; }

    public string Key { get; }

    public ObjectContent Content { get; }

    public long Size => Content.Length;

    /// <summary>Without quotes.</summary>
    public string ETag => _etag.Value;

    public string? VersionId { get; }

    public DateTimeOffset LastModified { get; }

    public PutOptions Options { get; }

    /// <summary>Of the upload; <see langword="null"/> for an object that was put in one piece.</summary>
    public IReadOnlyList<long>? PartSizes => Options.MultipartPartSizes ?? (Options.MultipartPartSize is { } partSize ? ContentHash.EqualParts(Size, partSize) : null);

    private string ComputeETag() => Options switch
    {
        { ETag: { } given } => given,
        _ when PartSizes is { } sizes => ContentHash.MultipartETag(Content, sizes),
        _ => ContentHash.Md5Hex(Content),
    };
}
