using S3ModelStore.Engine.Source.Transport;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>Where the requests for a bucket go.</summary>
/// <param name="Origin">Where connections lead.</param>
/// <param name="Host">The Host header.</param>
/// <param name="PathPrefix">What stands before every key: a slash, or the bucket between slashes.</param>
internal sealed record BucketAddress(HttpOrigin Origin, string Host, string PathPrefix)
{
    /// <param name="address">Scheme, host and base path, without a slash at the end.</param>
    public static BucketAddress Parse(string address)
    {
        var uri = new Uri(address);
        return new BucketAddress(HttpOrigin.Of(uri), WireUri.HostHeader(uri), uri.AbsolutePath.TrimEnd('/') + "/");
    }
}
