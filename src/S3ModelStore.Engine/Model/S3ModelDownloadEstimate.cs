namespace S3ModelStore.Engine.Model;

/// <summary>What a download would cost. Sizes in bytes.</summary>
public sealed record S3ModelDownloadEstimate
{
    public required string Uri { get; init; }

    public required int FileCount { get; init; }

    public required long TotalBytes { get; init; }

    /// <summary><see cref="TotalBytes"/> less what is present or resumable.</summary>
    public required long BytesToDownload { get; init; }

    /// <summary>Bytes of files that are there and unchanged.</summary>
    public required long BytesPresent { get; init; }

    /// <summary>Bytes of unfinished files that an earlier run left.</summary>
    public required long BytesResumable { get; init; }

    public S3ModelPlannedFile? LargestFile { get; init; }

    /// <summary>Largest total first.</summary>
    public required IReadOnlyList<S3ModelExtensionSummary> ByExtension { get; init; }

    /// <summary>Free bytes on the destination's volume; <see langword="null"/> without a destination.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Whether the bytes to download fit; <see langword="null"/> without a destination.</summary>
    public bool? Fits { get; init; }

    public required IReadOnlyList<S3ModelPlannedFile> Files { get; init; }
}
