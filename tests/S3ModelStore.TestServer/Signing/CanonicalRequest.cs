using System.Text;
using Microsoft.Extensions.Primitives;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Signing;

/// <summary>
/// The text that a SigV4 signature covers, rebuilt from what arrived.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static class CanonicalRequest
{
    public static string Build(S3Request request, string[] signedHeaders, string payloadHash)
    {
        var text = new StringBuilder(512);
        text.Append(request.Method).Append('\n');

        // S3 differs from other services: each segment is encoded once, and nothing is normalised.
        text.Append(UriText.EncodePath(request.Path)).Append('\n');
        AppendQuery(text, request.Query);
        text.Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':');
            AppendHeader(text, request.Http.Request.Headers[name]);
            text.Append('\n');
        }

        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    private static void AppendQuery(StringBuilder text, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        if (query.Count == 0)
            return;

        var pairs = query
            .Select(pair => (Name: UriText.EncodeQuery(pair.Key), Value: UriText.EncodeQuery(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        text.AppendJoin('&', pairs);
    }

    /// <summary>Values are trimmed, inner runs of spaces become one, and repeated headers are joined with commas.</summary>
    private static void AppendHeader(StringBuilder text, StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                text.Append(',');

            var previous = ' ';
            foreach (var character in values[i].AsSpan().Trim(' '))
            {
                if (character != ' ' || previous != ' ')
                    text.Append(character);
                previous = character;
            }
        }
    }
}
