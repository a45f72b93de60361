using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Engine;

/// <summary>The result of a download and, in the order of its files, the errors behind the failed ones.</summary>
public sealed record DownloadOutcome(S3ModelDownloadResult Result, IReadOnlyList<ModelStoreException> Failures);
