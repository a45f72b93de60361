using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Transfer;

/// <summary>One operation's failures. Used by one operation at a time.</summary>
internal sealed class RetryState
{
    // Less than this is no progress: a server that sends a few bytes and hangs up must not be asked forever.
    private const long ProgressBytes = 64 * 1024;

    private readonly Func<long>? _position;
    private readonly Action<ModelStoreException>? _onRetry;
    private long _lastPosition;

    /// <param name="position">Bytes the operation has gained so far; <see langword="null"/> when it gains nothing by halves.</param>
    /// <param name="onRetry">Told before each wait.</param>
    public RetryState(Func<long>? position = null, Action<ModelStoreException>? onRetry = null)
    {
        _position = position;
        _onRetry = onRetry;
        _lastPosition = position?.Invoke() ?? 0;
    }

    /// <summary>Failures in a row since progress was last made.</summary>
    public int FailuresWithoutProgress { get; private set; }

    /// <summary>The first attempt and all that came after it.</summary>
    public int Attempts { get; private set; } = 1;

    public int CountFailure()
    {
        var position = _position?.Invoke() ?? 0;
        if (position - _lastPosition >= ProgressBytes)
        {
            FailuresWithoutProgress = 0;
            _lastPosition = position;
        }

        return ++FailuresWithoutProgress;
    }

    public void OnRetry(ModelStoreException error)
    {
        Attempts++;
        _onRetry?.Invoke(error);
    }
}
