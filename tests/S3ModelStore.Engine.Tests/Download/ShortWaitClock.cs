namespace S3ModelStore.Engine.Tests.Download;

/// <summary>The system's clock, except that waits of one particular length are over at once and counted.</summary>
internal sealed class ShortWaitClock : TimeProvider
{
    private readonly TimeSpan _shortened;
    private int _count;

    public ShortWaitClock(TimeSpan shortened) => _shortened = shortened;

    public int Shortened => Volatile.Read(ref _count);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != _shortened)
            return base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _count);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
