using System.Net;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>An error as S3 tells it; the details become elements of the XML body in their order.</summary>
public sealed record S3Error(HttpStatusCode Status, string Code, string Message)
{
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    internal static S3Error AccessDenied { get; } = new(HttpStatusCode.Forbidden, "AccessDenied", "Access Denied");

    internal static S3Error ExpiredToken { get; } = new(HttpStatusCode.BadRequest, "ExpiredToken", "The provided token has expired.");

    internal static S3Error InvalidUri { get; } = new(HttpStatusCode.BadRequest, "InvalidURI", "Couldn't parse the specified URI.");

    internal static S3Error NotImplemented { get; } = new(
        HttpStatusCode.NotImplemented, "NotImplemented", "A header you provided implies functionality that is not implemented");

    internal static S3Error NoSuchBucket(string bucket) =>
        new S3Error(HttpStatusCode.NotFound, "NoSuchBucket", "The specified bucket does not exist").With("BucketName", bucket);

    internal static S3Error NoSuchKey(string key) =>
        new S3Error(HttpStatusCode.NotFound, "NoSuchKey", "The specified key does not exist.").With("Key", key);

    internal static S3Error NoSuchVersion(string key, string versionId) =>
        new S3Error(HttpStatusCode.NotFound, "NoSuchVersion", "The specified version does not exist.")
            .With("Key", key).With("VersionId", versionId);

    internal static S3Error InvalidArgument(string name, string value) =>
        new S3Error(HttpStatusCode.BadRequest, "InvalidArgument", $"The {name} provided is incorrect")
            .With("ArgumentName", name).With("ArgumentValue", value);

    /// <summary>400, as S3 answers when the endpoint is right but the signature names another region.</summary>
    internal static S3Error SignedForAnotherRegion(string signed, string expected) =>
        new S3Error(
            HttpStatusCode.BadRequest,
            "AuthorizationHeaderMalformed",
            $"The authorization header is malformed; the region '{signed}' is wrong; expecting '{expected}'").With("Region", expected);

    /// <summary>301, as S3 answers when the bucket lives elsewhere. There is no Location: the client must sign again.</summary>
    internal static S3Error PermanentRedirect(string bucket, string region) =>
        new S3Error(
            HttpStatusCode.MovedPermanently,
            "PermanentRedirect",
            "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.")
            .With("Endpoint", $"{bucket}.s3.{region}.amazonaws.com").With("Bucket", bucket).WithHeader("x-amz-bucket-region", region);

    internal static S3Error OfStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.InternalServerError => new(status, "InternalError", "We encountered an internal error. Please try again."),
        HttpStatusCode.ServiceUnavailable => new(status, "SlowDown", "Please reduce your request rate."),
        HttpStatusCode.TooManyRequests => new(status, "TooManyRequests", "Please reduce your request rate."),
        HttpStatusCode.BadRequest => new(
            status, "RequestTimeout", "Your socket connection to the server was not read from or written to within the timeout period."),
        HttpStatusCode.Forbidden => AccessDenied,
        _ => new(status, status.ToString(), $"The server answered {(int)status}."),
    };

    internal S3Error With(string element, string value) => this with { Details = [.. Details, new(element, value)] };

    internal S3Error WithHeader(string name, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [name] = value } };
}
