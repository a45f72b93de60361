using System.Security.Cryptography;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>
/// Signs requests with AWS Signature Version 4 in the Authorization header. Thread-safe; one instance serves all requests to a
/// region.
/// </summary>
/// <remarks>
/// The SDK can only presign, at a hundred times this cost in time and garbage, or send the request itself.
/// The rules: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"/> and
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>.
/// </remarks>
internal sealed class SigV4Signer
{
    /// <summary>The payload hash of a request whose body is not signed.</summary>
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    private const string S3Service = "s3";

    // Enough for a key of ordinary length; longer ones and session tokens go to pooled memory.
    private const int StackBytes = 1024;

    // Host, date, payload hash, session token.
    private const int OwnHeaders = 4;

    private readonly string _region;
    private readonly string _service;
    private SigV4SigningKey? _key;
    private SigV4Timestamp? _timestamp;

    public SigV4Signer(string region, string service = S3Service)
    {
        ArgumentException.ThrowIfNullOrEmpty(region);
        ArgumentException.ThrowIfNullOrEmpty(service);
        _region = region;
        _service = service;
    }

    /// <param name="request">What to sign.</param>
    /// <param name="credentials">May differ from one call to the next: they are refreshed while a download runs.</param>
    /// <param name="time">Now, as the server sees it: fifteen minutes away and the request is refused.</param>
    /// <exception cref="ArgumentException">A header's name is not in lower case.</exception>
    public SigV4Signature Sign(in SigV4Request request, SigV4Credentials credentials, DateTimeOffset time)
    {
        var timestamp = TimestampOf(time);
        var key = KeyOf(credentials, timestamp);
        var payloadHash = request.PayloadHash ?? UnsignedPayload;
        // Only S3 knows and demands this header; the other services' published examples do without.
        var contentSha256 = _service == S3Service ? payloadHash : null;

        var slots = default(SigV4HeaderSlots);
        Span<SigV4Header> room = slots;
        if (request.Headers.Length + OwnHeaders > room.Length)
            room = new SigV4Header[request.Headers.Length + OwnHeaders];
        var headers = new SigV4HeaderList(room);
        headers.Add("host", request.Host);
        headers.Add("x-amz-date", timestamp.Text);
        if (contentSha256 is not null)
            headers.Add("x-amz-content-sha256", contentSha256);
        if (credentials.SessionToken is not null)
            headers.Add("x-amz-security-token", credentials.SessionToken);
        foreach (var header in request.Headers)
            headers.Add(header.Name, header.Value);

        Span<byte> stack = stackalloc byte[StackBytes];
        var buffer = new Utf8Buffer(stack);
        try
        {
            WriteCanonicalRequest(ref buffer, request, headers, payloadHash);
            WriteAuthorization(ref buffer, headers, credentials.AccessKeyId, timestamp, key);
            return new SigV4Signature(buffer.ToString(), timestamp.Text, contentSha256, credentials.SessionToken);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static void WriteCanonicalRequest(ref Utf8Buffer buffer, in SigV4Request request, in SigV4HeaderList headers, string payloadHash)
    {
        buffer.Append(request.Method);
        buffer.Append((byte)'\n');
        buffer.Append(request.Path);
        buffer.Append((byte)'\n');
        buffer.Append(request.Query);
        buffer.Append((byte)'\n');
        headers.WriteCanonical(ref buffer);
        buffer.Append((byte)'\n');
        headers.WriteNames(ref buffer);
        buffer.Append((byte)'\n');
        buffer.Append(payloadHash);
    }

    // The canonical request in the buffer becomes the string to sign, and that the header's value.
    private static void WriteAuthorization(
        ref Utf8Buffer buffer, in SigV4HeaderList headers, string accessKeyId, SigV4Timestamp timestamp, SigV4SigningKey key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.Written, hash);
        buffer.Clear();
        buffer.Append("AWS4-HMAC-SHA256\n"u8);
        buffer.Append(timestamp.Text);
        buffer.Append((byte)'\n');
        buffer.Append(key.Scope);
        buffer.Append((byte)'\n');
        buffer.AppendHex(hash);
        key.Sign(buffer.Written, hash);

        buffer.Clear();
        buffer.Append("AWS4-HMAC-SHA256 Credential="u8);
        buffer.Append(accessKeyId);
        buffer.Append((byte)'/');
        buffer.Append(key.Scope);
        buffer.Append(", SignedHeaders="u8);
        headers.WriteNames(ref buffer);
        buffer.Append(", Signature="u8);
        buffer.AppendHex(hash);
    }

    private SigV4Timestamp TimestampOf(DateTimeOffset time)
    {
        var timestamp = Volatile.Read(ref _timestamp);
        if (timestamp is not null && timestamp.Covers(time))
            return timestamp;
        timestamp = new SigV4Timestamp(time);
        Volatile.Write(ref _timestamp, timestamp);
        return timestamp;
    }

    private SigV4SigningKey KeyOf(SigV4Credentials credentials, SigV4Timestamp timestamp)
    {
        var key = Volatile.Read(ref _key);
        if (key is not null && key.Fits(credentials.SecretAccessKey, timestamp.Date))
            return key;
        key = new SigV4SigningKey(credentials.SecretAccessKey, timestamp.Date, _region, _service);
        Volatile.Write(ref _key, key);
        return key;
    }
}
