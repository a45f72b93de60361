using System.Collections.Concurrent;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// Cuts attempts that have not delivered anything for the idle timeout. One timer for the whole job:
/// <see cref="HttpClient.Timeout"/> ends at the headers, and a timer per read costs more than the read.
/// </summary>
internal sealed class StallWatchdog : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _idleTimeout;
    private readonly ConcurrentDictionary<Attempt, bool> _attempts = new();
    private readonly ITimer _timer;

    public StallWatchdog(TimeSpan idleTimeout, TimeProvider clock)
    {
        _clock = clock;
        _idleTimeout = idleTimeout;
        var period = TimeSpan.FromTicks(Math.Clamp(idleTimeout.Ticks / 4, TimeSpan.TicksPerMillisecond * 20, TimeSpan.TicksPerSecond));
        _timer = clock.CreateTimer(_ => CutStalled(), state: null, period, period);
    }

    /// <summary>Watches one request from its first byte sent to its last byte received. Dispose it when done.</summary>
    public Attempt Begin(CancellationToken cancellation)
    {
        var attempt = new Attempt(this, cancellation);
        _attempts.TryAdd(attempt, value: true);
        return attempt;
    }

    public void Dispose() => _timer.Dispose();

    private void CutStalled()
    {
        var now = _clock.GetTimestamp();
        foreach (var attempt in _attempts.Keys)
            attempt.CutIfIdle(now);
    }

    /// <summary>One watched request.</summary>
    internal sealed class Attempt : IDisposable
    {
        private readonly StallWatchdog _watchdog;
        private readonly CancellationTokenSource _cut;
        private long _lastProgress;

        public Attempt(StallWatchdog watchdog, CancellationToken cancellation)
        {
            _watchdog = watchdog;
            _cut = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            _lastProgress = watchdog._clock.GetTimestamp();
        }

        public CancellationToken Token => _cut.Token;

        /// <summary>Whether it was cut because nothing came.</summary>
        public bool IsStalled { get; private set; }

        public void Progress() => Volatile.Write(ref _lastProgress, _watchdog._clock.GetTimestamp());

        public void CutIfIdle(long now)
        {
            if (IsStalled || _watchdog._clock.GetElapsedTime(Volatile.Read(ref _lastProgress), now) < _watchdog._idleTimeout)
                return;
            IsStalled = true;
            try
            {
                _cut.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended in this very moment.
            }
        }

        public void Dispose()
        {
            _watchdog._attempts.TryRemove(this, out _);
            _cut.Dispose();
        }
    }
}
