using System.Globalization;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>Request addresses that .NET sends exactly as they were signed.</summary>
internal static class WireUri
{
    // System.Uri removes dot segments and decodes %2E, %41 and other escapes of unreserved characters, so a key a/../b would
    // be requested, and not match its signature, as b. "Dangerous" is a warning about text that is not escaped; ours is.
    // https://learn.microsoft.com/dotnet/api/system.uricreationoptions.dangerousdisablepathandquerycanonicalization
    private static readonly UriCreationOptions AsIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <param name="origin"><c>http(s)://host[:port]</c>, nothing after it.</param>
    /// <param name="path">Begins with a slash; see <see cref="S3PathEncoder.Path"/>.</param>
    /// <param name="query">Without the question mark; empty for none.</param>
    /// <exception cref="UriFormatException">The origin is not one.</exception>
    public static Uri Create(string origin, string path, string query = "")
        => new(query.Length == 0 ? origin + path : $"{origin}{path}?{query}", AsIs);

    /// <summary>The scheme, host and port that <see cref="Create"/> takes: what is before the path of an endpoint.</summary>
    public static string Origin(Uri endpoint) => $"{endpoint.Scheme}://{HostHeader(endpoint)}";

    /// <summary>The path of an absolute address as it was written: <see cref="Uri.AbsolutePath"/> has lost dot segments and escapes.</summary>
    public static string RawPath(Uri address)
    {
        var text = address.OriginalString.AsSpan();
        text = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var slash = text.IndexOf('/');
        if (slash < 0)
            return "/";
        text = text[slash..];
        var end = text.IndexOfAny('?', '#');
        return (end < 0 ? text : text[..end]).ToString();
    }

    /// <summary>
    /// What <see cref="HttpClient"/> sends as Host, and so what has to be signed: international names in ASCII, IPv6 in
    /// brackets without its zone, the port unless it is the scheme's own.
    /// </summary>
    public static string HostHeader(Uri endpoint)
    {
        var host = endpoint.IdnHost;
        if (endpoint.HostNameType == UriHostNameType.IPv6)
        {
            var zone = host.IndexOf('%', StringComparison.Ordinal);
            host = $"[{(zone < 0 ? host : host[..zone])}]";
        }

        return endpoint.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{endpoint.Port}");
    }
}
