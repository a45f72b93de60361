using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>What the XML body of a failed request says. Everything may be missing: proxies answer in HTML, HEAD has no body.</summary>
/// <remarks>
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses"/>. Some fields are left
/// out on purpose: a SignatureDoesNotMatch repeats the canonical request, with the session token in it.
/// </remarks>
internal sealed record S3ErrorBody
{
    /// <summary>More than this is not read. Errors have some hundred bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    // Longer than any server's message; it is shown to people.
    private const int MaxValueChars = 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>A body that says nothing.</summary>
    public static S3ErrorBody Empty { get; } = new();

    public string? Code { get; private init; }

    public string? Message { get; private init; }

    public string? RequestId { get; private init; }

    public string? HostId { get; private init; }

    /// <summary>Where the bucket is, in the answer to a request signed for another region.</summary>
    public string? Region { get; private init; }

    /// <summary>The host to use instead, in a redirect.</summary>
    public string? Endpoint { get; private init; }

    public string? BucketName { get; private init; }

    /// <summary>The server's clock, in RequestTimeTooSkewed.</summary>
    public DateTimeOffset? ServerTime { get; private init; }

    /// <summary>Reads at most <see cref="MaxBytes"/>. A body that breaks off says what arrived of it.</summary>
    /// <param name="read">Fills the beginning of a buffer; zero at the end. It may be cancelled, and a body may stall for ever.</param>
    public static S3ErrorBody Read(Func<Memory<byte>, int> read)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBytes);
        try
        {
            var length = 0;
            for (var count = -1; count != 0 && length < MaxBytes; length += count)
                count = ReadSome(read, buffer.AsMemory(length, MaxBytes - length));
            return Parse(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Never throws: what is no error document, or not all of one, gives what could be understood.</summary>
    public static S3ErrorBody Parse(ReadOnlySpan<byte> body)
    {
        // Decoded here, because a reader of bytes would trust the encoding that the document claims.
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxBytes)]).TrimStart('\uFEFF');
        if (!text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal))
            return Empty;

        var error = Empty;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName is not "Error")
                return Empty;
            string? field = null;
            var value = string.Empty;
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, Depth: 1 })
                    (field, value) = (reader.LocalName, string.Empty);
                else if (reader is { NodeType: XmlNodeType.Text or XmlNodeType.CDATA, Depth: 2 })
                    value = value.Length < MaxValueChars ? value + reader.Value : value;
                else if (reader is { NodeType: XmlNodeType.EndElement, Depth: 1 })
                    error = error.With(field, Presentable(value));
            }
        }
        catch (XmlException)
        {
            // Cut off or never XML: what came before counts.
        }

        return error;
    }

    // The status line is what matters and the body only a help: when the connection breaks, the body ends there.
    private static int ReadSome(Func<Memory<byte>, int> read, Memory<byte> buffer)
    {
        try
        {
            return read(buffer);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return 0;
        }
    }

    // The server's text reaches terminals and logs: no control characters (XML allows U+009B, which begins an escape
    // sequence), and no novels.
    private static string? Presentable(string value)
    {
        value = value.Trim();
        if (value.Length == 0)
            return null;
        return string.Create(Math.Min(value.Length, MaxValueChars), value, static (chars, source) =>
        {
            for (var i = 0; i < chars.Length; i++)
                chars[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }

    private static DateTimeOffset? Time(string? text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    // The first of a repeated field counts. PermanentRedirect says Bucket where NoSuchBucket says BucketName.
    private S3ErrorBody With(string? field, string? value) => field switch
    {
        "Code" => this with { Code = Code ?? value },
        "Message" => this with { Message = Message ?? value },
        "RequestId" => this with { RequestId = RequestId ?? value },
        "HostId" => this with { HostId = HostId ?? value },
        "Region" => this with { Region = Region ?? value },
        "Endpoint" => this with { Endpoint = Endpoint ?? value },
        "BucketName" or "Bucket" => this with { BucketName = BucketName ?? value },
        "ServerTime" => this with { ServerTime = ServerTime ?? Time(value) },
        _ => this,
    };
}
