using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Storage;

/// <summary>A file that is in place, as it was when it was proved.</summary>
internal sealed record ManifestEntry
{
    private static readonly SegmentRules Names = new(PlatformNames.ForCurrent());

    /// <summary>Relative local path with <c>/</c> between segments.</summary>
    public required string Path { get; init; }

    /// <summary>Where it came from, <c>s3://bucket/key</c>.</summary>
    public required string Uri { get; init; }

    public required string Key { get; init; }

    public required string ETag { get; init; }

    public string? Version { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary><c>ALGORITHM:value</c>, or absent when only the size was proved.</summary>
    public string? Digest { get; init; }

    public required VerificationLevel Verification { get; init; }

    /// <summary>
    /// The parts it arrived in, so that damage is found and mended part by part. Absent where the file has but one part, or was not
    /// fetched here, and <see cref="Digest"/> is over all of its bytes.
    /// </summary>
    public IReadOnlyList<ManifestPart>? Parts { get; init; }

    /// <summary>Whether what was read is an entry at all: to the serializer, a property that is required may still be null.</summary>
    public bool IsWhole()
        => (Path, Uri, Key, ETag, Size) is (not null, not null, not null, not null, >= 0)
            && (Parts is null || ManifestPart.TryLayOut(Parts, Size, out _));

    /// <summary>Whether it is an entry of this very object.</summary>
    public bool IsOf(S3ModelObject source)
        => Size == source.Size && ETag == source.ETag && (source.VersionId is null || Version is null || source.VersionId == Version);

    /// <summary>The parts at their offsets; <see langword="null"/> when they are not known.</summary>
    public IReadOnlyList<JournalPart>? PartsAtOffsets()
        => Parts is not null && ManifestPart.TryLayOut(Parts, Size, out var parts) ? parts : null;

    /// <summary>Algorithm and value of a digest over all bytes of the file; <see langword="null"/> for one over parts, or none.</summary>
    public (string Algorithm, string Value)? WholeDigest()
        => Digest?.Split(':', 2) is [var algorithm, var value] && RunningDigest.Knows(algorithm) && !value.Contains('-', StringComparison.Ordinal)
            ? (algorithm, value)
            : null;

    /// <summary>Whether its path is one that this module would have given: nothing it wrote leads out of a destination or into its own directory.</summary>
    public bool IsBelowDestination() => Names.FaultOf(Path) is null;

    /// <summary>Whether it was proved by the SHA-256 that is wanted now, if one is.</summary>
    public bool Answers(S3ModelFileSpec? spec) => spec?.Sha256 is not { } sha256 || Digest == "SHA256:" + sha256;

    /// <summary>The entry of a file that was read again and found to be as it was, whatever touched it.</summary>
    public ManifestEntry At(FileInfo file) => this with { ModifiedAt = TimeOf(file) };

    public static DateTimeOffset TimeOf(FileInfo file) => new(file.LastWriteTimeUtc, TimeSpan.Zero);

    /// <summary>Whether the file on disk still looks as it did. Its time was read back from there, so it can be compared to the last digit.</summary>
    public bool Describes(FileInfo file)
        => file.Exists && file.Length == Size && file.LastWriteTimeUtc == ModifiedAt.UtcDateTime;
}
