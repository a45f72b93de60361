using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Model;

/// <summary>What became of one file of a download.</summary>
public sealed record S3ModelFileResult
{
    public required string RelativePath { get; init; }

    /// <summary>Full local path of the finished file.</summary>
    public required string Path { get; init; }

    public required string Uri { get; init; }

    /// <summary>Bytes of the object.</summary>
    public required long Size { get; init; }

    public required string ETag { get; init; }

    public required S3ModelFileStatus Status { get; init; }

    /// <summary>Body bytes received from the network for this file, repeated ones included.</summary>
    public long BytesDownloaded { get; init; }

    /// <summary>Bytes that were on disk already.</summary>
    public long BytesReused { get; init; }

    public VerificationLevel Verification { get; init; }

    /// <summary>The digest that proves it, as <c>ALGORITHM:value</c>; where only the size does, the one computed over what arrived.</summary>
    public string? Checksum { get; init; }

    /// <summary>Why a stronger proof than <see cref="Verification"/> did not apply, where that needs a word.</summary>
    public string? VerificationNote { get; init; }

    /// <summary>Whether a loader would take the file, by its name and header; unknown for formats that are not looked into.</summary>
    public S3ModelStructure Structure { get; init; }

    /// <summary>From its first request to its end. A number, because a time this deep in a result would be cut off in its JSON.</summary>
    public double Seconds { get; init; }

    /// <summary>Requests that had to be repeated.</summary>
    public int Retries { get; init; }

    public ModelStoreErrorCode ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>The relative path: lists of files are shown by it.</summary>
    public override string ToString() => RelativePath;
}
