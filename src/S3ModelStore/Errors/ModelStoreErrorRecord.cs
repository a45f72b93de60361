using System.Management.Automation;
using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Errors;

/// <summary>The engine's causes as PowerShell shows errors: id, category, target and what to do.</summary>
internal static class ModelStoreErrorRecord
{
    public static ErrorRecord Create(ModelStoreException error)
    {
        var record = new ErrorRecord(error, error.Code.ToString(), Category(error.Code), error.Target);
        if (error.Remedy is { Length: > 0 } remedy)
            record.ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = remedy };
        return record;
    }

    public static ModelStoreException Unexpected(Exception error) => new(
        ModelStoreErrorCode.Internal,
        $"Unexpected {error.GetType().Name}: {error.Message}",
        "This is a fault of the module. Please report it with the text of Get-Error.",
        innerException: error);

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
