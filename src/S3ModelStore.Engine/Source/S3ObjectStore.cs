using System.Globalization;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source.Http;
using S3ModelStore.Engine.Source.Sdk;
using S3ModelStore.Engine.Source.Transport;
using S3ModelStore.Engine.Verification;
using S3ModelStore.Engine.Verification.Composite;

namespace S3ModelStore.Engine.Source;

/// <summary>A store that speaks S3: the SDK knows who and where, our own requests list and read. Connected on first use.</summary>
internal sealed class S3ObjectStore : IObjectStore
{
    private static readonly SigV4Header ChecksumMode = new("x-amz-checksum-mode", "ENABLED");

    private static readonly (string Algorithm, string Header)[] ChecksumHeaders =
        [.. ServerChecksum.Algorithms.Select(algorithm => (algorithm, "x-amz-checksum-" + algorithm.ToLowerInvariant()))];

    private readonly StoreTransport _transport;
    private readonly Lazy<Task<Connected>> _connected;

    public S3ObjectStore(S3ModelStoreOptions options, TimeProvider clock)
    {
        _transport = new StoreTransport(options, clock);
        _connected = new Lazy<Task<Connected>>(async () =>
        {
            var connection = await SdkConnection.CreateAsync(options);
            var client = new HttpObjectClient(connection, _transport, clock);
            return new Connected(connection, new BucketLister(connection, client), client);
        });
    }

    public ListingPage ListPage(string bucket, string prefix, string? continuation, CancellationToken cancellation)
        => Connection(cancellation).Lister.ListPage(bucket, prefix, continuation, cancellation);

    public IReadOnlyList<string> ListLevel(string bucket, string prefix, CancellationToken cancellation)
        => Connection(cancellation).Lister.ListLevel(bucket, prefix, cancellation);

    public IReadOnlyList<string> ListBuckets(CancellationToken cancellation) => Connection(cancellation).Lister.ListBuckets(cancellation);

    public StoredObject? Head(string bucket, string key, string? versionId, CancellationToken cancellation)
    {
        var client = Connection(cancellation).Client;
        var outline = new HttpRequestOutline(HttpMethod.Head, bucket, key, VersionQuery(versionId), client.PayerHeader());
        try
        {
            using var answer = client.Send(outline, cancellation);
            return new StoredObject(
                key,
                answer.ContentLength ?? throw NoLength(outline.Target),
                RangeAnswer.Unquote(answer.Header("ETag") ?? string.Empty),
                answer.Date("Last-Modified") ?? default,
                answer.Header("x-amz-storage-class"),
                answer.Header("x-amz-version-id") is { } version and not "null" ? version : null);
        }
        catch (ModelStoreException e) when (e.Code == ModelStoreErrorCode.ObjectNotFound)
        {
            return null;
        }
    }

    public ObjectBody Get(ObjectRange range, CancellationToken cancellation)
    {
        var client = Connection(cancellation).Client;
        var outline = new HttpRequestOutline(HttpMethod.Get, range.Bucket, range.Key, VersionQuery(range.VersionId), HeadersOf(range, client));
        var answer = client.Send(outline, cancellation);
        try
        {
            RangeAnswer.Require(answer, range, outline.Target);
            return new ObjectBody(answer, EvidenceOf(answer));
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public ObjectEvidence Describe(ObjectRange whole, CancellationToken cancellation)
    {
        var client = Connection(cancellation).Client;
        var outline = new HttpRequestOutline(HttpMethod.Head, whole.Bucket, whole.Key, VersionQuery(whole.VersionId), HeadersOf(whole with { AskChecksum = true }, client));
        using var answer = client.Send(outline, cancellation);
        var evidence = EvidenceOf(answer);
        // Only an object that was uploaded in parts and has no checksum over all of it is worth another question.
        return MultipartETag.TryParse(whole.ETag) is { } multipart && !evidence.Checksums.Any(checksum => checksum.Parts == 0)
            ? evidence with { FirstPartSize = FindPartSize(client, outline, number: 1, multipart.PartCount, cancellation) }
            : evidence;
    }

    public long? FindPartSize(ObjectRange whole, int number, int count, CancellationToken cancellation)
    {
        var client = Connection(cancellation).Client;
        var outline = new HttpRequestOutline(HttpMethod.Head, whole.Bucket, whole.Key, VersionQuery(whole.VersionId), HeadersOf(whole, client));
        return FindPartSize(client, outline, number, count, cancellation);
    }

    // Nearly always it is there.
    private Connected Connection(CancellationToken cancellation) => _connected.Value.WaitAsync(cancellation).GetAwaiter().GetResult();

    // Some stores ignore partNumber and describe the whole object, some tell something of their own: only an answer that says of how many
    // parts this is one, and fits the value over them, counts.
    private static long? FindPartSize(HttpObjectClient client, HttpRequestOutline outline, int number, int count, CancellationToken cancellation)
    {
        try
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"partNumber={number}");
            using var answer = client.Send(outline with { Query = outline.Query.Length == 0 ? part : $"{part}&{outline.Query}" }, cancellation);
            return answer.Header("x-amz-mp-parts-count") == count.ToString(CultureInfo.InvariantCulture)
                ? answer.ContentLength
                : null;
        }
        catch (ModelStoreException)
        {
            return null;
        }
    }

    public async Task<SourceIdentity> IdentifyAsync(string bucket, CancellationToken cancellation)
    {
        var (connection, _, _) = await _connected.Value.WaitAsync(cancellation);
        return new SourceIdentity(WireUri.Origin(new Uri(connection.AddressOf(bucket))), connection.RegionOf(bucket), connection.CredentialSource);
    }

    public void Dispose()
    {
        if (_connected is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            _connected.Value.Result.Connection.Dispose();
        }

        _transport.Dispose();
    }

    private static SigV4Header[] HeadersOf(ObjectRange range, HttpObjectClient client)
    {
        // A store without ETags has nothing to match; the size still has to be the same.
        SigV4Header[] match = range.ETag.Length == 0 ? [] : [new SigV4Header("if-match", $"\"{range.ETag}\"")];
        if (range.IsWhole)
            return range.AskChecksum ? [.. match, ChecksumMode, .. client.PayerHeader()] : [.. match, .. client.PayerHeader()];
        var last = range.Offset + range.Length - 1;
        return [.. match, new SigV4Header("range", string.Create(CultureInfo.InvariantCulture, $"bytes={range.Offset}-{last}")), .. client.PayerHeader()];
    }

    private static string VersionQuery(string? versionId) => versionId is null ? string.Empty : "versionId=" + S3PathEncoder.Query(versionId);

    private static ObjectEvidence EvidenceOf(StoreAnswer answer)
    {
        List<ServerChecksum>? checksums = null;
        foreach (var (algorithm, header) in ChecksumHeaders)
        {
            if (answer.Header(header) is { } value && ServerChecksum.Parse(algorithm, value, answer.Header("x-amz-checksum-type")) is { } checksum)
                (checksums ??= []).Add(checksum);
        }

        return new ObjectEvidence(ETagMayBeMd5(answer), checksums ?? []);
    }

    // Under KMS and customer keys the ETag is not the MD5 of the bytes.
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
    private static bool ETagMayBeMd5(StoreAnswer answer)
        => answer.Header("x-amz-server-side-encryption-customer-algorithm") is null
            && answer.Header("x-amz-server-side-encryption")?.StartsWith("aws:kms", StringComparison.Ordinal) != true;

    private static ModelStoreException NoLength(string target)
        => new(
            ModelStoreErrorCode.ProtocolError,
            Messages.SizeNotTold(target),
            Messages.NotS3Remedy,
            target);

    private sealed record Connected(SdkConnection Connection, BucketLister Lister, HttpObjectClient Client);
}
