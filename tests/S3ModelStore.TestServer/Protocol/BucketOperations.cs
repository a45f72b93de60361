using System.Globalization;
using System.Net;
using S3ModelStore.TestServer.Catalog;

namespace S3ModelStore.TestServer.Protocol;

internal sealed class BucketOperations(S3TestServer server)
{
    private readonly ListTokens _tokens = new(server.Options.UseRawContinuationTokens);

    public Answer Create(string bucket)
    {
        server.Objects.CreateBucket(bucket);
        return new Answer();
    }

    public Answer ListBuckets() => Answer.OfDocument(HttpStatusCode.OK, "application/xml", XmlDocuments.Buckets(server.Objects.Buckets));

    public Answer Location(BucketPolicy policy) =>
        Answer.OfDocument(HttpStatusCode.OK, "application/xml", XmlDocuments.Location(policy.Region ?? server.Region));

    public Answer Head(S3Exchange exchange, BucketPolicy policy)
    {
        var answer = policy.DenyList ? exchange.ErrorAnswer(S3Error.AccessDenied) : new Answer();
        answer.Headers["x-amz-bucket-region"] = policy.Region ?? server.Region;
        return answer;
    }

    public Answer List(S3Exchange exchange, BucketContents bucket)
    {
        if (bucket.Policy.DenyList)
            return exchange.ErrorAnswer(S3Error.AccessDenied);

        var request = exchange.Request;
        var maxKeys = request.QueryValue("max-keys") ?? "1000";
        if (!int.TryParse(maxKeys, NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
            return exchange.ErrorAnswer(S3Error.InvalidArgument("max-keys", maxKeys));

        var delimiter = request.QueryValue("delimiter") ?? "";
        ListResumePoint? resume = null;
        if (request.QueryValue("continuation-token") is { } token && !_tokens.TryRead(token, delimiter, out resume))
            return exchange.ErrorAnswer(S3Error.InvalidArgument("continuation-token", token));

        var query = new ListQuery(
            request.QueryValue("prefix") ?? "",
            delimiter,
            request.QueryValue("start-after") ?? "",
            resume,
            Math.Min(limit, server.Options.MaxKeysPerPage));
        var encode = string.Equals(request.QueryValue("encoding-type"), "url", StringComparison.Ordinal) ? Encoding() : null;
        var document = XmlDocuments.Listing(request.Bucket, query, ListPage.Read(bucket, query), _tokens, encode);
        return Answer.OfDocument(HttpStatusCode.OK, "application/xml", document);
    }

    private Func<string, string>? Encoding() => server.Options.ListingEncoding switch
    {
        ListingEncoding.Aws => UriText.EncodeAwsListing,
        ListingEncoding.Ceph => UriText.EncodeCephListing,
        _ => null,
    };
}
