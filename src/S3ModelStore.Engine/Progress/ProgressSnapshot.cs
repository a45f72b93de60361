namespace S3ModelStore.Engine.Progress;

/// <summary>How far a job is at one moment.</summary>
public sealed record ProgressSnapshot
{
    public required TransferPhase Phase { get; init; }

    /// <summary>Bytes in place, reused ones included.</summary>
    public required long BytesDone { get; init; }

    public required long TotalBytes { get; init; }

    /// <summary>Files in place or given up.</summary>
    public required int FilesDone { get; init; }

    public required int TotalFiles { get; init; }

    /// <summary>Network rate over the last few seconds; reused bytes do not count.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>Time left at that rate; <see langword="null"/> while unknown.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Up to three unfinished files with the most bytes to go.</summary>
    public required IReadOnlyList<FileProgress> BusiestFiles { get; init; }
}
