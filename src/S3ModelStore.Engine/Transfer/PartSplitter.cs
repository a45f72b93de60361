using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// Keeps a job from waiting for its slowest connections: when nothing is queued and more requests are permitted than run, the parts that
/// would take longest are split, and what hangs is asked for again on a new connection. Splitting rather than asking twice: no byte is
/// received twice, nothing has to be decided between two answers, and it also helps where a file simply has few parts. Thread-safe.
/// </summary>
internal sealed class PartSplitter
{
    /// <summary>A part is split when it would take longer than this, or than a few answers of the store.</summary>
    public static readonly TimeSpan WorthSplitting = TimeSpan.FromSeconds(2);

    /// <summary>The same for a part whose connection is far slower than the others, or silent for as long.</summary>
    public static readonly TimeSpan WorthSplittingSlow = TimeSpan.FromSeconds(1);

    /// <summary>A request is given up for another one when it has been silent, or hopelessly behind, for this long.</summary>
    public static readonly TimeSpan WorthRelieving = TimeSpan.FromSeconds(5);

    /// <summary>Smallest piece, bytes.</summary>
    public const long SmallestPiece = 1024 * 1024;

    private const int Latencies = 4;

    // Below a quarter of the others' rate a connection keeps as little as possible, below a tenth it is given up.
    private const double Slow = 0.25;
    private const double Hopeless = 0.1;

    private readonly WorkQueue _queue;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<RunningPart, bool> _running = new();
    private long _reassigned;

    public PartSplitter(WorkQueue queue, TimeProvider clock)
    {
        _queue = queue;
        _clock = clock;
    }

    /// <summary>Bytes that were asked for again.</summary>
    public long BytesReassigned => Interlocked.Read(ref _reassigned);

    public void Enter(RunningPart part) => _running.TryAdd(part, value: true);

    public void Leave(RunningPart part) => _running.TryRemove(part, out _);

    /// <summary>Whether a further worker would find something to do.</summary>
    public bool CanSplit(double usualRate, TimeSpan latency) => Candidates(usualRate, latency).Any();

    /// <summary>Queues work for so many workers, from the parts that would take longest.</summary>
    /// <param name="workers">How many have nothing to do.</param>
    /// <param name="usualRate">Bytes per second of a connection as long as there was work for all; zero when there never was.</param>
    /// <param name="latency">What the store takes to answer.</param>
    public void Split(int workers, double usualRate, TimeSpan latency)
    {
        foreach (var (part, outlook) in Candidates(usualRate, latency).OrderByDescending(each => each.Outlook.Time).Take(workers))
            Interlocked.Add(ref _reassigned, part.Split(IsSlow(outlook, usualRate), SmallestPiece, _queue));
    }

    /// <summary>Gives up requests that hang.</summary>
    public void Relieve(double usualRate, TimeSpan latency)
    {
        var patience = Longer(WorthRelieving, latency);
        foreach (var part in _running.Keys)
        {
            if (part.Look() is { } progress && IsHopeless(progress, usualRate, patience))
                Interlocked.Add(ref _reassigned, part.TryRelieve());
        }
    }

    private static bool IsSlow(Outlook outlook, double usualRate) => outlook.IsSilent || outlook.Rate < usualRate * Slow;

    private static TimeSpan Longer(TimeSpan time, TimeSpan latency) => TimeSpan.FromTicks(Math.Max(time.Ticks, latency.Ticks * Latencies));

    private IEnumerable<(RunningPart Part, Outlook Outlook)> Candidates(double usualRate, TimeSpan latency)
    {
        var (longest, longestSlow) = (Longer(WorthSplitting, latency), Longer(WorthSplittingSlow, latency));
        foreach (var part in _running.Keys)
        {
            if (part.Look() is not { Free: >= 2 * SmallestPiece } progress)
                continue;
            var outlook = OutlookOf(progress, usualRate);
            if (outlook.Age >= longestSlow && outlook.Time >= (IsSlow(outlook, usualRate) ? longestSlow : longest))
                yield return (part, outlook);
        }
    }

    private bool IsHopeless(PartProgress progress, double usualRate, TimeSpan patience)
    {
        if (_clock.GetElapsedTime(progress.LastProgress) >= patience)
            return true;
        var outlook = OutlookOf(progress, usualRate);
        return outlook.Age >= patience && outlook.Rate < usualRate * Hopeless && outlook.Time >= patience;
    }

    private Outlook OutlookOf(PartProgress progress, double usualRate)
    {
        var now = _clock.GetTimestamp();
        var silence = _clock.GetElapsedTime(progress.LastProgress, now);
        var age = _clock.GetElapsedTime(progress.Began, now);
        var rate = age > TimeSpan.Zero ? progress.Received / age.TotalSeconds : 0;
        // Nothing yet says nothing yet: until it does, a part is as good as any other.
        var expected = progress.Received > 0 ? rate : usualRate;
        var time = silence + (expected > 0 ? TimeSpan.FromSeconds(Math.Min(progress.Remaining / expected, TimeSpan.MaxValue.TotalSeconds / 4)) : TimeSpan.Zero);
        return new Outlook(age, rate, time, silence >= WorthSplittingSlow);
    }

    /// <param name="Age">How long its request has been under way.</param>
    /// <param name="Rate">Bytes per second.</param>
    /// <param name="Time">Until it is done, as far as one can tell.</param>
    /// <param name="IsSilent">Nothing has come for a while.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Outlook(TimeSpan Age, double Rate, TimeSpan Time, bool IsSilent);
}
