using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Planning;

/// <summary>What planning needs to know about a destination.</summary>
internal interface ILocalState
{
    /// <summary>Free bytes on its volume.</summary>
    long FreeBytes { get; }

    /// <summary>What earlier downloads brought.</summary>
    IReadOnlyCollection<ManifestEntry> Recorded { get; }

    /// <summary>Why what is on disk forbids a path (platform separators); <see langword="null"/> if it does not.</summary>
    PathRefusal? Refuses(string localPath);

    /// <summary>The file with its state and what of it is there; its path was asked about by <see cref="Refuses"/>.</summary>
    PlannedFile Look(PlannedFile file);
}
