using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Faults;

/// <content>What a rule does.</content>
public sealed partial class FaultRule
{
    private const string GarbageDocument = "<?xml version=\"1.0\"?><ListBucketResult><Contents><Key>half a do";

    /// <summary>Waits before it answers.</summary>
    public FaultRule Delay(TimeSpan delay) => Before(async exchange =>
    {
        await Task.Delay(delay, exchange.Aborted);
        return false;
    });

    /// <summary>Waits before it answers until the gate is released.</summary>
    public FaultRule Hold(Gate gate) => Before(async exchange =>
    {
        await gate.WaitAsync(exchange.Aborted);
        return false;
    });

    /// <summary>Waits within the body until the gate is released. The bytes before have left the server when the gate is reached.</summary>
    public FaultRule HoldMidBody(Gate gate, long afterBytes) => During(afterBytes, async exchange =>
    {
        await gate.WaitAsync(exchange.Aborted);
        return false;
    });

    /// <summary>Sends nothing more, and keeps the connection open until the client hangs up or the server ends.</summary>
    public FaultRule StallMidBody(long afterBytes) => During(afterBytes, StallAsync);

    /// <summary>Never answers, not even with headers, until the client hangs up or the server ends.</summary>
    public FaultRule StallBeforeHeaders() => Before(StallAsync);

    /// <summary>Resets the connection (RST) within the body.</summary>
    public FaultRule ResetMidBody(long afterBytes) => During(afterBytes, ResetAsync);

    /// <summary>Ends the connection in good order (FIN) within the body, short of its Content-Length.</summary>
    public FaultRule Truncate(long afterBytes) => During(afterBytes, async exchange =>
    {
        await exchange.CloseConnectionAsync();
        return true;
    });

    /// <summary>Resets the connection without an answer.</summary>
    public FaultRule DropConnectionBeforeHeaders() => Before(ResetAsync);

    /// <summary>Inverts the byte at this offset of the response body.</summary>
    public FaultRule FlipByte(long atBodyOffset) => Alter(answer =>
    {
        if (atBodyOffset < answer.Length)
            answer.Content = answer.Content.WithFlippedByte(answer.Offset + atBodyOffset);
    });

    /// <summary>
    /// Answers with this status: 500 InternalError, 503 SlowDown, 429 TooManyRequests, 400 RequestTimeout, 403 AccessDenied as S3's XML;
    /// 502 and 504 as the HTML page that proxies write.
    /// </summary>
    public FaultRule Status(int status, TimeSpan? retryAfter = null) => Before(async exchange =>
    {
        var code = (HttpStatusCode)status;
        var answer = code is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
            ? Answer.OfDocument(code, "text/html", Encoding.UTF8.GetBytes($"<html><body><h1>{status} {code}</h1></body></html>"))
            : exchange.ErrorAnswer(S3Error.OfStatus(code));
        if (retryAfter is { } wait)
            answer.Headers["Retry-After"] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        await exchange.AnswerAsync(answer);
        return true;
    });

    public FaultRule ExpiredToken() => Error(S3Error.ExpiredToken);

    public FaultRule AccessDenied() => Error(S3Error.AccessDenied);

    public FaultRule Error(S3Error error) => Before(async exchange =>
    {
        await exchange.AnswerAsync(error);
        return true;
    });

    /// <summary>Answers 301 PermanentRedirect with this region, and from then on takes only requests signed for it for this bucket.</summary>
    public FaultRule WrongRegion301(string region) => Before(async exchange =>
    {
        exchange.Objects.CreateBucket(exchange.Request.Bucket).Region = region;
        await exchange.AnswerAsync(S3Error.PermanentRedirect(exchange.Request.Bucket, region));
        return true;
    });

    /// <summary>Answers 307 TemporaryRedirect to the same path and query of another endpoint (scheme, host and port).</summary>
    public FaultRule TemporaryRedirect307(string endpoint) => Before(async exchange =>
    {
        var location = endpoint.TrimEnd('/') + exchange.Request.RawPath + exchange.Http.Request.QueryString;
        await exchange.AnswerAsync(new S3Error(
            HttpStatusCode.TemporaryRedirect,
            "TemporaryRedirect",
            "Please re-send this request to the specified temporary endpoint. Continue to use the original request endpoint for future requests.")
            .With("Endpoint", endpoint).With("Bucket", exchange.Request.Bucket).WithHeader("Location", location));
        return true;
    });

    /// <summary>Replaces an object before this request is answered: the answer is of the new one.</summary>
    public FaultRule ReplaceObject(string bucket, string key, ObjectContent content, PutOptions? options = null) =>
        Before(Replace(bucket, key, content, options));

    /// <summary>Replaces an object within the body, which goes on with the old one, as S3 does.</summary>
    public FaultRule ReplaceObjectMidBody(string bucket, string key, ObjectContent content, long afterBytes, PutOptions? options = null) =>
        During(afterBytes, Replace(bucket, key, content, options));

    /// <summary>Answers a range with 200 and the whole object.</summary>
    public FaultRule RangeIgnored() => Alter(answer =>
    {
        if (answer.Status != HttpStatusCode.PartialContent)
            return;

        answer.Status = HttpStatusCode.OK;
        answer.Headers.Remove("Content-Range");
        answer.Offset = 0;
        answer.Length = answer.Content.Length;
    });

    /// <summary>Says in Content-Range that the bytes are others than those asked for; the body is the right one.</summary>
    public FaultRule ShiftContentRange(long by) => AlterRange((first, last, total) => (first + by, last + by, total));

    /// <summary>Says in Content-Range that the object has another size.</summary>
    public FaultRule WrongTotal(long total) => AlterRange((first, last, _) => (first, last, total));

    public FaultRule WrongETagHeader(string etag = "00000000000000000000000000000000") => Alter(answer =>
    {
        if (answer.Headers.ContainsKey("ETag"))
            answer.Headers["ETag"] = $"\"{etag}\"";
    });

    /// <summary>Answers 200 with text that is no XML document.</summary>
    public FaultRule GarbageXml(string text = GarbageDocument) => Before(async exchange =>
    {
        await exchange.AnswerAsync(Answer.OfDocument(HttpStatusCode.OK, "application/xml", Encoding.UTF8.GetBytes(text)));
        return true;
    });

    /// <summary>Sends bodies on this connection no faster than this.</summary>
    public FaultRule ThrottleRate(long bytesPerSecond) => Change(() => _plan = _plan with { BytesPerSecond = bytesPerSecond });

    /// <summary>Changes status, headers or body of an answer before it is written.</summary>
    public FaultRule Alter(Action<Answer> alteration) =>
        Change(() => _plan = _plan with { Alterations = [.. _plan.Alterations, alteration] });

    /// <summary>Does anything at all before the answer. True when it has answered itself.</summary>
    public FaultRule Custom(Func<HttpContext, Task<bool>> action) => Before(exchange => action(exchange.Http));

    private static FaultStep Replace(string bucket, string key, ObjectContent content, PutOptions? options) => exchange =>
    {
        exchange.Objects.Put(bucket, key, content, options);
        return Task.FromResult(false);
    };

    private static async Task<bool> StallAsync(S3Exchange exchange)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, exchange.Aborted);
        return true;
    }

    private static Task<bool> ResetAsync(S3Exchange exchange)
    {
        exchange.Http.Abort();
        return Task.FromResult(true);
    }

    private FaultRule AlterRange(Func<long, long, long, (long First, long Last, long Total)> change) => Alter(answer =>
    {
        if (answer.Status != HttpStatusCode.PartialContent)
            return;

        var (first, last, total) = change(answer.Offset, answer.Offset + answer.Length - 1, answer.Content.Length);
        answer.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{last}/{total}");
    });

    private FaultRule Before(FaultStep step) => Change(() => _plan = _plan with { BeforeAnswer = [.. _plan.BeforeAnswer, step] });

    private FaultRule During(long afterBytes, FaultStep step) => Change(() =>
        _plan = _plan with { DuringBody = [.. _plan.DuringBody.Append(new BodyStep(afterBytes, step)).OrderBy(each => each.AfterBytes)] });
}
