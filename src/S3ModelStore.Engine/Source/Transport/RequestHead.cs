using System.Buffers;
using S3ModelStore.Engine.Source.Http;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>A request without a body as it goes on the wire.</summary>
internal static class RequestHead
{
    // What could end a line early and begin a header, or a request, of its own.
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\0");
    private static readonly SearchValues<char> InTarget = SearchValues.Create(string.Concat(Enumerable.Range(0x21, 0x7E - 0x20).Select(code => (char)code)));

    /// <param name="request">Goes out exactly as it is, because it is signed so.</param>
    /// <param name="buffer">Written from its beginning; replaced by a larger one if need be.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="HttpRequestException">An address or header that HTTP has no words for.</exception>
    public static int Write(StoreRequest request, ref byte[] buffer)
    {
        if (request.Target.AsSpan().ContainsAnyExcept(InTarget))
            throw new HttpRequestException($"'{request.Target}' cannot be asked for: it is not encoded.");
        var text = new Utf8Buffer(buffer);
        text.Append(request.Method);
        text.Append((byte)' ');
        text.Append(request.Target);
        text.Append(" HTTP/1.1\r\n"u8);
        Append(ref text, "Host", request.Host);
        foreach (var header in request.Headers)
            Append(ref text, header.Name, header.Value);

        text.Append("\r\n"u8);
        return text.MoveTo(ref buffer);
    }

    private static void Append(ref Utf8Buffer text, string name, string value)
    {
        if (value.AsSpan().ContainsAny(LineEnds))
            throw new HttpRequestException($"The header '{name}' cannot be sent: its value has a line break.");
        text.Append(name);
        text.Append(": "u8);
        text.Append(value);
        text.Append("\r\n"u8);
    }
}
