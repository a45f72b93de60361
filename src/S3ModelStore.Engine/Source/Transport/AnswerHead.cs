using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>Status and headers of an answer. What is understood wrongly here becomes wrong bytes in a file, so what is odd is refused.</summary>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9112"/>, sections 2 to 6.</remarks>
internal sealed class AnswerHead
{
    private static readonly SearchValues<byte> TokenBytes
        = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private readonly List<Field> _fields = [];
    private readonly bool _isOld;

    private AnswerHead(int status, bool isOld)
    {
        Status = status;
        _isOld = isOld;
    }

    public int Status { get; }

    /// <summary>Whether another request may follow on the connection.</summary>
    public bool KeepsAlive => _isOld ? Says("Connection", "keep-alive") : !Says("Connection", "close");

    /// <summary>The first head in <paramref name="bytes"/>; <see langword="null"/> while it is not all there.</summary>
    /// <param name="bytes">As they came.</param>
    /// <param name="length">Bytes the head takes, the empty line included.</param>
    /// <exception cref="HttpRequestException">This is no HTTP.</exception>
    public static AnswerHead? TryParse(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (EndOf(bytes) is not (> 0 and var end))
            return null;
        var rest = bytes[..end];
        var head = ParseStatus(NextLine(ref rest));
        for (var line = NextLine(ref rest); !line.IsEmpty; line = NextLine(ref rest))
            head._fields.Add(ParseField(line));
        length = end;
        return head;
    }

    /// <summary>Where the body ends.</summary>
    /// <exception cref="HttpRequestException">The headers contradict each other.</exception>
    public BodyFraming FramingOf(HttpMethod method)
    {
        var codings = Values("Transfer-Encoding");
        var lengths = Values("Content-Length");
        if (method == HttpMethod.Head || Status is 204 or 304)
            return new LengthFraming(0);
        if (codings.Count > 0)
            return codings is ["chunked"] ? new ChunkedFraming() : throw Odd($"Transfer-Encoding: {string.Join(", ", codings)}");
        if (lengths.Count == 0)
            return new OpenFraming();
        if (!long.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || lengths.Exists(other => other != lengths[0]))
            throw Odd($"Content-Length: {string.Join(", ", lengths)}");
        return new LengthFraming(length);
    }

    /// <summary>As the rest of .NET knows it.</summary>
    public HttpResponseMessage ToMessage(HttpRequestMessage request, AnswerBody body)
    {
        var message = new HttpResponseMessage((HttpStatusCode)Status) { RequestMessage = request, Content = new AnswerContent(body) };
        foreach (var (name, value) in _fields)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    // Behind the first empty line; zero while there is none.
    private static int EndOf(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (int line; (line = bytes[at..].IndexOf((byte)'\n')) >= 0;)
        {
            var isEmpty = line == 0 || (line == 1 && bytes[at] == '\r');
            at += line + 1;
            if (isEmpty)
                return at;
        }

        return 0;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = rest[..end];
        rest = rest[(end + 1)..];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    // HTTP/1.1 206 Partial Content
    private static AnswerHead ParseStatus(ReadOnlySpan<byte> line)
    {
        if (line.Length >= 12
            && line.StartsWith("HTTP/1."u8)
            && line[7] is (byte)'0' or (byte)'1'
            && line[8] == ' '
            && (line.Length == 12 || line[12] == ' ')
            && int.TryParse(line[9..12], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status >= 100)
            return new AnswerHead(status, isOld: line[7] == '0');
        throw Odd(Encoding.Latin1.GetString(line[..Math.Min(line.Length, 60)]));
    }

    private static Field ParseField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(TokenBytes))
            throw Odd(Encoding.Latin1.GetString(line[..Math.Min(line.Length, 60)]));
        return new Field(Encoding.ASCII.GetString(line[..colon]), Encoding.Latin1.GetString(line[(colon + 1)..].Trim(" \t"u8)));
    }

    private static HttpRequestException Odd(string what)
        => new(HttpRequestError.InvalidResponse, $"The answer is no valid HTTP: '{string.Concat(what.Select(c => char.IsControl(c) ? ' ' : c))}'.");

    private bool Says(string name, string word) => Values(name).Exists(value => value.Equals(word, StringComparison.OrdinalIgnoreCase));

    // All of them, those in one line behind commas included.
    private List<string> Values(string name)
    {
        List<string> values = [];
        foreach (var field in _fields)
        {
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                values.AddRange(field.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        return values;
    }

    private sealed record Field(string Name, string Value);
}
