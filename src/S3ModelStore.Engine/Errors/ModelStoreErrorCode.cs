namespace S3ModelStore.Engine.Errors;

/// <summary>Every cause this module can give for not doing what was asked. The names are stable: they are the error ids of the cmdlets.</summary>
/// <remarks>Of <see cref="long"/>, because <c>ConvertTo-Json</c> writes the names of just such enums; of the others their numbers.</remarks>
public enum ModelStoreErrorCode : long
{
    /// <summary>Nothing went wrong.</summary>
    None = 0,

    /// <summary>The text is not <c>s3://bucket[/prefix-or-key]</c>.</summary>
    InvalidUri,

    /// <summary>A setting is out of range or contradicts another one.</summary>
    InvalidOption,

    /// <summary>A glob cannot be understood.</summary>
    InvalidPattern,

    /// <summary>A file specification or manifest cannot be understood.</summary>
    InvalidFileSpec,

    /// <summary>The source exists but holds no object that was asked for.</summary>
    NoMatch,

    /// <summary>A specified file is not in the source, or has another size there.</summary>
    FileSpecMismatch,

    /// <summary>The bucket does not exist.</summary>
    BucketNotFound,

    /// <summary>The object does not exist (any more).</summary>
    ObjectNotFound,

    /// <summary>The identity may not do this.</summary>
    AccessDenied,

    /// <summary>The key id is unknown or the secret is wrong.</summary>
    InvalidCredentials,

    /// <summary>No credentials were found anywhere.</summary>
    CredentialsNotFound,

    /// <summary>The token has expired and could not be renewed.</summary>
    ExpiredCredentials,

    /// <summary>The bucket lives in another region and that region could not be learned.</summary>
    WrongRegion,

    /// <summary>The clocks of client and server are too far apart.</summary>
    ClockSkew,

    /// <summary>The object is archived and has to be restored first.</summary>
    ObjectArchived,

    /// <summary>The object was replaced while it was read, twice.</summary>
    ObjectChanged,

    /// <summary>The bytes do not have the expected checksum.</summary>
    ChecksumMismatch,

    /// <summary>The evidence available is weaker than the minimum asked for.</summary>
    VerificationTooWeak,

    /// <summary>A key cannot be a safe path below the destination.</summary>
    UnsafePath,

    /// <summary>Two keys, or a key and what is on disk, want the same name.</summary>
    NameConflict,

    /// <summary>The volume has too little room.</summary>
    InsufficientDiskSpace,

    /// <summary>The destination cannot be created, read or written.</summary>
    DestinationUnavailable,

    /// <summary>The directory has no record of a download.</summary>
    ManifestNotFound,

    /// <summary>The local state was written by a newer version of this module.</summary>
    UnsupportedState,

    /// <summary>The endpoint cannot be reached: name, route, port or TLS.</summary>
    EndpointUnreachable,

    /// <summary>The connection broke in the middle of an answer.</summary>
    ConnectionLost,

    /// <summary>The server stopped answering.</summary>
    Timeout,

    /// <summary>The server keeps asking to slow down.</summary>
    Throttled,

    /// <summary>The server keeps failing.</summary>
    ServerError,

    /// <summary>The answer is not what S3 would answer.</summary>
    ProtocolError,

    /// <summary>The job was stopped before this file was finished.</summary>
    Cancelled,

    /// <summary>A fault of this module itself.</summary>
    Internal,
}
