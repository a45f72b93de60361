namespace S3ModelStore.Engine.Errors;

/// <summary>The one exception of the engine: a cause, the thing it concerns, and what to do about it. Never carries a secret.</summary>
public sealed class ModelStoreException : Exception
{
    /// <param name="code">The cause.</param>
    /// <param name="message">What happened and to which thing, as a sentence for a person.</param>
    /// <param name="remedy">What the person can do about it, as a sentence.</param>
    /// <param name="target">The URI, path or setting concerned.</param>
    /// <param name="innerException">The technical cause, if there is one.</param>
    public ModelStoreException(ModelStoreErrorCode code, string message, string remedy, string target, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Remedy = remedy;
        Target = target;
    }

    public ModelStoreErrorCode Code { get; }

    public string Remedy { get; }

    public string Target { get; }

    /// <summary>The error code the server gave (<c>NoSuchKey</c>, <c>SlowDown</c> …), if it gave one.</summary>
    public string? ServerCode { get; init; }

    /// <summary>The server's id of the failed request, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>HTTP status of the failed request, 0 when there was no answer.</summary>
    public int StatusCode { get; init; }

    /// <summary>How long the server asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How often the store was asked: once, and the retries, of a file over all of its parts. 0 when it was not a matter of asking.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Bytes of the file that are kept on disk, from which the same command continues.</summary>
    public long BytesKept { get; private init; }

    /// <summary>Whether the same command, run again, goes on: something is kept, or the cause may pass by itself.</summary>
    public bool IsResumable
        => BytesKept > 0 || Code is ModelStoreErrorCode.ConnectionLost or ModelStoreErrorCode.Timeout or ModelStoreErrorCode.Throttled or ModelStoreErrorCode.ServerError;

    /// <summary>The same failure as that of one file. Of its own: several files may have met one and the same.</summary>
    internal ModelStoreException OfFile(string target, int attempts, long bytesKept) => new(Code, Message, Remedy, target, InnerException)
    {
        ServerCode = ServerCode,
        RequestId = RequestId,
        StatusCode = StatusCode,
        RetryAfter = RetryAfter,
        Attempts = attempts,
        BytesKept = bytesKept,
    };
}
