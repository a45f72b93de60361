using System.Management.Automation;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Errors;

/// <summary>The engine's causes as PowerShell shows errors: id, category, target and what to do.</summary>
internal static class ModelStoreErrorRecord
{
    public static ErrorRecord Create(ModelStoreException error)
    {
        var record = new ErrorRecord(error, error.Code.ToString(), Category(error.Code), error.Target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = error.Remedy },
        };
        Tell(error);
        return record;
    }

    /// <param name="error">What nobody expected.</param>
    /// <param name="command">The command that met it.</param>
    public static ModelStoreException Unexpected(Exception error, string command) => new(
        ModelStoreErrorCode.Internal,
        Messages.Unexpected(error.GetType().Name, error.Message),
        Messages.UnexpectedRemedy,
        command,
        error);

    // For scripts and logs, which cannot name our types. All keys are always there: with Set-StrictMode a missing one would be an error.
    private static void Tell(ModelStoreException error)
    {
        error.Data["S3ErrorCode"] = error.ServerCode;
        error.Data["RequestId"] = error.RequestId;
        error.Data["StatusCode"] = error.StatusCode;
        error.Data["Attempts"] = error.Attempts;
        error.Data["BytesKept"] = error.BytesKept;
        error.Data["Resumable"] = error.IsResumable;
    }

    internal static ErrorCategory Category(ModelStoreErrorCode code) => code switch
    {
        ModelStoreErrorCode.None => ErrorCategory.NotSpecified,
        ModelStoreErrorCode.InvalidUri => ErrorCategory.InvalidArgument,
        ModelStoreErrorCode.InvalidOption => ErrorCategory.InvalidArgument,
        ModelStoreErrorCode.InvalidPattern => ErrorCategory.InvalidArgument,
        ModelStoreErrorCode.InvalidFileSpec => ErrorCategory.InvalidData,
        ModelStoreErrorCode.NoMatch => ErrorCategory.ObjectNotFound,
        ModelStoreErrorCode.FileSpecMismatch => ErrorCategory.InvalidData,
        ModelStoreErrorCode.BucketNotFound => ErrorCategory.ObjectNotFound,
        ModelStoreErrorCode.ObjectNotFound => ErrorCategory.ObjectNotFound,
        ModelStoreErrorCode.AccessDenied => ErrorCategory.PermissionDenied,
        ModelStoreErrorCode.InvalidCredentials => ErrorCategory.AuthenticationError,
        ModelStoreErrorCode.CredentialsNotFound => ErrorCategory.AuthenticationError,
        ModelStoreErrorCode.ExpiredCredentials => ErrorCategory.AuthenticationError,
        ModelStoreErrorCode.WrongRegion => ErrorCategory.InvalidArgument,
        ModelStoreErrorCode.ClockSkew => ErrorCategory.AuthenticationError,
        ModelStoreErrorCode.ObjectArchived => ErrorCategory.ResourceUnavailable,
        ModelStoreErrorCode.ObjectChanged => ErrorCategory.InvalidResult,
        ModelStoreErrorCode.ChecksumMismatch => ErrorCategory.InvalidData,
        ModelStoreErrorCode.VerificationTooWeak => ErrorCategory.SecurityError,
        ModelStoreErrorCode.UnsafePath => ErrorCategory.SecurityError,
        ModelStoreErrorCode.NameConflict => ErrorCategory.ResourceExists,
        ModelStoreErrorCode.InsufficientDiskSpace => ErrorCategory.ResourceUnavailable,
        ModelStoreErrorCode.DestinationUnavailable => ErrorCategory.WriteError,
        ModelStoreErrorCode.ManifestNotFound => ErrorCategory.ObjectNotFound,
        ModelStoreErrorCode.UnsupportedState => ErrorCategory.NotImplemented,
        ModelStoreErrorCode.EndpointUnreachable => ErrorCategory.ConnectionError,
        ModelStoreErrorCode.ConnectionLost => ErrorCategory.ConnectionError,
        ModelStoreErrorCode.Timeout => ErrorCategory.OperationTimeout,
        ModelStoreErrorCode.Throttled => ErrorCategory.LimitsExceeded,
        ModelStoreErrorCode.ServerError => ErrorCategory.ResourceUnavailable,
        ModelStoreErrorCode.ProtocolError => ErrorCategory.ProtocolError,
        ModelStoreErrorCode.Cancelled => ErrorCategory.OperationStopped,
        ModelStoreErrorCode.Internal => ErrorCategory.NotSpecified,
        _ => ErrorCategory.NotSpecified,
    };
}
