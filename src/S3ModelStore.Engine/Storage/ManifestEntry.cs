using S3ModelStore.Engine.Model;

namespace S3ModelStore.Engine.Storage;

/// <summary>A file that is in place, as it was when it was proved.</summary>
internal sealed record ManifestEntry
{
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

    /// <summary>Whether what was read is an entry at all: to the serializer, a property that is required may still be null.</summary>
    public bool IsWhole() => (Path, Uri, Key, ETag, Size) is (not null, not null, not null, not null, >= 0);

    /// <summary>Whether it was proved by the SHA-256 that is wanted now, if one is.</summary>
    public bool Answers(S3ModelFileSpec? spec) => spec?.Sha256 is not { } sha256 || Digest == "SHA256:" + sha256;

    /// <summary>Whether the file on disk still looks as it did. Its time was read back from there, so it can be compared to the last digit.</summary>
    public bool Describes(FileInfo file)
        => file.Exists && file.Length == Size && file.LastWriteTimeUtc == ModifiedAt.UtcDateTime;
}
