using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace S3ModelStore.Engine.Tests.Source.Http;

/// <summary>
/// Signature Version 4 written down step by step from its documentation, slow and plain, so that it can be compared with
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/> by eye.
/// </summary>
internal static class ReferenceSigV4
{
    public static string CanonicalRequest(
        string method, string path, string query, IEnumerable<(string Name, string Value)> headers, string payloadHash)
    {
        var lines = Sorted(headers).Select(h => $"{h.Name}:{h.Value}\n");
        return $"{method}\n{path}\n{query}\n{string.Concat(lines)}\n{SignedHeaders(headers)}\n{payloadHash}";
    }

    public static string SignedHeaders(IEnumerable<(string Name, string Value)> headers)
        => string.Join(';', Sorted(headers).Select(h => h.Name));

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Signature(string canonicalRequest, string secret, DateTime utc, string region, string service)
    {
        var date = utc.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var time = utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var stringToSign = $"AWS4-HMAC-SHA256\n{time}\n{date}/{region}/{service}/aws4_request\n{Hash(canonicalRequest)}";
        var key = Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), date), region), service), "aws4_request");
        return Convert.ToHexStringLower(Hmac(key, stringToSign));
    }

    /// <summary>UriEncode() of <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"/>.</summary>
    public static string UriEncode(string text, bool encodeSlash)
    {
        var result = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' or >= (byte)'0' and <= (byte)'9'
                || b is (byte)'_' or (byte)'-' or (byte)'~' or (byte)'.'
                || (b == (byte)'/' && !encodeSlash))
                result.Append((char)b);
            else
                result.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return result.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Sorted(IEnumerable<(string Name, string Value)> headers)
        => headers
            .GroupBy(h => h.Name, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, string.Join(',', g.Select(h => OneSpace(h.Value)))));

    private static string OneSpace(string value)
        => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
