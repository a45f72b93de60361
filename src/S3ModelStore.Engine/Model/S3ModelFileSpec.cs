using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Selection;

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

    /// <summary>A specification from loose values, as hashtables and CSV rows have them.</summary>
    /// <param name="path">Relative, with <c>/</c>; a leading <c>./</c> is dropped.</param>
    /// <param name="size">Any number without a fraction, or its text; <see langword="null"/> or empty when unknown.</param>
    /// <param name="sha256">64 hexadecimal digits in any case; <see langword="null"/> or empty when unknown.</param>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/> naming the value, the reason and the remedy.</exception>
    public static S3ModelFileSpec FromProperties(string? path, object? size, object? sha256)
        => FileSpecRules.Create(default, path, size, sha256);
}
