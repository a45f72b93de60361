using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Source;

/// <summary>
/// What the engine needs of a store. Methods try once (after repairing region, clock or token); retrying is the caller's. They throw
/// <see cref="ModelStoreException"/>, or <see cref="OperationCanceledException"/> when cancelled. They keep their thread until they are done.
/// </summary>
internal interface IObjectStore : IDisposable
{
    /// <summary>One page of a listing, in the store's order, directory markers and all.</summary>
    /// <param name="bucket">Bucket.</param>
    /// <param name="prefix">Keys begin with it; may be empty.</param>
    /// <param name="continuation">What the page before gave; <see langword="null"/> for the first.</param>
    /// <param name="cancellation">Ends the request.</param>
    ListingPage ListPage(string bucket, string prefix, string? continuation, CancellationToken cancellation);

    /// <summary>The first page of what begins with a prefix and goes no deeper: keys, and the prefixes up to the next slash.</summary>
    IReadOnlyList<string> ListLevel(string bucket, string prefix, CancellationToken cancellation);

    /// <summary>The buckets that the identity may see.</summary>
    IReadOnlyList<string> ListBuckets(CancellationToken cancellation);

    /// <summary>One object's properties; <see langword="null"/> when there is no such object.</summary>
    StoredObject? Head(string bucket, string key, string? versionId, CancellationToken cancellation);

    /// <summary>What the store tells about the bytes of this very version.</summary>
    ObjectEvidence Describe(ObjectRange whole, CancellationToken cancellation);

    /// <summary>Bytes of one part of the object's upload; <see langword="null"/> when the store does not say, or not in a way that can be trusted.</summary>
    /// <param name="whole">All of this very version.</param>
    /// <param name="number">From 1 to <paramref name="count"/>.</param>
    /// <param name="count">How many parts there were, as the value over them tells.</param>
    /// <param name="cancellation">Ends the request.</param>
    long? FindPartSize(ObjectRange whole, int number, int count, CancellationToken cancellation);

    /// <summary>
    /// The bytes of a range. <see cref="ModelStoreErrorCode.ObjectChanged"/> when the store has another version now or answers
    /// something else than was asked for.
    /// </summary>
    ObjectBody Get(ObjectRange range, CancellationToken cancellation);

    /// <summary>What requests to a bucket go to and as whom, without a secret.</summary>
    Task<SourceIdentity> IdentifyAsync(string bucket, CancellationToken cancellation);
}
