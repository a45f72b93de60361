using System.Globalization;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// What a job gets done per second. A request counts as bytes too: of small files requests are what is got done, and a step that brings
/// twice as many of them is as good as one that brings twice the bytes. Not thread-safe.
/// </summary>
internal sealed class Throughput
{
    // What a connection could have brought in the time a request takes to be answered, roughly.
    private const long RequestWeight = 256 * 1024;
    private const int RecentCount = 3;

    private readonly TimeProvider _clock;
    private readonly Queue<Period> _recent = new(RecentCount + 1);
    private long _taken;
    private long _work;

    public Throughput(TimeProvider clock)
    {
        _clock = clock;
        _taken = clock.GetTimestamp();
    }

    /// <summary>Of the last period.</summary>
    public double Now { get; private set; }

    /// <summary>Of the last few periods, once there are as many; zero before.</summary>
    public double Recent { get; private set; }

    /// <returns>Whether any time has passed.</returns>
    public bool Take(TransferSample sample)
    {
        var now = _clock.GetTimestamp();
        var elapsed = _clock.GetElapsedTime(_taken, now);
        if (elapsed <= TimeSpan.Zero)
            return false;
        var work = sample.Bytes + (sample.Requests * RequestWeight);
        var done = (double)(work - _work);
        (_taken, _work) = (now, work);
        _recent.Enqueue(new Period(done, elapsed.TotalSeconds));
        if (_recent.Count > RecentCount)
            _recent.Dequeue();
        Now = done / elapsed.TotalSeconds;
        Recent = _recent.Count == RecentCount ? _recent.Sum(each => each.Work) / _recent.Sum(each => each.Seconds) : 0;
        return true;
    }

    /// <summary>What was is no measure of what comes.</summary>
    public void Forget()
    {
        _recent.Clear();
        Recent = 0;
    }

    public static string Text(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate / 1_000_000:0.0} MB/s");

    private sealed record Period(double Work, double Seconds);
}
