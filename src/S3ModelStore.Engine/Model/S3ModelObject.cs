namespace S3ModelStore.Engine.Model;

/// <summary>One object of a model as the source lists it.</summary>
public sealed record S3ModelObject
{
    /// <summary><c>s3://bucket/key</c>, the key as literal text.</summary>
    public string Uri => $"s3://{Bucket}/{Key}";

    public required string Bucket { get; init; }

    public required string Key { get; init; }

    /// <summary>The key below the model's prefix, with <c>/</c> between segments; for a single object its last segment.</summary>
    public required string RelativePath { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The entity tag without its quotes.</summary>
    public required string ETag { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    public string? StorageClass { get; init; }

    /// <summary>The version, when the source told it; <see langword="null"/> means the current one.</summary>
    public string? VersionId { get; init; }

    /// <summary>The relative path: lists of objects are shown by it.</summary>
    public override string ToString() => RelativePath;
}
