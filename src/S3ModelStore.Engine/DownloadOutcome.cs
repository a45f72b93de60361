using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Engine;

/// <summary>What a download brought.</summary>
/// <param name="Result">For the pipeline.</param>
/// <param name="Failures">The errors behind the failed files, in the order of the files.</param>
public sealed record DownloadOutcome(S3ModelDownloadResult Result, IReadOnlyList<ModelStoreException> Failures)
{
    /// <summary>What a person should know about files that arrived as they are, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What was decided about the number of connections and why, oldest first, and why the structure of a file is unknown; as sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
