using System.IO.Enumeration;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Faults;

/// <summary>
/// To which requests something happens, how often, and what. A rule applies once unless told otherwise, and not before it has an action,
/// so say how often first: <c>OnGet("a").Times(2).ResetMidBody(1000)</c>. Several actions of one rule happen to the same request.
/// </summary>
public sealed partial class FaultRule
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _applied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Func<S3Request, bool>> _conditions = [];
    private FaultPlan _plan = FaultPlan.None;
    private long _limit = 1;
    private long _skip;
    private long _timesApplied;
    private double _probability = 1;
    private Random? _random;

    internal FaultRule(S3Operation? operation, string? keyPattern)
    {
        if (operation is not null)
            _conditions.Add(request => request.Operation == operation);

        if (keyPattern?.Contains('*', StringComparison.Ordinal) == true)
            _conditions.Add(request => Matches(keyPattern, request.Key));
        else if (keyPattern is not null)
            _conditions.Add(request => string.Equals(keyPattern, request.Key, StringComparison.Ordinal));
    }

    /// <summary>How often the rule has applied.</summary>
    public long TimesApplied => Interlocked.Read(ref _timesApplied);

    /// <summary>Completes when the rule applies for the first time.</summary>
    public Task Applied => _applied.Task;

    internal bool IsAlongside { get; private set; }

    public FaultRule When(Func<S3Request, bool> condition) => Change(() => _conditions.Add(condition));

    public FaultRule InBucket(string bucket) => When(request => string.Equals(request.Bucket, bucket, StringComparison.Ordinal));

    /// <summary>Only requests whose range begins at this offset of the object or later; no range begins at 0.</summary>
    public FaultRule FromOffset(long offset) => When(request => (request.Range?.First ?? 0) >= offset);

    /// <summary>Only requests that ask for the byte at this offset of the object (ranges that count from the end never match).</summary>
    public FaultRule Covering(long offset) => When(request => request.Range switch
    {
        null => true,
        { First: { } first } range => first <= offset && offset <= (range.Last ?? long.MaxValue),
        _ => false,
    });

    /// <summary>Leaves the first matching requests alone.</summary>
    public FaultRule Skip(long count) => Change(() => _skip = count);

    /// <summary>Only the n-th matching request, counted from 1.</summary>
    public FaultRule Nth(long number) => Skip(number - 1).Times(1);

    public FaultRule Times(long count) => Change(() => _limit = count);

    public FaultRule Always() => Times(long.MaxValue);

    /// <summary>Every matching request with this probability, the same ones for the same seed and order of requests.</summary>
    public FaultRule WithProbability(double probability, int seed) => Always().Change(() =>
    {
        _probability = probability;
        _random = new Random(seed);
    });

    /// <summary>Applies in addition to other rules instead of standing in their way.</summary>
    public FaultRule Alongside() => Change(() => IsAlongside = true);

    /// <summary>Counts this request if it matches; null when nothing is to happen to it.</summary>
    internal FaultPlan? Take(S3Request request)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_plan, FaultPlan.None) || _timesApplied >= _limit || !_conditions.TrueForAll(condition => condition(request)))
                return null;

            if (_skip > 0)
            {
                _skip--;
                return null;
            }

            if (_random is not null && _random.NextDouble() >= _probability)
                return null;

            Interlocked.Increment(ref _timesApplied);
            _applied.TrySetResult();
            return _plan;
        }
    }

    private static bool Matches(string pattern, string key) =>
        // '*' is the only wildcard: keys may hold '?' and the escape character of simple expressions.
        FileSystemName.MatchesSimpleExpression(
            pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal), key, ignoreCase: false);

    private FaultRule Change(Action change)
    {
        lock (_lock)
            change();

        return this;
    }
}
