namespace S3ModelStore.Engine.Model;

/// <summary>One file of an estimate.</summary>
public sealed record S3ModelPlannedFile
{
    public required string RelativePath { get; init; }

    /// <summary>Full local path it would get; <see langword="null"/> without a destination.</summary>
    public string? Path { get; init; }

    /// <summary><see langword="null"/> for a foreign file.</summary>
    public string? Uri { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary><see langword="null"/> for a foreign file.</summary>
    public string? ETag { get; init; }

    public required S3ModelPlannedFileState State { get; init; }

    /// <summary>Bytes of an unfinished earlier run that its journal records; they are checked before they are used.</summary>
    public long BytesResumable { get; init; }

    /// <summary>Bytes of the parts that are not as recorded; of the whole file where its parts are not known.</summary>
    public long BytesDamaged { get; init; }

    /// <summary>What is wrong with it, when the destination was held against its records.</summary>
    public string? Reason { get; init; }

    /// <summary>The relative path: lists of files are shown by it.</summary>
    public override string ToString() => RelativePath;
}
