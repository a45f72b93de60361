using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine;

/// <summary>What to download to where.</summary>
public sealed record DownloadRequest
{
    public required S3ModelUri Source { get; init; }

    /// <summary>Full path of the destination directory; <see langword="null"/> for an estimate without one.</summary>
    public string? Destination { get; init; }

    public ModelFilter Filter { get; init; } = ModelFilter.All;

    /// <summary>Objects listed before; when given, nothing is listed.</summary>
    public IReadOnlyList<S3ModelObject>? Objects { get; init; }

    /// <summary>What the caller knows about files: each must be in the source with that size, and its SHA-256 proves it.</summary>
    public IReadOnlyList<S3ModelFileSpec>? FileSpecs { get; init; }

    /// <summary>Fetch everything again, whatever is there.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Read every file that is there again, hold it against what was recorded when it was proved, and fetch what is damaged: part by part
    /// where the parts are known. Not with <see cref="Force"/>.
    /// </summary>
    public bool Repair { get; init; }

    /// <summary>The <see cref="Objects"/> are wanted as they were listed: one that was replaced since fails with <see cref="ModelStoreErrorCode.ObjectChanged"/>.</summary>
    public bool IsPinned { get; init; }

    /// <summary>
    /// Remove, when all went well, files that an earlier download of this source brought and the source no longer has. Not with
    /// <see cref="Objects"/>, which do not tell what the source has.
    /// </summary>
    public bool Prune { get; init; }

    public NamePolicy NamePolicy { get; init; }

    /// <summary>Strongest evidence worth its effort; the default takes the strongest there is.</summary>
    public VerificationLevel Verification { get; init; } = VerificationLevel.Sha256;

    /// <summary>Weakest evidence that is acceptable; less fails the file with <see cref="ModelStoreErrorCode.VerificationTooWeak"/>.</summary>
    public VerificationLevel MinimumVerification { get; init; }

    /// <summary>An empty selection is a success, not <see cref="ModelStoreErrorCode.NoMatch"/>.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>Local paths that other sources of the same call fill; a clash is <see cref="ModelStoreErrorCode.NameConflict"/>.</summary>
    public IReadOnlySet<string>? ClaimedPaths { get; init; }
}
