namespace S3ModelStore.Engine.Source.Http;

/// <summary>The values of the headers that make a request a signed one.</summary>
/// <param name="Authorization">The <c>Authorization</c> header.</param>
/// <param name="Date">The <c>x-amz-date</c> header.</param>
/// <param name="ContentSha256">The <c>x-amz-content-sha256</c> header; <see langword="null"/> when the service has none.</param>
/// <param name="SecurityToken">The <c>x-amz-security-token</c> header; <see langword="null"/> without a session.</param>
internal readonly record struct SigV4Signature(string Authorization, string Date, string? ContentSha256, string? SecurityToken)
{
    /// <summary>These headers behind the ones that were signed with them, so that neither can be sent without the other.</summary>
    public SigV4Header[] With(ReadOnlySpan<SigV4Header> signedHeaders)
    {
        var headers = new SigV4Header[signedHeaders.Length + 2 + (ContentSha256 is null ? 0 : 1) + (SecurityToken is null ? 0 : 1)];
        signedHeaders.CopyTo(headers);
        var count = signedHeaders.Length;
        headers[count++] = new SigV4Header("x-amz-date", Date);
        if (ContentSha256 is not null)
            headers[count++] = new SigV4Header("x-amz-content-sha256", ContentSha256);
        if (SecurityToken is not null)
            headers[count++] = new SigV4Header("x-amz-security-token", SecurityToken);
        headers[count] = new SigV4Header("authorization", Authorization);
        return headers;
    }

    // Session tokens are secrets.
    public override string ToString() => nameof(SigV4Signature);
}
