using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>
/// A request as S3 reads it. Bucket and key come from the request line as it was sent, decoded once:
/// every web framework's own path is normalised, and <c>a//b</c>, <c>a/../b</c> and <c>%2541</c> would be lost.
/// </summary>
public sealed class S3Request
{
    private const string VirtualHostSuffix = ".localhost";

    private S3Request(HttpContext http, string rawPath, string path, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        Http = http;
        RawPath = rawPath;
        Path = path;
        Query = query;
        (Bucket, Key) = Split(path, http.Request.Host.Host);
        Range = ByteRange.Parse(Header("Range"));
        Operation = FindOperation();
    }

    public HttpContext Http { get; }

    public string Method => Http.Request.Method;

    public S3Operation Operation { get; }

    public string Bucket { get; }

    /// <summary>Empty when the request is about the bucket.</summary>
    public string Key { get; }

    /// <summary>Null when there is no <c>Range</c> header, or one that S3 ignores.</summary>
    public ByteRange? Range { get; }

    /// <summary>Names and values of the query, decoded, in the order sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    internal bool IsHead => HttpMethods.IsHead(Method);

    /// <summary>The path as it was sent.</summary>
    internal string RawPath { get; }

    /// <summary>The path, decoded once.</summary>
    internal string Path { get; }

    public string? Header(string name) => Http.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public string? QueryValue(string name)
    {
        foreach (var (key, value) in Query)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
                return value;
        }

        return null;
    }

    /// <summary>Null when the request line is not a URI that S3 understands.</summary>
    internal static S3Request? Read(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        if (!target.StartsWith("/") && target.IndexOf("://") is var scheme and > 0)
        {
            target = target[(scheme + 3)..];
            target = target.IndexOf('/') is var slash and >= 0 ? target[slash..] : "/";
        }

        var mark = target.IndexOf('?');
        var rawPath = mark < 0 ? target : target[..mark];
        var rawQuery = mark < 0 ? [] : target[(mark + 1)..];
        return UriText.TryDecode(rawPath, plusIsSpace: false, out var path) && TryReadQuery(rawQuery, out var query)
            ? new S3Request(http, rawPath.ToString(), path, query)
            : null;
    }

    private static bool TryReadQuery(ReadOnlySpan<char> raw, out List<KeyValuePair<string, string>> query)
    {
        query = [];
        foreach (var range in raw.Split('&'))
        {
            var pair = raw[range];
            if (pair.IsEmpty)
                continue;

            var equals = pair.IndexOf('=');
            if (!UriText.TryDecode(equals < 0 ? pair : pair[..equals], plusIsSpace: true, out var name)
                || !UriText.TryDecode(equals < 0 ? [] : pair[(equals + 1)..], plusIsSpace: true, out var value))
            {
                return false;
            }

            query.Add(new(name, value));
        }

        return true;
    }

    private static (string Bucket, string Key) Split(string path, string host)
    {
        var rest = path.StartsWith('/') ? path[1..] : path;
        if (host.EndsWith(VirtualHostSuffix, StringComparison.OrdinalIgnoreCase))
            return (host[..^VirtualHostSuffix.Length], rest);

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
    }

    private S3Operation FindOperation()
    {
        if (Bucket.Length == 0)
            return HttpMethods.IsGet(Method) && Key.Length == 0 ? S3Operation.ListBuckets : S3Operation.Unknown;

        var onBucket = Key.Length == 0;
        return Method switch
        {
            "HEAD" => onBucket ? S3Operation.HeadBucket : S3Operation.HeadObject,
            "GET" when !onBucket => S3Operation.GetObject,
            "GET" when QueryValue("location") is not null => S3Operation.GetBucketLocation,
            "GET" when string.Equals(QueryValue("list-type"), "2", StringComparison.Ordinal) => S3Operation.ListObjects,
            "PUT" => onBucket ? S3Operation.CreateBucket : S3Operation.PutObject,
            _ => S3Operation.Unknown,
        };
    }
}
