namespace S3ModelStore.Engine.Source;

/// <summary>Some bytes of one version of an object: what a GET asks for, and what its answer must be.</summary>
internal sealed record ObjectRange
{
    public required string Bucket { get; init; }

    public required string Key { get; init; }

    public string? VersionId { get; init; }

    /// <summary>Without quotes; the answer must come from this version or not at all.</summary>
    public required string ETag { get; init; }

    /// <summary>Bytes of the whole object.</summary>
    public required long Size { get; init; }

    public required long Offset { get; init; }

    public required long Length { get; init; }

    /// <summary>Have the store send the checksum it keeps; a range's answer has none that can be trusted.</summary>
    public bool AskChecksum { get; init; }

    /// <summary>The whole object is asked for without a range, which even an empty one answers.</summary>
    public bool IsWhole => Offset == 0 && Length == Size;
}
