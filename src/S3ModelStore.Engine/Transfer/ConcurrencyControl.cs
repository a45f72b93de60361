namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// How many requests may run at once. A climb: double while that brings clearly more throughput, step back when it does not, look again
/// now and then; halve when the store asks to slow down. A fixed number begins at its ceiling and only ever comes back to it.
/// </summary>
internal sealed class ConcurrencyControl
{
    /// <summary>Where the climb begins: enough for a local store, polite to a small one.</summary>
    public const int Start = 8;

    /// <summary>Where it ends. Links that cap each connection gain little beyond it.</summary>
    public const int Ceiling = 128;

    /// <summary>How long the throughput is measured before a step.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private const double WorthIt = 1.15;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock;
    private readonly int _ceiling;
    private readonly object _gate = new();
    private int _limit;
    private long _periodStart;
    private long _periodBytes;
    private double _rateBeforeStep;
    private int _limitBeforeStep;
    private long _pauseUntil;

    /// <param name="fixedLimit">Requests at once; <see langword="null"/> to adapt.</param>
    /// <param name="clock">Measures the throughput.</param>
    public ConcurrencyControl(int? fixedLimit, TimeProvider clock)
    {
        _clock = clock;
        _ceiling = fixedLimit ?? Ceiling;
        _limit = fixedLimit ?? Start;
        _periodStart = clock.GetTimestamp();
    }

    public int Limit => Volatile.Read(ref _limit);

    /// <summary>The store said 503 or 429.</summary>
    public void SlowDown()
    {
        lock (_gate)
        {
            // Requests that were under way together complain together: one period, one cut.
            if (_pauseUntil > _clock.GetTimestamp() && _limitBeforeStep == 0)
                return;
            Volatile.Write(ref _limit, Math.Max(1, _limit / 2));
            Rest(TimeSpan.FromSeconds(2));
            _limitBeforeStep = 0;
        }
    }

    /// <summary>Looks at the throughput of the period that is over.</summary>
    /// <param name="received">Bytes received by the job so far.</param>
    /// <param name="saturated">Whether every permitted request is running and more work waits.</param>
    /// <returns>Whether the limit was raised.</returns>
    public bool Observe(long received, bool saturated)
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            var elapsed = _clock.GetElapsedTime(_periodStart, now);
            if (elapsed <= TimeSpan.Zero)
                return false;
            var rate = (received - _periodBytes) / elapsed.TotalSeconds;
            _periodStart = now;
            _periodBytes = received;
            return saturated && now >= _pauseUntil && Step(rate);
        }
    }

    private bool Step(double rate)
    {
        if (_limitBeforeStep > 0 && rate < _rateBeforeStep * WorthIt)
        {
            Volatile.Write(ref _limit, _limitBeforeStep);
            _limitBeforeStep = 0;
            Rest(Pause);
            return false;
        }

        _limitBeforeStep = 0;
        if (_limit >= _ceiling)
            return false;
        _limitBeforeStep = _limit;
        _rateBeforeStep = rate;
        Volatile.Write(ref _limit, Math.Min(_ceiling, _limit * 2));
        return true;
    }

    private void Rest(TimeSpan time)
        => _pauseUntil = _clock.GetTimestamp() + (long)(time.TotalSeconds * _clock.TimestampFrequency);
}
