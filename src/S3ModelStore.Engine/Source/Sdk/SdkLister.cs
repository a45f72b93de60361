using System.Net;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Source.Sdk;

/// <summary>Lists through the SDK.</summary>
internal sealed class SdkLister
{
    private readonly SdkConnection _connection;

    public SdkLister(SdkConnection connection) => _connection = connection;

    /// <exception cref="ModelStoreException">As <see cref="StoreErrors"/> names it.</exception>
    public Task<ListingPage> ListPageAsync(string bucket, string prefix, string? continuation, CancellationToken cancellation)
        => AskAsync(bucket, async client =>
        {
            var response = await client.ListObjectsV2Async(Request(bucket, prefix, continuation, delimiter: null), cancellation);
            RequireListing(response, bucket);
            var decode = response.Encoding == EncodingType.Url;
            var objects = (response.S3Objects ?? []).Select(found => Convert(found, decode)).ToList();
            if (objects.Find(found => found.Key.Length == 0 || !found.Key.StartsWith(prefix, StringComparison.Ordinal)) is { } stray)
                throw NoListing(bucket, Messages.ListingStrays(stray.Key, prefix));
            if (objects.Find(found => found.Size < 0) is { } impossible)
                throw NoListing(bucket, Messages.ListingSizeImpossible(impossible.Key, impossible.Size));
            if (response.IsTruncated == true && string.IsNullOrEmpty(response.NextContinuationToken))
                throw StoreErrors.FromAnswer((int)HttpStatusCode.OK, "TruncatedWithoutToken", Messages.ListingCut, $"s3://{bucket}", requestId: null);
            return new ListingPage(objects, response.IsTruncated == true ? response.NextContinuationToken : null);
        }, cancellation);

    /// <inheritdoc cref="IObjectStore.ListLevelAsync"/>
    public Task<IReadOnlyList<string>> ListLevelAsync(string bucket, string prefix, CancellationToken cancellation)
        => AskAsync<IReadOnlyList<string>>(bucket, async client =>
        {
            var response = await client.ListObjectsV2Async(Request(bucket, prefix, continuation: null, delimiter: "/"), cancellation);
            RequireListing(response, bucket);
            var names = (response.CommonPrefixes ?? []).Concat((response.S3Objects ?? []).Select(found => found.Key));
            return [.. response.Encoding == EncodingType.Url ? names.Select(name => WebUtility.UrlDecode(name)) : names];
        }, cancellation);

    /// <inheritdoc cref="IObjectStore.ListBucketsAsync"/>
    public Task<IReadOnlyList<string>> ListBucketsAsync(CancellationToken cancellation)
        => AskAsync<IReadOnlyList<string>>(string.Empty, async client =>
        {
            var response = await client.ListBucketsAsync(cancellation);
            return [.. (response.Buckets ?? []).Select(bucket => bucket.BucketName)];
        }, cancellation);

    private static void RequireListing(ListObjectsV2Response response, string bucket)
    {
        if (response is { Name: null, IsTruncated: null, KeyCount: null, MaxKeys: null })
            throw NoListing(bucket, Messages.ListingIsNone);
    }

    private ListObjectsV2Request Request(string bucket, string prefix, string? continuation, string? delimiter) => new()
    {
        BucketName = bucket,
        Prefix = prefix,
        Delimiter = delimiter,
        ContinuationToken = continuation,
        // XML has no way to write most control characters; encoded keys survive whatever they hold.
        Encoding = EncodingType.Url,
        RequestPayer = _connection.RequestPayer ? RequestPayer.Requester : null,
    };

    private async Task<T> AskAsync<T>(string bucket, Func<AmazonS3Client, Task<T>> request, CancellationToken cancellation)
    {
        // Keys that cannot be had are an error of their own; out of the SDK's request they would come as any exception.
        var keys = await _connection.GetKeysAsync(cancellation);
        try
        {
            return await request(_connection.ClientOf(bucket));
        }
        catch (AmazonServiceException e) when (e.InnerException is HttpRequestException or IOException)
        {
            throw StoreErrors.FromConnection(e, _connection.AddressOf(bucket), $"s3://{bucket}");
        }
        catch (AmazonServiceException e)
        {
            throw StoreErrors.FromAnswer((int)e.StatusCode, ServerWords.Code(e.ErrorCode), ServerWords.Shown(e.Message, keys), $"s3://{bucket}", e.RequestId);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw StoreErrors.FromConnection(e, _connection.AddressOf(bucket), $"s3://{bucket}");
        }
        catch (Exception e) when (e is XmlException or ArgumentException or FormatException or OverflowException)
        {
            // The SDK lets out what its parsers throw: a document that breaks off, a size that is none, a redirect to a host that is not AWS's.
            throw NoListing(bucket, ServerWords.Shown(e.Message, keys)!);
        }
    }

    private static ModelStoreException NoListing(string bucket, string reason)
        => StoreErrors.FromAnswer((int)HttpStatusCode.OK, serverCode: null, reason, $"s3://{bucket}", requestId: null);

    private static StoredObject Convert(S3Object found, bool decode)
        => new(
            decode ? WebUtility.UrlDecode(found.Key) : found.Key,
            found.Size ?? 0,
            (found.ETag ?? string.Empty).Trim('"'),
            found.LastModified is { } modified ? new DateTimeOffset(modified.ToUniversalTime(), TimeSpan.Zero) : default,
            found.StorageClass?.Value,
            VersionId: null);
}
