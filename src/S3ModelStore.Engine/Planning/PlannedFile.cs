using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Planning;

/// <summary>One file of a plan.</summary>
internal sealed record PlannedFile
{
    public required S3ModelObject Source { get; init; }

    /// <summary>Relative local path with <c>/</c> between segments.</summary>
    public required string LocalPath { get; init; }

    public required S3ModelPlannedFileState State { get; init; }

    /// <summary>Bytes an unfinished run recorded.</summary>
    public long ResumableBytes { get; init; }

    /// <summary>What the caller knows about it, if anything.</summary>
    public S3ModelFileSpec? Spec { get; init; }

    /// <summary>For a present file: how it was proved.</summary>
    public ManifestEntry? Present { get; init; }

    /// <summary>For a different file: that it was proved to be this version once, before something changed it.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>In a repair, a file to be read again and held against its record.</summary>
    public bool MustCheck { get; init; }

    /// <summary>For a skipped file: why.</summary>
    public string? SkipReason { get; init; }

    /// <summary>Whether a download has to do something about it.</summary>
    public bool NeedsTransfer => MustCheck || State is not (S3ModelPlannedFileState.Present or S3ModelPlannedFileState.Skipped);
}
