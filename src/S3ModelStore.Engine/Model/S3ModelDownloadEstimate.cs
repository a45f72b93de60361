using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Model;

/// <summary>What a download would cost. Sizes in bytes.</summary>
public sealed record S3ModelDownloadEstimate
{
    /// <summary>The source; <see langword="null"/> for a directory whose records do not tell one.</summary>
    public required string? Uri { get; init; }

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

    /// <summary>Files of which nothing is there.</summary>
    public int FilesMissing => Count(S3ModelPlannedFileState.Missing);

    /// <summary>Files whose bytes are not as recorded. Only a look without the source reads them.</summary>
    public int FilesDamaged => Count(S3ModelPlannedFileState.Damaged);

    /// <summary>Files in the destination that no record knows. Only a look without the source searches them.</summary>
    public int FilesForeign => Count(S3ModelPlannedFileState.Foreign);

    public required IReadOnlyList<S3ModelPlannedFile> Files { get; init; }

    /// <summary>What was measured, with the objects as they were listed.</summary>
    internal DownloadRequest? Measured { get; init; }

    /// <summary>A request for exactly these objects: a download of it lists nothing, and an object that was replaced since is an error.</summary>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidOption"/> for a look at a directory without its source.</exception>
    public DownloadRequest ToRequest()
        => Measured ?? throw new ModelStoreException(ModelStoreErrorCode.InvalidOption, Messages.MeasuredOffline, Messages.MeasuredOfflineRemedy, Uri ?? "Plan");

    private int Count(S3ModelPlannedFileState state) => Files.Count(file => file.State == state);
}
