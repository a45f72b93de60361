using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine.Transfer;

/// <summary>What every transfer of a store shares.</summary>
/// <param name="Store">Where bytes come from.</param>
/// <param name="Reader">Its listings and HEADs, retried.</param>
/// <param name="Endpoint">Its address, as journals and manifests name it.</param>
/// <param name="Options">Limits.</param>
/// <param name="Retry">What is tried again.</param>
/// <param name="Clock">Time.</param>
internal sealed record TransferServices(IObjectStore Store, StoreReader Reader, string Endpoint, S3ModelStoreOptions Options, RetryPolicy Retry, TimeProvider Clock);
