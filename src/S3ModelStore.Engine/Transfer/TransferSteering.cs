using S3ModelStore.Engine.Progress;

namespace S3ModelStore.Engine.Transfer;

/// <summary>Looks at a running job ten times a second: tells the concurrency control, and finds work for workers that have none.</summary>
internal sealed class TransferSteering
{
    private readonly ConcurrencyControl _control;
    private readonly RequestGauge _gauge;
    private readonly PartSplitter _splitter;
    private readonly WorkQueue _queue;
    private readonly WorkerPool _pool;
    private readonly TransferMonitor _monitor;
    private readonly TimeProvider _clock;
    private readonly object _gate = new();
    private long _looked;
    private long _received;
    private double _usualRate;

    public TransferSteering(ConcurrencyControl control, RequestGauge gauge, PartSplitter splitter, WorkQueue queue, WorkerPool pool, TransferMonitor monitor, TimeProvider clock)
    {
        _control = control;
        _gauge = gauge;
        _splitter = splitter;
        _queue = queue;
        _pool = pool;
        _monitor = monitor;
        _clock = clock;
        _looked = clock.GetTimestamp();
        _received = monitor.Received;
    }

    public void Look()
    {
        lock (_gate)
        {
            var workers = _pool.Workers;
            var isWaiting = _queue.HasWaiting;
            var latency = _gauge.Latency;
            MeasureUsualRate(isWaiting);
            var isSaturated = workers >= _control.Limit && (isWaiting || _splitter.CanSplit(_usualRate, latency));
            _control.Observe(new TransferSample(_monitor.Received, _gauge.Finished, workers, isSaturated, latency, _gauge.Distance));
            var idle = _control.Limit - workers;
            if (!isWaiting && idle > 0 && workers > 0)
            {
                _splitter.Relieve(_usualRate, latency);
                _splitter.Split(idle, _usualRate, latency);
            }

            _pool.StartWorkers();
        }
    }

    // Only while there is work for all: at the end those that are left may be slow for the same reason.
    private void MeasureUsualRate(bool isWaiting)
    {
        var (now, received, connections) = (_clock.GetTimestamp(), _monitor.Received, _gauge.InFlight);
        var elapsed = _clock.GetElapsedTime(_looked, now);
        if (isWaiting && connections > 0 && elapsed > TimeSpan.Zero && received > _received)
        {
            var rate = (received - _received) / elapsed.TotalSeconds / connections;
            _usualRate = _usualRate > 0 ? (_usualRate + rate) / 2 : rate;
        }

        (_looked, _received) = (now, received);
    }
}
