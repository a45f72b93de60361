using System.Buffers;
using System.Xml;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>Lists with our own requests, so that one transport, one signer and one table of repairs serve everything a job asks.</summary>
internal sealed class BucketLister
{
    // A page of 1000 keys of the greatest length, every byte encoded, has about 4 MiB.
    private const int LongestDocument = 32 * 1024 * 1024;

    // A page of ordinary keys.
    private const int UsualDocument = 512 * 1024;

    private readonly IStoreConnection _connection;
    private readonly HttpObjectClient _client;

    public BucketLister(IStoreConnection connection, HttpObjectClient client)
    {
        _connection = connection;
        _client = client;
    }

    /// <inheritdoc cref="IObjectStore.ListPage"/>
    public ListingPage ListPage(string bucket, string prefix, string? continuation, CancellationToken cancellation)
    {
        var listing = List(bucket, prefix, continuation, delimiter: null, cancellation);
        if (listing.Objects.FirstOrDefault(found => found.Key.Length == 0 || !found.Key.StartsWith(prefix, StringComparison.Ordinal)) is { } stray)
            throw NoListing(bucket, Messages.ListingStrays(stray.Key, prefix));
        if (listing.Objects.FirstOrDefault(found => found.Size < 0) is { } impossible)
            throw NoListing(bucket, Messages.ListingSizeImpossible(impossible.Key, impossible.Size));
        if (listing.IsTruncated && string.IsNullOrEmpty(listing.NextContinuationToken))
            throw StoreErrors.FromAnswer(200, "TruncatedWithoutToken", Messages.ListingCut, $"s3://{bucket}", requestId: null);
        return new ListingPage(listing.Objects, listing.IsTruncated ? listing.NextContinuationToken : null);
    }

    /// <inheritdoc cref="IObjectStore.ListLevel"/>
    public IReadOnlyList<string> ListLevel(string bucket, string prefix, CancellationToken cancellation)
    {
        var listing = List(bucket, prefix, continuation: null, delimiter: "/", cancellation);
        return [.. listing.Prefixes, .. listing.Objects.Select(found => found.Key)];
    }

    /// <inheritdoc cref="IObjectStore.ListBuckets"/>
    public IReadOnlyList<string> ListBuckets(CancellationToken cancellation)
        => Ask(new HttpRequestOutline(HttpMethod.Get, Bucket: string.Empty, Key: null, Query: string.Empty, []), ListingDocument.ParseBuckets, cancellation);

    private ListingDocument List(string bucket, string prefix, string? continuation, string? delimiter, CancellationToken cancellation)
    {
        // Sorted, as signatures want it. XML has no way to write most control characters; encoded keys survive whatever they hold.
        var query = (continuation is null ? string.Empty : $"continuation-token={S3PathEncoder.Query(continuation)}&")
            + (delimiter is null ? string.Empty : $"delimiter={S3PathEncoder.Query(delimiter)}&")
            + "encoding-type=url&list-type=2"
            + (prefix.Length == 0 ? string.Empty : $"&prefix={S3PathEncoder.Query(prefix)}");
        return Ask(new HttpRequestOutline(HttpMethod.Get, bucket, Key: null, query, _client.PayerHeader()), ListingDocument.Parse, cancellation)
            ?? throw NoListing(bucket, Messages.ListingIsNone);
    }

    private T Ask<T>(HttpRequestOutline outline, Func<Stream, T> parse, CancellationToken cancellation)
    {
        var document = ArrayPool<byte>.Shared.Rent(UsualDocument);
        try
        {
            var length = Read(outline, ref document, cancellation);
            // Some stores begin their answer before they know, and then a success brings an error.
            var start = document.AsSpan(0, Math.Min(length, S3ErrorBody.MaxBytes));
            if (start[..Math.Min(start.Length, 256)].IndexOf("<Error"u8) >= 0 && S3ErrorBody.Parse(start) is { Code: { } code } error)
                throw StoreErrors.FromAnswer(200, ServerWords.Code(code), ServerWords.Shown(error.Message, _client.Keys(cancellation)), outline.Target, error.RequestId);
            using var stream = new MemoryStream(document, 0, length, writable: false);
            return parse(stream);
        }
        catch (Exception e) when (e is XmlException or ArgumentException or FormatException or OverflowException)
        {
            throw NoListing(outline.Bucket, ServerWords.Shown(e.Message, _client.Keys(cancellation))!);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(document);
        }
    }

    private int Read(HttpRequestOutline outline, ref byte[] document, CancellationToken cancellation)
    {
        using var answer = _client.Send(outline, cancellation);
        try
        {
            var length = 0;
            for (int read; (read = answer.Read(document.AsMemory(length), cancellation)) > 0; length += read)
            {
                if (length + read < document.Length)
                    continue;
                if (document.Length >= LongestDocument)
                    throw NoListing(outline.Bucket, Messages.ListingTooLong(LongestDocument));
                var larger = ArrayPool<byte>.Shared.Rent(document.Length * 2);
                document.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(document);
                document = larger;
            }

            return length;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw StoreErrors.FromConnection(e, _connection.AddressOf(outline.Bucket), outline.Target);
        }
    }

    private static ModelStoreException NoListing(string bucket, string reason)
        => StoreErrors.FromAnswer(200, serverCode: null, reason, $"s3://{bucket}", requestId: null);
}
