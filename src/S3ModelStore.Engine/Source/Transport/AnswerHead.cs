using System.Buffers;
using System.Globalization;
using System.Text;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>Status and headers of an answer. What is understood wrongly here becomes wrong bytes in a file, so what is odd is refused.</summary>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9112"/>, sections 2 to 6.</remarks>
internal sealed class AnswerHead
{
    private static readonly SearchValues<byte> TokenBytes
        = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // Kept as it came: of ten headers hardly three are asked for.
    private readonly byte[] _bytes;
    private readonly bool _isOld;

    private AnswerHead(byte[] bytes, int status, bool isOld)
    {
        _bytes = bytes;
        Status = status;
        _isOld = isOld;
    }

    public int Status { get; }

    /// <summary>Whether another request may follow on the connection.</summary>
    public bool KeepsAlive => _isOld ? Says("Connection", "keep-alive") : !Says("Connection", "close");

    /// <summary>Bytes of the body, as told; <see langword="null"/> when it was not.</summary>
    public long? ContentLength
        => Find("Transfer-Encoding") is null && long.TryParse(Find("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    /// <summary>The first head in <paramref name="bytes"/>; <see langword="null"/> while it is not all there.</summary>
    /// <param name="bytes">As they came.</param>
    /// <param name="length">Bytes the head takes, the empty line included.</param>
    /// <exception cref="HttpRequestException">This is no HTTP.</exception>
    public static AnswerHead? TryParse(ReadOnlySpan<byte> bytes, out int length)
    {
        // Another service says so at once, and may then wait for us.
        if (!bytes.StartsWith("HTTP/1."u8) && !"HTTP/1."u8.StartsWith(bytes))
            throw Odd(Shown(bytes));
        length = EndOf(bytes);
        if (length == 0)
            return null;
        var rest = bytes[..length];
        var first = NextLine(ref rest);
        var head = ParseStatus(first, rest);
        for (var line = NextLine(ref rest); !line.IsEmpty; line = NextLine(ref rest))
        {
            // A CR alone could end a line for somebody else, and numbers are parsed as if a NUL behind them were not there.
            if (line.IndexOf((byte)':') is not (> 0 and var colon) || line[..colon].ContainsAnyExcept(TokenBytes) || line[colon..].ContainsAny((byte)'\r', (byte)'\0'))
                throw Odd(Shown(line));
        }

        return head;
    }

    /// <summary>The first header of that name, without the white space around it.</summary>
    public string? Find(string name)
    {
        ReadOnlySpan<byte> rest = _bytes;
        for (var line = NextLine(ref rest); !line.IsEmpty; line = NextLine(ref rest))
        {
            if (IsOf(line, name))
                return ValueOf(line, name.Length);
        }

        return null;
    }

    /// <summary>The elements of a list, whether it stands in one header or in several.</summary>
    public List<string> Elements(string name)
    {
        List<string> elements = [];
        ReadOnlySpan<byte> rest = _bytes;
        for (var line = NextLine(ref rest); !line.IsEmpty; line = NextLine(ref rest))
        {
            if (IsOf(line, name))
                elements.AddRange(ValueOf(line, name.Length).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        return elements;
    }

    /// <summary>Where the body ends.</summary>
    /// <param name="method">Of the request: the answer to a HEAD has none.</param>
    /// <exception cref="HttpRequestException">The headers contradict each other.</exception>
    public BodyFraming FramingOf(string method)
    {
        if (method == "HEAD" || Status is 204 or 304)
            return new LengthFraming(0);
        if (Elements("Transfer-Encoding") is { Count: > 0 } codings)
            return codings is [var coding] && coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? new ChunkedFraming() : throw Odd($"Transfer-Encoding: {string.Join(", ", codings)}");
        if (Find("Content-Length") is null)
            return new OpenFraming();
        var lengths = Elements("Content-Length");
        return ContentLength is { } length && lengths.TrueForAll(other => other == lengths[0])
            ? new LengthFraming(length)
            : throw Odd($"Content-Length: {string.Join(", ", lengths)}");
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

    // Without its end; empty behind the last.
    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = rest[..end];
        rest = rest[(end + 1)..];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    // HTTP/1.1 206 Partial Content, whose protocol is known already
    private static AnswerHead ParseStatus(ReadOnlySpan<byte> line, ReadOnlySpan<byte> fields)
    {
        if (line.Length >= 12
            && line[7] is (byte)'0' or (byte)'1'
            && line[8] == ' '
            && (line.Length == 12 || line[12] == ' ')
            && int.TryParse(line[9..12], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status >= 100)
            return new AnswerHead(fields.ToArray(), status, isOld: line[7] == '0');
        throw Odd(Shown(line));
    }

    private static bool IsOf(ReadOnlySpan<byte> line, string name)
        => line.Length > name.Length && line[name.Length] == ':' && Ascii.EqualsIgnoreCase(line[..name.Length], name);

    private static string ValueOf(ReadOnlySpan<byte> line, int colon) => Encoding.Latin1.GetString(line[(colon + 1)..].Trim(" \t"u8));

    private static string Shown(ReadOnlySpan<byte> line) => Encoding.Latin1.GetString(line[..Math.Min(line.Length, 60)]);

    private static HttpRequestException Odd(string what)
        => new(HttpRequestError.InvalidResponse, $"it is no valid HTTP, '{string.Concat(what.Select(c => char.IsControl(c) ? ' ' : c))}'");

    private bool Says(string name, string word) => Elements(name).Exists(element => element.Equals(word, StringComparison.OrdinalIgnoreCase));
}
