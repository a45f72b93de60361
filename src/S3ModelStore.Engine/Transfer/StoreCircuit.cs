using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// Keeps a whole job from hammering a store that is down. When attempts keep failing and none is answered in between, everybody waits,
/// one attempt at a time feels whether the store is back, and after as many of those as there are retries it is given up; one that is
/// silent, not before the job's patience is over. Any answer ends that at once. Thread-safe.
/// </summary>
internal sealed class StoreCircuit
{
    // A few failures in a row are the daily life of a large store.
    private const int Tolerance = 4;

    private readonly int _maxProbes;
    private readonly TimeSpan _patience;
    private readonly Func<int, ModelStoreException, TimeSpan> _delay;
    private readonly TimeProvider _clock;
    private readonly object _gate = new();
    private int _failures;
    private int _failedProbes;
    private long _since;
    private bool _isProbing;
    private Task _pause = Task.CompletedTask;
    private TaskCompletionSource _changed = NewSignal();
    private ModelStoreException? _givenUp;

    /// <param name="maxRetries">Probes in a row that fail before the store is given up; at least one.</param>
    /// <param name="patience">With a store that does not answer, from its first failure on.</param>
    /// <param name="delay">How long to wait after the n-th failure.</param>
    /// <param name="clock">Waits on it.</param>
    public StoreCircuit(int maxRetries, TimeSpan patience, Func<int, ModelStoreException, TimeSpan> delay, TimeProvider clock)
    {
        _maxProbes = Math.Max(1, maxRetries);
        _patience = patience;
        _delay = delay;
        _clock = clock;
    }

    /// <summary>Why the store was given up, for good.</summary>
    public ModelStoreException? GivenUp
    {
        get
        {
            lock (_gate)
                return _givenUp;
        }
    }

    /// <summary>Whether everybody waits for the store.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_gate)
                return IsOpen && _givenUp is null;
        }
    }

    private bool IsOpen => _failures >= Tolerance;

    /// <summary>Whether a failure is the store's silence, which the job sits out: the operation that felt for it is not to blame.</summary>
    public bool SitsOut(ModelStoreException error)
    {
        lock (_gate)
            return IsOpen && IsPatientWith(error);
    }

    /// <summary>Waits until an attempt may be made.</summary>
    /// <returns>Whether it is a probe; hand it back with the outcome, whatever it is.</returns>
    /// <exception cref="ModelStoreException">The store was given up.</exception>
    public bool Enter(CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (_gate)
            {
                if (_givenUp is not null)
                    throw Again(_givenUp);
                if (!IsOpen)
                    return false;
                if (!_isProbing && _pause.IsCompleted)
                    return _isProbing = true;
                wait = _isProbing ? _changed.Task : Task.WhenAny(_changed.Task, _pause);
            }

            wait.Wait(cancellation);
        }
    }

    /// <summary>An attempt was let in and did not get to an answer or a failure.</summary>
    public void Left(bool isProbe)
    {
        if (!isProbe)
            return;
        lock (_gate)
        {
            _isProbing = false;
            Signal();
        }
    }

    /// <summary>The store answered, if only with a refusal: it is there.</summary>
    public void Answered()
    {
        if (Volatile.Read(ref _failures) == 0)
            return;
        lock (_gate)
        {
            var wasOpen = IsOpen;
            _failures = 0;
            _failedProbes = 0;
            if (wasOpen)
                Signal();
        }
    }

    /// <summary>The store did not answer, or only that it cannot.</summary>
    public void Failed(bool isProbe, ModelStoreException error)
    {
        lock (_gate)
        {
            var wasOpen = IsOpen;
            if (_failures++ == 0)
                _since = _clock.GetTimestamp();
            if (!IsOpen || (wasOpen && !isProbe))
                return;
            if (isProbe && ++_failedProbes >= _maxProbes && !IsPatientWith(error))
            {
                _givenUp ??= error;
                Signal();
                return;
            }

            _pause = Task.Delay(_delay(_failedProbes + 1, error), _clock);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ModelStoreException Again(ModelStoreException last)
        => new(last.Code, Messages.StoreGivenUp(last.Message), last.Remedy, last.Target, last)
        {
            ServerCode = last.ServerCode,
            RequestId = last.RequestId,
            StatusCode = last.StatusCode,
        };

    // No answer at all, or that of a proxy whose store is away. Whoever answers that it is broken is there.
    private bool IsPatientWith(ModelStoreException error)
        => error.StatusCode is 0 or 502 or 503 or 504 && _clock.GetElapsedTime(_since) < _patience;

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
