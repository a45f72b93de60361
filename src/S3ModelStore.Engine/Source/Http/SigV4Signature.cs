using System.Net.Http.Headers;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>The values of the headers that make a request a signed one.</summary>
/// <param name="Authorization">The <c>Authorization</c> header.</param>
/// <param name="Date">The <c>x-amz-date</c> header.</param>
/// <param name="ContentSha256">The <c>x-amz-content-sha256</c> header; <see langword="null"/> when the service has none.</param>
/// <param name="SecurityToken">The <c>x-amz-security-token</c> header; <see langword="null"/> without a session.</param>
internal readonly record struct SigV4Signature(string Authorization, string Date, string? ContentSha256, string? SecurityToken)
{
    /// <summary>Adds these headers and the ones that were signed with them, so that neither can be sent without the other.</summary>
    /// <exception cref="ArgumentException">A signed header is no request header; it would be missing on the wire.</exception>
    public void AddTo(HttpRequestHeaders headers, ReadOnlySpan<SigV4Header> signedHeaders)
    {
        foreach (var header in signedHeaders)
            Add(headers, header.Name, header.Value);
        Add(headers, "x-amz-date", Date);
        if (ContentSha256 is not null)
            Add(headers, "x-amz-content-sha256", ContentSha256);
        if (SecurityToken is not null)
            Add(headers, "x-amz-security-token", SecurityToken);
        Add(headers, "Authorization", Authorization);
    }

    // Session tokens are secrets.
    public override string ToString() => nameof(SigV4Signature);

    // Without validation: the parsers of typed headers would rewrite values that are already signed.
    private static void Add(HttpRequestHeaders headers, string name, string value)
    {
        if (!headers.TryAddWithoutValidation(name, value))
            throw new ArgumentException($"'{name}' is not a request header.", nameof(headers));
    }
}
