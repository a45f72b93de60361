using System.Net.Sockets;
using System.Security.Authentication;
using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Source;

/// <summary>What a store's refusal means to a person. One table for listings, HEADs and GETs.</summary>
internal static class StoreErrors
{
    /// <param name="status">HTTP status.</param>
    /// <param name="serverCode">The <c>Code</c> of the error body, if there was one; HEAD answers have none.</param>
    /// <param name="serverMessage">The <c>Message</c> of the error body.</param>
    /// <param name="target">The bucket or object as <c>s3://…</c>.</param>
    /// <param name="requestId">The server's id of the request.</param>
    /// <param name="retryAfter">How long the server asked to wait.</param>
    public static ModelStoreException FromAnswer(int status, string? serverCode, string? serverMessage, string target, string? requestId, TimeSpan? retryAfter = null)
    {
        var code = CodeOf(status, serverCode, target);
        var (message, remedy) = Describe(code, target);
        var told = serverCode is null ? $"HTTP {status}" : $"{serverCode}, HTTP {status}";
        if (code is ModelStoreErrorCode.ProtocolError or ModelStoreErrorCode.ServerError && serverMessage is not null)
            told += ": " + serverMessage;
        return new ModelStoreException(code, $"{message} ({told})", remedy, target)
        {
            ServerCode = serverCode,
            StatusCode = status,
            RequestId = requestId,
            RetryAfter = retryAfter,
        };
    }

    /// <summary>A request without an answer.</summary>
    public static ModelStoreException FromConnection(Exception error, string endpoint, string target)
    {
        // A request that was cut has the aborted socket inside; that is not why it ended.
        var cause = error is TimeoutException or OperationCanceledException ? error : Innermost(error);
        return cause switch
        {
            AuthenticationException when !cause.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) => new(
                ModelStoreErrorCode.EndpointUnreachable,
                $"TLS with {endpoint} failed: {cause.Message}",
                "Check that the endpoint speaks https on that port; for plain http write http:// in -EndpointUrl.",
                target,
                error),
            AuthenticationException => new(
                ModelStoreErrorCode.EndpointUnreachable,
                $"The TLS certificate of {endpoint} is not trusted: {cause.Message}",
                "Check the endpoint's name, trust its certificate authority, or use -SkipCertificateCheck for a test server.",
                target,
                error),
            SocketException { SocketErrorCode: not (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) } socket => new(
                ModelStoreErrorCode.EndpointUnreachable,
                $"{endpoint} cannot be reached: {socket.Message}",
                "Check -EndpointUrl, its port, the network and the proxy settings.",
                target,
                error),
            TimeoutException or OperationCanceledException => new(
                ModelStoreErrorCode.Timeout,
                $"{endpoint} did not answer in time.",
                "Check the network; run the same command again to continue.",
                target,
                error),
            _ => new(
                ModelStoreErrorCode.ConnectionLost,
                $"The connection to {endpoint} broke while reading {target}: {cause.Message}",
                "Run the same command again to continue.",
                target,
                error),
        };
    }

    private static ModelStoreErrorCode CodeOf(int status, string? serverCode, string target) => serverCode switch
    {
        "NoSuchBucket" => ModelStoreErrorCode.BucketNotFound,
        "NoSuchKey" or "NoSuchVersion" => ModelStoreErrorCode.ObjectNotFound,
        "AccessDenied" or "AllAccessDisabled" or "AccountProblem" or "MethodNotAllowed" => ModelStoreErrorCode.AccessDenied,
        "SignatureDoesNotMatch" or "InvalidAccessKeyId" or "InvalidToken" or "InvalidSecurity" => ModelStoreErrorCode.InvalidCredentials,
        "ExpiredToken" or "TokenRefreshRequired" or "ExpiredTokenException" => ModelStoreErrorCode.ExpiredCredentials,
        "RequestTimeTooSkewed" => ModelStoreErrorCode.ClockSkew,
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" => ModelStoreErrorCode.WrongRegion,
        "InvalidObjectState" => ModelStoreErrorCode.ObjectArchived,
        "InvalidBucketName" => ModelStoreErrorCode.InvalidUri,
        "PreconditionFailed" or "InvalidRange" => ModelStoreErrorCode.ObjectChanged,
        "SlowDown" or "TooManyRequests" or "ServiceUnavailable" or "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "BandwidthLimitExceeded"
            => ModelStoreErrorCode.Throttled,
        "RequestTimeout" => ModelStoreErrorCode.Timeout,
        "InternalError" => ModelStoreErrorCode.ServerError,
        _ => CodeOf(status, target),
    };

    private static ModelStoreErrorCode CodeOf(int status, string target) => status switch
    {
        301 => ModelStoreErrorCode.WrongRegion,
        401 or 403 => ModelStoreErrorCode.AccessDenied,
        // A store says NoSuchBucket; a web server that is none just says 404.
        404 => IsBucket(target) ? ModelStoreErrorCode.ProtocolError : ModelStoreErrorCode.ObjectNotFound,
        412 or 416 => ModelStoreErrorCode.ObjectChanged,
        408 => ModelStoreErrorCode.Timeout,
        429 or 503 => ModelStoreErrorCode.Throttled,
        >= 500 => ModelStoreErrorCode.ServerError,
        _ => ModelStoreErrorCode.ProtocolError,
    };

    private static bool IsBucket(string target) => target.IndexOf('/', "s3://".Length) < 0;

    private static string BucketOf(string target) => target["s3://".Length..].Split('/')[0];

    private static (string Message, string Remedy) Describe(ModelStoreErrorCode code, string target) => code switch
    {
        ModelStoreErrorCode.BucketNotFound => ($"The bucket '{BucketOf(target)}' does not exist.", "Check the bucket's name and -EndpointUrl."),
        ModelStoreErrorCode.ObjectNotFound => ($"{target} does not exist.", "Check the key; keys are case-sensitive."),
        ModelStoreErrorCode.AccessDenied => (
            $"Access to {target} is denied.",
            "Check that the credentials may s3:ListBucket and s3:GetObject there; without s3:ListBucket a missing key looks the same."),
        ModelStoreErrorCode.InvalidCredentials => (
            $"The store does not accept the credentials for {target}.",
            "Check the access key id and the secret, and that they belong to this endpoint."),
        ModelStoreErrorCode.ExpiredCredentials => ($"The session token for {target} has expired.", "Sign in again, or give a fresh -SessionToken, and run the same command again."),
        ModelStoreErrorCode.ClockSkew => ("This machine's clock and the store's are too far apart.", "Set the clock."),
        ModelStoreErrorCode.WrongRegion => ($"{target} is in another region.", "Give the bucket's region with -Region."),
        ModelStoreErrorCode.ObjectArchived => ($"{target} is archived.", "Restore the object first (aws s3api restore-object), then run the same command again."),
        ModelStoreErrorCode.InvalidUri => ($"The store does not take the bucket name of {target}.", "Check the bucket's name."),
        ModelStoreErrorCode.ObjectChanged => ($"{target} was replaced while it was read.", "Run the same command again when nobody writes to the source."),
        ModelStoreErrorCode.Throttled => ($"The store asks to slow down for {target}.", "Use a smaller -MaxConcurrency, or run the same command again later to continue."),
        ModelStoreErrorCode.Timeout => ($"The store gave up waiting for {target}.", "Run the same command again to continue."),
        ModelStoreErrorCode.ServerError => ($"The store failed on {target}.", "Run the same command again later to continue."),
        _ => ($"The answer for {target} is not what S3 would answer.", "Check that -EndpointUrl is an S3 endpoint and that no proxy changes its answers."),
    };

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error;
    }
}
