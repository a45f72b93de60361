using S3ModelStore.Engine.Source.Http;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>A GET or HEAD as it goes on the wire. What it holds is signed: nothing is normalised any more.</summary>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Origin">Where it goes.</param>
/// <param name="Host">The Host header.</param>
/// <param name="Target">Path and query, encoded.</param>
/// <param name="Headers">The others, in their order.</param>
internal sealed record StoreRequest(string Method, HttpOrigin Origin, string Host, string Target, SigV4Header[] Headers)
{
    /// <summary>Scheme, host and port.</summary>
    public string Endpoint => (Origin.IsTls ? "https://" : "http://") + Host;

    /// <exception cref="ArgumentException">A header is no request header; it would be missing on the wire.</exception>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), WireUri.Create(Endpoint, Target));
        foreach (var header in Headers)
        {
            // Without validation: the parsers of typed headers would rewrite values that are already signed.
            if (!message.Headers.TryAddWithoutValidation(header.Name, header.Value))
                throw new ArgumentException($"'{header.Name}' is not a request header.", header.Name);
        }

        return message;
    }

    // Session tokens are secrets.
    public override string ToString() => $"{Method} {Endpoint}{Target}";
}
