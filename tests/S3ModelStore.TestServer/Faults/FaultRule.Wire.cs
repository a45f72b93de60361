using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Faults;

/// <content>What a rule does against HTTP and against what S3 promises.</content>
public sealed partial class FaultRule
{
    /// <summary>Sends the body at this rate once so many bytes of it have left, never silent and never done.</summary>
    public FaultRule Trickle(long bytesPerSecond = 1, long afterBytes = 0) =>
        Change(() => _plan = _plan with { BytesPerSecond = bytesPerSecond, PacedFrom = afterBytes });

    /// <summary>Ends the connection in good order (FIN) within status line and headers; after 0 bytes, without an answer.</summary>
    public FaultRule CutHead(int afterBytes) => Alter(answer => answer.Lie = new WireLie(LengthOffBy: 0, afterBytes));

    /// <summary>Says a Content-Length that is off by this; the body is the right one, and the connection ends after it.</summary>
    public FaultRule MisstateLength(long by) => Alter(answer => answer.Lie = new WireLie(by));

    /// <summary>Says no Content-Length; the end of the connection is the end of the body.</summary>
    public FaultRule OmitLength() => Alter(answer => answer.Lie = new WireLie(LengthOffBy: null));

    /// <summary>Says no Content-Length, and ends the connection short of the end of the body as if that were it.</summary>
    public FaultRule OmitLengthAndTruncate(long afterBytes) => Alter(answer =>
    {
        answer.Lie = new WireLie(LengthOffBy: null);
        answer.Length = Math.Min(answer.Length, afterBytes);
    });

    /// <summary>Adds so many bytes of headers that nobody asked for.</summary>
    public FaultRule HeaderFlood(int bytes) => Alter(answer =>
    {
        const int Each = 4096;
        for (var i = 0; i * Each < bytes; i++)
            answer.Headers[string.Create(CultureInfo.InvariantCulture, $"x-amz-meta-flood-{i}")] = new string('x', Each);
    });

    /// <summary>Compresses the body though nobody asked for it, as some proxies do: with the compressed length, or, as they do it on the fly, with none.</summary>
    public FaultRule Gzip(bool withLength) => Alter(answer =>
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(answer.Content.Slice(answer.Offset, (int)answer.Length));
        answer.Content = ObjectContent.FromBytes(compressed.ToArray());
        (answer.Offset, answer.Length) = (0, compressed.Length);
        answer.Headers["Content-Encoding"] = "gzip";
        if (!withLength)
            answer.Lie = new WireLie(LengthOffBy: null);
    });

    /// <summary>Leaves Content-Range out of a 206.</summary>
    public FaultRule OmitContentRange() => Alter(answer => answer.Headers.Remove("Content-Range"));

    /// <summary>Answers 301 PermanentRedirect to one region after the other, round and round, and means none of them.</summary>
    public FaultRule RegionCarousel(params string[] regions)
    {
        var next = 0;
        return Before(async exchange =>
        {
            var region = regions[(Interlocked.Increment(ref next) - 1) % regions.Length];
            await exchange.AnswerAsync(S3Error.PermanentRedirect(exchange.Request.Bucket, region));
            return true;
        });
    }

    /// <summary>Answers 403 RequestTimeTooSkewed and claims that this is the time.</summary>
    public FaultRule RequestTimeTooSkewed(DateTimeOffset serverTime) => Error(
        new S3Error(HttpStatusCode.Forbidden, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
            .With("ServerTime", serverTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));

    /// <summary>Answers with an error whose message repeats every header of the request, as debugging proxies do.</summary>
    public FaultRule EchoRequest(int status) => Before(async exchange =>
    {
        var echo = new StringBuilder("You sent");
        foreach (var (name, value) in exchange.Http.Request.Headers)
            echo.Append(CultureInfo.InvariantCulture, $" {name}: {value}");
        await exchange.AnswerAsync(new S3Error((HttpStatusCode)status, "Echo", echo.ToString()));
        return true;
    });

    /// <summary>Answers with any document.</summary>
    public FaultRule Document(int status, string contentType, byte[] document) => Before(async exchange =>
    {
        await exchange.AnswerAsync(Answer.OfDocument((HttpStatusCode)status, contentType, document));
        return true;
    });

    /// <summary>Removes an object before this request is answered.</summary>
    public FaultRule RemoveObject(string bucket, string key) => Before(exchange =>
    {
        exchange.Objects.Remove(bucket, key);
        return Task.FromResult(false);
    });
}
