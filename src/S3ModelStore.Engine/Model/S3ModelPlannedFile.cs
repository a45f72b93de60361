namespace S3ModelStore.Engine.Model;

/// <summary>One file of an estimate.</summary>
public sealed record S3ModelPlannedFile
{
    public required string RelativePath { get; init; }

    /// <summary>Full local path it would get; <see langword="null"/> without a destination.</summary>
    public string? Path { get; init; }

    public required string Uri { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string ETag { get; init; }

    public required S3ModelPlannedFileState State { get; init; }

    /// <summary>Bytes of an unfinished earlier run that its journal records; they are checked before they are used.</summary>
    public long BytesResumable { get; init; }

    /// <summary>The relative path: lists of files are shown by it.</summary>
    public override string ToString() => RelativePath;
}
