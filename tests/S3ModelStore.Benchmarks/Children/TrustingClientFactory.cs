using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using Amazon.Runtime;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>Clients for the SDK that take any certificate: that of the loopback server is our own.</summary>
internal sealed class TrustingClientFactory : HttpClientFactory
{
    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "Loopback only.")]
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
        => new(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
}
