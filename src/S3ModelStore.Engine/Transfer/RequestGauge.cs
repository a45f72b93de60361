namespace S3ModelStore.Engine.Transfer;

/// <summary>Counts the bodies under way: how many at once, how many came to their end, and how long the store takes to answer. Thread-safe.</summary>
internal sealed class RequestGauge
{
    // A new answer's weight in the mean: the last ten or so count.
    private const double Freshness = 0.1;

    private readonly TimeProvider _clock;
    private readonly object _gate = new();
    private int _inFlight;
    private int _peak;
    private long _finished;
    private long _changed;
    private TimeSpan _busy;
    private double _area;
    private TimeSpan _latency;
    private TimeSpan _distance;

    public RequestGauge(TimeProvider clock)
    {
        _clock = clock;
        _changed = clock.GetTimestamp();
    }

    /// <summary>Requests under way.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
                return _inFlight;
        }
    }

    /// <summary>Most that were under way at once.</summary>
    public int Peak
    {
        get
        {
            lock (_gate)
                return _peak;
        }
    }

    /// <summary>How many were under way in the mean over the time in which any was.</summary>
    public double Mean
    {
        get
        {
            lock (_gate)
            {
                Pass();
                return _busy > TimeSpan.Zero ? _area / _busy.TotalSeconds : 0;
            }
        }
    }

    /// <summary>Requests that are over, well or not.</summary>
    public long Finished => Interlocked.Read(ref _finished);

    /// <summary>From the request to the headers of its answer, a new connection included; zero before the first answer.</summary>
    public TimeSpan Latency
    {
        get
        {
            lock (_gate)
                return _latency;
        }
    }

    /// <summary>The least that an answer over a warm connection took: how far the store is. Zero before the first.</summary>
    public TimeSpan Distance
    {
        get
        {
            lock (_gate)
                return _distance;
        }
    }

    public void Began()
    {
        lock (_gate)
        {
            Pass();
            _inFlight++;
            _peak = Math.Max(_peak, _inFlight);
        }
    }

    /// <param name="latency">From the request to the headers of its answer, a new connection included.</param>
    /// <param name="warmWait">The same without one, where there was none.</param>
    public void Answered(TimeSpan latency, TimeSpan? warmWait)
    {
        lock (_gate)
        {
            _latency = _latency == TimeSpan.Zero ? latency : _latency + ((latency - _latency) * Freshness);
            if (warmWait is { } distance && (_distance == TimeSpan.Zero || distance < _distance))
                _distance = distance;
        }
    }

    public void Ended()
    {
        lock (_gate)
        {
            Pass();
            _inFlight--;
        }

        Interlocked.Increment(ref _finished);
    }

    private void Pass()
    {
        var now = _clock.GetTimestamp();
        if (_inFlight > 0)
        {
            var passed = _clock.GetElapsedTime(_changed, now);
            _busy += passed;
            _area += passed.TotalSeconds * _inFlight;
        }

        _changed = now;
    }
}
