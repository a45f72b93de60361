using System.Globalization;
using System.Net;
using Microsoft.Net.Http.Headers;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Signing;

namespace S3ModelStore.TestServer.Protocol;

internal sealed class ObjectOperations(ObjectCatalog objects)
{
    /// <summary>GET and HEAD: the same answer, of which HEAD sends only the headers.</summary>
    public Answer Read(S3Exchange exchange, BucketContents bucket)
    {
        var request = exchange.Request;
        if (bucket.Policy.Denies(request.Key))
            return exchange.ErrorAnswer(S3Error.AccessDenied);

        var versionId = request.QueryValue("versionId");
        if (bucket.Find(request.Key, versionId) is not { } stored)
            return exchange.ErrorAnswer(Missing(bucket.Policy, request.Key, versionId));

        if (stored.Options.IsArchived && !request.IsHead)
        {
            return exchange.ErrorAnswer(new S3Error(
                HttpStatusCode.Forbidden, "InvalidObjectState", "The operation is not valid for the object's storage class")
                .With("StorageClass", stored.Options.StorageClass));
        }

        if (request.Header("If-Match") is { } wanted && !Names(wanted, stored.ETag))
        {
            return exchange.ErrorAnswer(new S3Error(
                HttpStatusCode.PreconditionFailed, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
                .With("Condition", "If-Match"));
        }

        return Found(exchange, stored);
    }

    public async Task<Answer> PutAsync(S3Exchange exchange)
    {
        var request = exchange.Request;
        var sentHash = request.Header(PayloadHash.Header) ?? PayloadHash.Unsigned;
        var isChunked = sentHash.StartsWith(PayloadHash.StreamingPrefix, StringComparison.Ordinal);
        var body = await UploadBody.ReadAsync(request.Http.Request.Body, isChunked, exchange.Aborted);
        var content = ObjectContent.FromBytes(body);
        if (!isChunked && !string.Equals(sentHash, PayloadHash.Unsigned, StringComparison.Ordinal))
        {
            var computed = ContentHash.Sha256Hex(content);
            if (!string.Equals(computed, sentHash, StringComparison.Ordinal))
                return exchange.ErrorAnswer(PayloadHash.Mismatch(sentHash, computed));
        }

        var options = new PutOptions();
        if (request.Header("Content-Type") is { } contentType)
            options = options with { ContentType = contentType };

        var stored = objects.Put(request.Bucket, request.Key, content, options);
        var answer = new Answer();
        answer.Headers["ETag"] = Quoted(stored.ETag);
        if (stored.VersionId is not null)
            answer.Headers["x-amz-version-id"] = stored.VersionId;

        return answer;
    }

    private static Answer Found(S3Exchange exchange, StoredObject stored)
    {
        var request = exchange.Request;
        if (request.Header("If-None-Match") is { } known && Names(known, stored.ETag))
        {
            var unchanged = new Answer { Status = HttpStatusCode.NotModified };
            unchanged.Headers["ETag"] = Quoted(stored.ETag);
            return unchanged;
        }

        var answer = new Answer { IsObject = true, Content = stored.Content, Length = stored.Size };
        if (request.Range is { } range)
        {
            if (range.Resolve(stored.Size) is not { } part)
                return exchange.ErrorAnswer(NotSatisfiable(request.Header("Range")!, stored.Size));

            answer.Status = HttpStatusCode.PartialContent;
            (answer.Offset, answer.Length) = part;
            answer.Headers["Content-Range"] = string.Create(
                CultureInfo.InvariantCulture, $"bytes {part.Offset}-{part.Offset + part.Length - 1}/{stored.Size}");
        }

        AddHeaders(answer, stored, request);
        if (request.IsHead && int.TryParse(request.QueryValue("partNumber"), CultureInfo.InvariantCulture, out var number) && stored.PartSizes is { } sizes && number <= sizes.Count)
            DescribePart(answer, sizes, number);
        return answer;
    }

    private static void DescribePart(Answer answer, IReadOnlyList<long> sizes, int number)
    {
        answer.Status = HttpStatusCode.PartialContent;
        answer.Length = sizes[number - 1];
        answer.Headers["x-amz-mp-parts-count"] = sizes.Count.ToString(CultureInfo.InvariantCulture);
    }

    private static void AddHeaders(Answer answer, StoredObject stored, S3Request request)
    {
        var headers = answer.Headers;
        headers["ETag"] = Quoted(stored.ETag);
        headers["Last-Modified"] = HeaderUtilities.FormatDate(stored.LastModified);
        headers["Accept-Ranges"] = "bytes";
        headers["Content-Type"] = stored.Options.ContentType;
        if (stored.VersionId is not null)
            headers["x-amz-version-id"] = stored.VersionId;
        if (!string.Equals(stored.Options.StorageClass, "STANDARD", StringComparison.Ordinal))
            headers["x-amz-storage-class"] = stored.Options.StorageClass;
        foreach (var (name, value) in stored.Options.Metadata)
            headers["x-amz-meta-" + name] = value;

        if (!string.Equals(request.Header("x-amz-checksum-mode"), "ENABLED", StringComparison.OrdinalIgnoreCase))
            return;

        foreach (var (name, value) in stored.Options.Checksums)
            headers[name] = value;
        if (stored.Options.ChecksumType is { } type)
            headers["x-amz-checksum-type"] = type;
    }

    /// <summary>Who may not list must not learn from a missing key which keys there are.</summary>
    private static S3Error Missing(BucketPolicy policy, string key, string? versionId)
    {
        if (policy.DenyList)
            return S3Error.AccessDenied;

        return versionId is null ? S3Error.NoSuchKey(key) : S3Error.NoSuchVersion(key, versionId);
    }

    private static S3Error NotSatisfiable(string range, long size)
    {
        var total = size.ToString(CultureInfo.InvariantCulture);
        return new S3Error(HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidRange", "The requested range is not satisfiable")
            .With("RangeRequested", range).With("ActualObjectSize", total).WithHeader("Content-Range", $"bytes */{total}");
    }

    private static bool Names(string header, string etag) =>
        header.Split(',', StringSplitOptions.TrimEntries).Any(each =>
            string.Equals(each, "*", StringComparison.Ordinal) || string.Equals(each.Trim('"'), etag, StringComparison.Ordinal));

    private static string Quoted(string etag) => $"\"{etag}\"";
}
