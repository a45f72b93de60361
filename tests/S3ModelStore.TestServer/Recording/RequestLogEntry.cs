using System.Net;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Recording;

/// <summary>One request. Entered when it arrives; status and bytes follow while it is answered, always before the client can see them.</summary>
public sealed class RequestLogEntry
{
    private long _bytesSent;

    internal RequestLogEntry(S3Request request, DateTimeOffset time)
    {
        Time = time;
        Operation = request.Operation;
        Method = request.Method;
        Bucket = request.Bucket;
        Key = request.Key;
        Range = request.Range;
        RangeHeader = request.Header("Range");
        IfMatch = request.Header("If-Match");
        VersionId = request.QueryValue("versionId");
        UserAgent = request.Header("User-Agent");
        ChecksumMode = request.Header("x-amz-checksum-mode");
        RequestPayer = request.Header("x-amz-request-payer");
        RawPath = request.RawPath;
        Authorization = request.Header("Authorization");
        ConnectionId = request.Http.Connection.Id;
    }

    public DateTimeOffset Time { get; }

    public S3Operation Operation { get; }

    public string Method { get; }

    public string Bucket { get; }

    public string Key { get; }

    public ByteRange? Range { get; }

    public string? RangeHeader { get; }

    public string? IfMatch { get; }

    public string? VersionId { get; }

    public string? UserAgent { get; }

    public string? ChecksumMode { get; }

    public string? RequestPayer { get; }

    public string RawPath { get; }

    /// <summary>With the signature in it.</summary>
    public string? Authorization { get; }

    public string ConnectionId { get; }

    /// <summary>The region of the signature; null when there was none.</summary>
    public string? SignedRegion { get; internal set; }

    /// <summary>A rule of the fault script applied.</summary>
    public bool HadFault { get; internal set; }

    /// <summary>Null until the answer begins, and for ever when the connection was dropped before.</summary>
    public HttpStatusCode? Status { get; internal set; }

    /// <summary>Body bytes handed to the connection.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    internal void AddBytes(long count) => Interlocked.Add(ref _bytesSent, count);
}
