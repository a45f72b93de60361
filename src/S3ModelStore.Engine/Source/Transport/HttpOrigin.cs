namespace S3ModelStore.Engine.Source.Transport;

/// <summary>Where a connection leads.</summary>
/// <param name="IsTls">https.</param>
/// <param name="Host">Name in ASCII, or address without brackets.</param>
/// <param name="Port">Port.</param>
internal sealed record HttpOrigin(bool IsTls, string Host, int Port)
{
    /// <param name="address">Absolute, http or https.</param>
    public static HttpOrigin Of(Uri address) => new(address.Scheme == Uri.UriSchemeHttps, address.IdnHost, address.Port);
}
