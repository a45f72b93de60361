using System.Collections.Concurrent;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// Cuts attempts that have not delivered anything for the idle timeout, and bodies that trickle. One timer for the whole job:
/// <see cref="HttpClient.Timeout"/> ends at the headers, and a timer per read costs more than the read.
/// </summary>
internal sealed class StallWatchdog : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly S3ModelStoreOptions _options;
    private readonly ConcurrentDictionary<Attempt, Attempt> _attempts = new();
    private readonly ITimer _timer;

    /// <param name="options">What is too long and too slow.</param>
    /// <param name="clock">Measures it.</param>
    public StallWatchdog(S3ModelStoreOptions options, TimeProvider clock)
    {
        _clock = clock;
        _options = options;
        var shortest = Math.Min(options.IdleTimeout.Ticks, options.SlowTimeout.Ticks);
        var period = TimeSpan.FromTicks(Math.Clamp(shortest / 4, TimeSpan.TicksPerMillisecond * 20, TimeSpan.TicksPerSecond));
        _timer = clock.CreateTimer(_ => CutStalled(), state: null, period, period);
    }

    /// <summary>Watches one request from its first byte sent to its last byte received. Dispose it when done.</summary>
    public Attempt Begin(CancellationToken cancellation)
    {
        var attempt = new Attempt(this, cancellation);
        _attempts.TryAdd(attempt, attempt);
        return attempt;
    }

    public void Dispose() => _timer.Dispose();

    private void CutStalled()
    {
        var now = _clock.GetTimestamp();
        foreach (var attempt in _attempts.Keys)
            attempt.CutIfStalled(now);
    }

    /// <summary>One watched request.</summary>
    internal sealed class Attempt : IDisposable
    {
        private readonly StallWatchdog _watchdog;
        private readonly CancellationTokenSource _cut;
        private long _lastProgress;
        private long _received;
        private long _windowBegan;
        private long _windowBytes;

        public Attempt(StallWatchdog watchdog, CancellationToken cancellation)
        {
            _watchdog = watchdog;
            _cut = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Began = watchdog._clock.GetTimestamp();
            _lastProgress = Began;
        }

        public CancellationToken Token => _cut.Token;

        /// <summary>When the request was sent.</summary>
        public long Began { get; }

        /// <summary>Body bytes of this request so far.</summary>
        public long Received => Interlocked.Read(ref _received);

        /// <summary>When it last delivered something.</summary>
        public long LastProgress => Volatile.Read(ref _lastProgress);

        /// <summary>Why it was cut, if it was because nothing or too little came.</summary>
        public TimeoutException? Stall { get; private set; }

        /// <summary>It was cut to be continued on another connection, which is no failure.</summary>
        public bool IsRelieved { get; private set; }

        /// <summary>Body bytes came.</summary>
        public void Progress(int bytes)
        {
            if (Interlocked.Add(ref _received, bytes) == bytes)
                OpenWindow(_watchdog._clock.GetTimestamp());
            Volatile.Write(ref _lastProgress, _watchdog._clock.GetTimestamp());
        }

        /// <summary>The disk had its turn: a slow disk is not a silent network.</summary>
        public void Stored()
        {
            var now = _watchdog._clock.GetTimestamp();
            Volatile.Write(ref _lastProgress, now);
            OpenWindow(now);
        }

        /// <summary>Ends this request, so that the part goes on with another one.</summary>
        public void Relieve()
        {
            IsRelieved = true;
            Cut();
        }

        public void CutIfStalled(long now)
        {
            if (Stall is not null || IsRelieved)
                return;
            var clock = _watchdog._clock;
            var options = _watchdog._options;
            if (clock.GetElapsedTime(LastProgress, now) >= options.IdleTimeout)
                Stall = new TimeoutException("Nothing came for too long.");
            else if (IsTrickle(now))
                Stall = new TimeoutException($"Less than {options.SlowestRate} bytes a second came.");
            if (Stall is not null)
                Cut();
        }

        public void Dispose()
        {
            _watchdog._attempts.TryRemove(this, out _);
            _cut.Dispose();
        }

        private bool IsTrickle(long now)
        {
            var time = _watchdog._options.SlowTimeout;
            // Before the first byte there is no rate: the answer may take its time.
            if (Received == 0 || _watchdog._clock.GetElapsedTime(Volatile.Read(ref _windowBegan), now) < time)
                return false;
            if (Received - Volatile.Read(ref _windowBytes) < _watchdog._options.SlowestRate * time.TotalSeconds)
                return true;
            OpenWindow(now);
            return false;
        }

        private void OpenWindow(long now)
        {
            Volatile.Write(ref _windowBytes, Received);
            Volatile.Write(ref _windowBegan, now);
        }

        private void Cut()
        {
            try
            {
                _cut.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended in this very moment.
            }
        }
    }
}
