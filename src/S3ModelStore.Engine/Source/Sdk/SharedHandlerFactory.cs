using Amazon.Runtime;

namespace S3ModelStore.Engine.Source.Sdk;

/// <summary>Gives the SDK the connections that our own requests use.</summary>
internal sealed class SharedHandlerFactory : HttpClientFactory
{
    private readonly HttpMessageHandler _handler;

    public SharedHandlerFactory(HttpMessageHandler handler) => _handler = handler;

    // Time limits are ours: every request carries a token that its caller cancels.
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
        => new(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
