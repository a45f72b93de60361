using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// How many requests may run at once. Doubles while that brings clearly more, faster while every connection brings its share, takes a step
/// back that brought nothing, and from then on tries more and fewer in turn, ever less often: the fewest connections that bring the most
/// are the aim. Halves when the store asks to slow down, and finds its way back from there. Thread-safe.
/// </summary>
internal sealed class ConcurrencyControl
{
    /// <summary>Where the climb begins: what a near store can fill two processors with, and polite to a small one.</summary>
    public const int Start = 4;

    /// <summary>The same when even the quickest answer takes long: a connection that waits costs nobody much, and small files do nothing else.</summary>
    public const int StartWhenFar = 32;

    /// <summary>Where it ends unless told otherwise. Links that cap each connection gain little beyond it.</summary>
    public const int DefaultCeiling = 128;

    /// <summary>How often the throughput is looked at.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Far = TimeSpan.FromMilliseconds(15);

    // A step is worth its connections from here on, and beyond doubt from there on.
    private const double Worthwhile = 1.15;
    private const double Clear = 1.5;

    // A step after which every connection brings this much of what it brought before: the next one may be longer.
    private const double Proportional = 0.8;
    private const int Step = 2;
    private const int LongStep = 4;

    // A step that brings this little does harm.
    private const double Worse = 0.8;

    // Fewer connections are enough when they bring this much.
    private const double AsGood = 0.95;

    // When so little of it is left, the work or the network is another one, and what was found out no longer holds.
    private const double Another = 0.5;

    // New connections need a few answers' time to show what they bring, and no step is judged on less than this.
    private const int LatenciesToJudge = 3;
    private static readonly TimeSpan ShortestTrial = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RestAfterComplaint = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RecoveryStep = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly int _ceiling;
    private readonly ConcurrencyNotes _notes;
    private readonly Throughput _throughput;
    private readonly object _gate = new();
    private State _state = State.Arriving;
    private int _limit;
    private int _limitBefore;
    private double _rateBefore;
    private double _rateAtRest;
    private double _rateTried;
    private double _best;
    private long _since;
    private long _complained = long.MinValue;
    private TimeSpan _rest = FirstRest;
    private bool _triesFewer = true;
    private bool _isFar;

    /// <param name="ceiling">Most requests at once; <see langword="null"/> for <see cref="DefaultCeiling"/>.</param>
    /// <param name="clock">Measures the throughput.</param>
    public ConcurrencyControl(int? ceiling, TimeProvider clock)
    {
        _clock = clock;
        _ceiling = ceiling ?? DefaultCeiling;
        _limit = Math.Min(Start, _ceiling);
        _notes = new ConcurrencyNotes(clock);
        _throughput = new Throughput(clock);
        _since = clock.GetTimestamp();
    }

    private enum State
    {
        /// <summary>The first bytes are on their way.</summary>
        Arriving,

        /// <summary>The throughput of this many is taken before a step.</summary>
        Measuring,

        /// <summary>More are being tried.</summary>
        Raised,

        /// <summary>Fewer are being tried.</summary>
        Lowered,

        /// <summary>This many it is, for a while.</summary>
        Resting,

        /// <summary>After a complaint, on the way back to where it came.</summary>
        Recovering,
    }

    public int Limit => Volatile.Read(ref _limit);

    /// <summary>What was decided and why, oldest first, as sentences.</summary>
    public IReadOnlyList<string> Notes => _notes.Lines;

    /// <summary>The store said 503 or 429.</summary>
    public void SlowDown()
    {
        lock (_gate)
        {
            // Requests that were under way together complain together: one moment, one cut.
            if (_complained != long.MinValue && _clock.GetElapsedTime(_complained) < RestAfterComplaint)
                return;
            _complained = _clock.GetTimestamp();
            _limitBefore = _limit;
            Enter(State.Recovering, Math.Max(1, _limit / 2));
            _notes.Add(Messages.ConnectionsSlowedDown(_limitBefore, _limit));
        }
    }

    /// <summary>Looks at the throughput since the last look, every <see cref="Period"/>.</summary>
    public void Observe(TransferSample sample)
    {
        lock (_gate)
        {
            if (!_throughput.Take(sample))
                return;
            if (_state == State.Recovering)
                Recover();
            else if (sample.IsSaturated && _throughput.Now > 0)
                Judge(sample);
        }
    }

    private void Judge(TransferSample sample)
    {
        var elapsed = _clock.GetElapsedTime(_since);
        switch (_state)
        {
            case State.Arriving or State.Measuring or State.Raised when !_isFar && sample.Distance >= Far && _limit < StartWhenFar && _limit < _ceiling:
                _isFar = true;
                _limitBefore = _limit;
                Enter(State.Measuring, Math.Min(_ceiling, StartWhenFar));
                _notes.Add(Messages.ConnectionsFar(_limitBefore, _limit, sample.Distance.TotalMilliseconds));
                break;
            case State.Arriving:
                // The rest of this period's time went into connecting.
                Enter(State.Measuring, _limit);
                break;
            case State.Measuring:
                Raise(_throughput.Now, Step);
                break;
            case State.Raised:
                JudgeMore(elapsed, sample.Latency);
                break;
            case State.Lowered when sample.Running > _limit:
                // Workers leave after the part they have in hand.
                _since = _clock.GetTimestamp();
                _throughput.Forget();
                break;
            case State.Lowered:
                JudgeFewer(elapsed, sample.Latency);
                break;
            case State.Resting when _throughput.Recent > 0 && IsOtherwise():
                _rest = FirstRest;
                _best = 0;
                Raise(Math.Min(_throughput.Now, _throughput.Recent), Step);
                break;
            case State.Resting when elapsed >= _rest:
                TrySomethingElse();
                break;
        }
    }

    private void JudgeMore(TimeSpan elapsed, TimeSpan latency)
    {
        var asked = (double)_limit / _limitBefore;
        var brought = _throughput.Now >= _rateBefore * Clear ? _throughput.Now : _throughput.Recent;
        var isProportional = brought >= _rateBefore * asked * Proportional;
        var isOver = elapsed >= TrialTime(latency);
        if (isProportional || (brought >= _rateBefore * Worthwhile && (asked <= Step || isOver)))
        {
            _notes.Add(Messages.ConnectionsChanged(_limitBefore, _limit, Throughput.Text(brought), Throughput.Text(_rateBefore)));
            _rest = FirstRest;
            _triesFewer = false;
            _best = 0;
            // Somewhere in a long step that did not bring all it could lies the place where connections stop to help.
            if (isProportional || asked <= Step)
                Raise(brought, isProportional ? LongStep : Step);
            else
                Lower(brought);
        }
        else if (isOver || IsWorse(elapsed, latency))
        {
            _notes.Add(Messages.ConnectionsStay(_limitBefore, _limit, Throughput.Text(_throughput.Recent), Throughput.Text(_rateBefore)));
            var tried = _throughput.Recent;
            Rest(_limitBefore, _rateBefore);
            _rateTried = tried;
            _triesFewer = true;
        }
    }

    private void JudgeFewer(TimeSpan elapsed, TimeSpan latency)
    {
        if (elapsed < TrialTime(latency))
            return;
        if (_throughput.Recent >= _rateBefore * AsGood)
        {
            _notes.Add(Messages.ConnectionsFewerDo(_limitBefore, _limit, Throughput.Text(_throughput.Recent)));
            Rest(_limit, _throughput.Recent);
            _rest = FirstRest;
            return;
        }

        Rest(_limitBefore, _rateBefore);
        _triesFewer = false;
    }

    private void Raise(double rate, int step)
    {
        if (_limit >= _ceiling)
        {
            Rest(_limit, rate);
            return;
        }

        _limitBefore = _limit;
        _rateBefore = rate;
        Enter(State.Raised, Math.Min(_ceiling, _limit * step));
    }

    private void TrySomethingElse()
    {
        if (_triesFewer && _limit > 1)
            Lower(_throughput.Recent);
        else
            Raise(_throughput.Recent, Step);
        _triesFewer = true;
    }

    private void Lower(double rate)
    {
        _limitBefore = _limit;
        // Held against the best there was, not the last, or many small losses would add up.
        _best = _rateBefore = Math.Max(_best, rate);
        Enter(State.Lowered, _limit / 2);
    }

    // What was before a step may have been a burst: what is now, after it was taken back, tells.
    private bool IsOtherwise()
    {
        var tried = _rateTried;
        _rateTried = 0;
        return _throughput.Recent < _rateAtRest * Another || _throughput.Recent * Worthwhile <= tried;
    }

    private void Recover()
    {
        if (_clock.GetElapsedTime(_complained) < RestAfterComplaint || _clock.GetElapsedTime(_since) < RecoveryStep)
            return;
        if (_limit < _limitBefore)
        {
            Enter(State.Recovering, Math.Min(_limitBefore, _limit + Math.Max(1, _limitBefore / 8)));
            return;
        }

        _notes.Add(Messages.ConnectionsBack(_limit));
        _triesFewer = false;
        _best = 0;
        Rest(_limit, _throughput.Recent);
    }

    // Each trial that brought nothing is followed by a longer rest.
    private void Rest(int limit, double rate)
    {
        Enter(State.Resting, limit);
        _rateAtRest = rate;
        _rateTried = 0;
        _rest = _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
    }

    private void Enter(State state, int limit)
    {
        _state = state;
        _since = _clock.GetTimestamp();
        if (limit != _limit)
            _throughput.Forget();
        Volatile.Write(ref _limit, limit);
    }

    // Where the machine itself is busy, more connections do harm: then the trial is cut short.
    private bool IsWorse(TimeSpan elapsed, TimeSpan latency)
        => _throughput.Recent > 0 && _throughput.Recent < _rateBefore * Worse && elapsed >= TrialTime(latency) / 2;

    private static TimeSpan TrialTime(TimeSpan latency)
        => TimeSpan.FromTicks(Math.Clamp(latency.Ticks * LatenciesToJudge, ShortestTrial.Ticks, LongestTrial.Ticks));
}
