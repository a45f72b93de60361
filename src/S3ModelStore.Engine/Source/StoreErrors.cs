using System.Net.Sockets;
using System.Security.Authentication;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

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

    /// <summary>A request without an answer, or with one that is no HTTP.</summary>
    public static ModelStoreException FromConnection(Exception error, string endpoint, string target)
    {
        // A request that was cut has the aborted socket inside; that is not why it ended.
        var cause = error is TimeoutException or OperationCanceledException ? error : Innermost(error);
        var fault = (cause as HttpRequestException)?.HttpRequestError ?? (cause as HttpIOException)?.HttpRequestError;
        return cause switch
        {
            AuthenticationException when !cause.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) => new(
                ModelStoreErrorCode.EndpointUnreachable,
                Messages.TlsFailed(endpoint, cause.Message),
                Messages.TlsFailedRemedy,
                target,
                error),
            AuthenticationException => new(
                ModelStoreErrorCode.EndpointUnreachable,
                Messages.CertificateNotTrusted(endpoint, cause.Message),
                Messages.CertificateNotTrustedRemedy,
                target,
                error),
            SocketException { SocketErrorCode: not (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) } socket => new(
                ModelStoreErrorCode.EndpointUnreachable,
                Messages.EndpointUnreachable(endpoint, socket.Message),
                Messages.EndpointUnreachableRemedy,
                target,
                error),
            _ when fault is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => new(
                ModelStoreErrorCode.ProtocolError,
                Messages.AnswerIsOdd(target, cause.Message.TrimEnd('.')),
                Messages.NotS3Remedy,
                target,
                error),
            TimeoutException or OperationCanceledException => new(
                ModelStoreErrorCode.Timeout,
                Messages.NoAnswerInTime(endpoint),
                Messages.NoAnswerInTimeRemedy,
                target,
                error),
            _ => new(
                ModelStoreErrorCode.ConnectionLost,
                Messages.ConnectionLost(endpoint, target, cause.Message),
                Messages.RunAgainToContinue,
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
        ModelStoreErrorCode.BucketNotFound => (Messages.BucketNotFound(BucketOf(target)), Messages.BucketNotFoundRemedy),
        ModelStoreErrorCode.ObjectNotFound => (Messages.ObjectNotFound(target), Messages.ObjectNotFoundRemedy),
        ModelStoreErrorCode.AccessDenied => (
            Messages.AccessDenied(target),
            Messages.AccessDeniedRemedy),
        ModelStoreErrorCode.InvalidCredentials => (
            Messages.InvalidCredentials(target),
            Messages.InvalidCredentialsRemedy),
        ModelStoreErrorCode.ExpiredCredentials => (Messages.ExpiredCredentials(target), Messages.ExpiredCredentialsRemedy),
        ModelStoreErrorCode.ClockSkew => (Messages.ClockSkew, Messages.ClockSkewRemedy),
        ModelStoreErrorCode.WrongRegion => (Messages.WrongRegion(target), Messages.WrongRegionRemedy),
        ModelStoreErrorCode.ObjectArchived => (Messages.ObjectArchived(target), Messages.ObjectArchivedRemedy),
        ModelStoreErrorCode.InvalidUri => (Messages.BucketNameRefused(target), Messages.BucketNameRefusedRemedy),
        ModelStoreErrorCode.ObjectChanged => (Messages.ObjectReplaced(target), Messages.ObjectReplacedRemedy),
        ModelStoreErrorCode.Throttled => (Messages.Throttled(target), Messages.ThrottledRemedy),
        ModelStoreErrorCode.Timeout => (Messages.StoreGaveUpWaiting(target), Messages.RunAgainToContinue),
        ModelStoreErrorCode.ServerError => (Messages.StoreFailed(target), Messages.StoreFailedRemedy),
        _ => (Messages.NotS3(target), Messages.NotS3Remedy),
    };

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error;
    }
}
