using System.Net;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Recording;

/// <summary>Writes one request into the log while it is served.</summary>
internal sealed class RequestRecord : IDisposable
{
    private readonly RequestLog _log;
    private readonly LogCounters _counters;
    private readonly LogCounters.KeyCounters? _key;
    private readonly RequestLogEntry? _entry;

    public RequestRecord(RequestLog log, LogCounters counters, S3Request request, RequestLogEntry? entry)
    {
        _log = log;
        _counters = counters;
        _entry = entry;
        if (request.Key.Length == 0)
            return;

        _key = counters.OfKey(request.Bucket, request.Key);
        Interlocked.Increment(ref _key.Requests);
    }

    public void SignedFor(string region) => _entry?.SignedRegion = region;

    public void FaultApplied() => _entry?.HadFault = true;

    public void Answered(HttpStatusCode status) => _entry?.Status = status;

    public void BodySent(long count, bool isObject)
    {
        _entry?.AddBytes(count);
        if (!isObject)
            return;

        Interlocked.Add(ref _counters.BytesSent, count);
        if (_key is not null)
            Interlocked.Add(ref _key.BytesSent, count);
    }

    public void Dispose() => _log.End();
}
