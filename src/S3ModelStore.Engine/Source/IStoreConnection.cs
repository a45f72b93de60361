using S3ModelStore.Engine.Source.Http;

namespace S3ModelStore.Engine.Source;

/// <summary>What the SDK knows and our own requests need: keys, addresses, regions. Thread-safe.</summary>
internal interface IStoreConnection
{
    /// <summary>Adds <c>x-amz-request-payer</c>.</summary>
    bool RequestPayer { get; }

    /// <summary>The keys to sign with; <see langword="null"/> for anonymous requests.</summary>
    ValueTask<SigV4Credentials?> GetKeysAsync(CancellationToken cancellation);

    /// <summary>Forgets keys that expired; <see langword="false"/> when their provider cannot give others.</summary>
    bool TryRenewKeys();

    /// <summary>The region requests to a bucket are signed for.</summary>
    string RegionOf(string bucket);

    /// <summary>Notes the region a bucket turned out to be in; <see langword="false"/> when that is nothing new.</summary>
    bool TryMove(string bucket, string region);

    /// <summary>Scheme, host and base path of a bucket, without a slash at the end.</summary>
    string AddressOf(string bucket);
}
