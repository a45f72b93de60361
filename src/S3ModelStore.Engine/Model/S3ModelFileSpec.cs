namespace S3ModelStore.Engine.Model;

/// <summary>What the caller knows about a file beforehand.</summary>
public sealed record S3ModelFileSpec
{
    /// <summary>Relative path below the model's prefix, with <c>/</c> between segments.</summary>
    public required string Path { get; init; }

    /// <summary>Expected bytes, if known.</summary>
    public long? Size { get; init; }

    /// <summary>Expected SHA-256 as 64 lower-case hexadecimal digits, if known.</summary>
    public string? Sha256 { get; init; }
}
