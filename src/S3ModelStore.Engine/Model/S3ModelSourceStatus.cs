using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Model;

/// <summary>Whether a source can be downloaded from, and why not.</summary>
public sealed record S3ModelSourceStatus
{
    public required string Uri { get; init; }

    /// <summary>Reachable, not empty, and an object of it could be read.</summary>
    public required bool Available { get; init; }

    /// <summary><see cref="ModelStoreErrorCode.None"/> when available.</summary>
    public required ModelStoreErrorCode Reason { get; init; }

    public required string Message { get; init; }

    /// <summary>What to do about it; <see langword="null"/> when available.</summary>
    public string? Remedy { get; init; }

    public required string Bucket { get; init; }

    public required string Prefix { get; init; }

    /// <summary>The endpoint requests go to.</summary>
    public string? Endpoint { get; init; }

    public string? Region { get; init; }

    /// <summary>Where the credentials came from; never a key.</summary>
    public string? CredentialSource { get; init; }

    public bool CanList { get; init; }

    public bool CanRead { get; init; }

    /// <summary>Time from the first request to the first byte read.</summary>
    public TimeSpan Latency { get; init; }
}
