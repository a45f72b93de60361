namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>Waits and measured times pass faster by a factor. What time it is, is true: signatures depend on it.</summary>
internal sealed class FastClock(int factor) : TimeProvider
{
    public override long TimestampFrequency => base.TimestampFrequency / factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => base.CreateTimer(callback, state, Shortened(dueTime), Shortened(period));

    // Zero and "never" stay what they are.
    private TimeSpan Shortened(TimeSpan time) => time > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, time.Ticks / factor)) : time;
}
