namespace S3ModelStore.Engine.Source.Http;

/// <summary>The parts of a request that a signature covers, each exactly as it goes on the wire.</summary>
internal readonly ref struct SigV4Request
{
    /// <summary><c>GET</c> or <c>HEAD</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The Host header: with the port unless it is the scheme's own. <see cref="WireUri.HostHeader"/> gives it.</summary>
    public required string Host { get; init; }

    /// <summary>Begins with a slash, percent-encoded once. <see cref="S3PathEncoder.Path"/> gives it.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Without the question mark, percent-encoded, sorted by name and then value; a name without a value ends in <c>=</c>.
    /// </summary>
    public ReadOnlySpan<char> Query { get; init; }

    /// <summary>
    /// Further headers to sign, in any order: <c>range</c>, <c>if-match</c>, <c>x-amz-*</c>. The ones that the signer adds by
    /// itself (host, date, payload hash, session token) stay out.
    /// </summary>
    public ReadOnlySpan<SigV4Header> Headers { get; init; }

    /// <summary>
    /// Lower-case hex SHA-256 of the body; <see langword="null"/> signs <c>UNSIGNED-PAYLOAD</c>, which S3 allows and which says
    /// all there is to say about a request without a body.
    /// </summary>
    public string? PayloadHash { get; init; }
}
