using System.Runtime.ExceptionServices;
using Polly;
using Polly.Retry;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// What is tried again, when and how often. Attempts that made progress do not count: a file may survive any number of broken
/// connections as long as bytes keep coming. Delays are exponential with jitter, on the injected clock.
/// </summary>
internal sealed class RetryPolicy
{
    // An endpoint that never answered as a store is more likely mistyped than down: a person at the prompt is waiting.
    private const int RetriesBeforeFirstContact = 2;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(2);
    private static readonly ResiliencePropertyKey<RetryState> StateKey = new("S3ModelStore.RetryState");

    private readonly S3ModelStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly Func<double> _random;
    private readonly Lazy<ResiliencePipeline> _pipeline;
    private volatile bool _contact;

    /// <param name="options">Retries and backoff.</param>
    /// <param name="clock">Waits on it.</param>
    /// <param name="random">Uniform in [0, 1).</param>
    public RetryPolicy(S3ModelStoreOptions options, TimeProvider clock, Func<double> random)
    {
        _options = options;
        _clock = clock;
        _random = random;
        _pipeline = new Lazy<ResiliencePipeline>(CreatePipeline);
    }

    /// <summary>What the operations of one job share; <see langword="null"/> for operations that stand alone.</summary>
    public StoreCircuit? Circuit { get; private init; }

    /// <summary>The same for all operations of one job: they back off together when the store is down.</summary>
    public RetryPolicy ForJob() => new(_options, _clock, _random)
    {
        Circuit = new StoreCircuit(_options.MaxRetries, _options.OutagePatience, DelayAfter, _clock),
        _contact = _contact,
    };

    /// <summary>Runs <paramref name="attempt"/>, on the calling thread, until it succeeds, fails for good, or fails too often without progress.</summary>
    public T Run<T>(Func<CancellationToken, T> attempt, RetryState state, CancellationToken cancellation)
    {
        ModelStoreException first;
        try
        {
            // Nearly always that is all, and then nothing else has to be paid for.
            var result = Attempt(attempt, cancellation);
            _contact = true;
            return result;
        }
        catch (ModelStoreException e)
        {
            first = e;
        }

        return Retry(attempt, first, state, cancellation);
    }

    /// <summary>Whether trying again can help.</summary>
    public static bool IsTransient(ModelStoreException error) => error.Code switch
    {
        ModelStoreErrorCode.Throttled or ModelStoreErrorCode.ServerError or ModelStoreErrorCode.Timeout
            or ModelStoreErrorCode.ConnectionLost or ModelStoreErrorCode.EndpointUnreachable => true,
        // What makes no sense as HTTP, or as a success: some proxies do that once.
        ModelStoreErrorCode.ProtocolError => error.StatusCode is 0 or 200 or 206,
        _ => false,
    };

    private T Retry<T>(Func<CancellationToken, T> attempt, ModelStoreException first, RetryState state, CancellationToken cancellation)
    {
        var failure = ExceptionDispatchInfo.Capture(first);
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(StateKey, state);
        try
        {
            var result = _pipeline.Value.Execute(
                context =>
                {
                    // To the pipeline, the attempt that was made before it is its first.
                    Interlocked.Exchange(ref failure, null)?.Throw();
                    return Attempt(attempt, context.CancellationToken);
                },
                context);
            _contact = true;
            return result;
        }
        catch (ModelStoreException e)
        {
            e.Attempts = state.Attempts;
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline CreatePipeline()
        => new ResiliencePipelineBuilder { TimeProvider = _clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => ValueTask.FromResult(ShouldRetry(args.Context, args.Outcome.Exception)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(DelayAfter(StateOf(args.Context).FailuresWithoutProgress, args.Outcome.Exception)),
                OnRetry = args =>
                {
                    StateOf(args.Context).OnRetry((ModelStoreException)args.Outcome.Exception!);
                    return default;
                },
            })
            .Build();

    private T Attempt<T>(Func<CancellationToken, T> attempt, CancellationToken cancellation)
    {
        if (Circuit is null)
            return attempt(cancellation);
        var isProbe = Circuit.Enter(cancellation);
        try
        {
            var result = attempt(cancellation);
            Circuit.Answered();
            return result;
        }
        catch (ModelStoreException e)
        {
            if (IsTransient(e))
                Circuit.Failed(isProbe, e);
            else
                Circuit.Answered();
            throw;
        }
        finally
        {
            Circuit.Left(isProbe);
        }
    }

    private static RetryState StateOf(ResilienceContext context) => context.Properties.GetValue(StateKey, null!);

    private bool ShouldRetry(ResilienceContext context, Exception? exception)
    {
        if (exception is not ModelStoreException error || !IsTransient(error) || context.CancellationToken.IsCancellationRequested)
            return false;
        // Neither silence nor an answer that makes no sense is contact with a store.
        var isStranger = error.Code is ModelStoreErrorCode.EndpointUnreachable or ModelStoreErrorCode.ProtocolError;
        _contact |= !isStranger && (error.StatusCode != 0 || error.Code == ModelStoreErrorCode.ConnectionLost);
        var limit = isStranger && !_contact
            ? Math.Min(RetriesBeforeFirstContact, _options.MaxRetries)
            : _options.MaxRetries;
        var mayRetry = StateOf(context).CountFailure() <= limit || (_contact && Circuit?.SitsOut(error) == true);
        return mayRetry && Circuit?.GivenUp is null;
    }

    private TimeSpan DelayAfter(int failures, Exception? exception)
    {
        var doublings = Math.Clamp(failures - 1, 0, 30);
        var bound = Math.Min(_options.BackoffBase.TotalMilliseconds * Math.Pow(2, doublings), _options.BackoffCap.TotalMilliseconds);
        var delay = TimeSpan.FromMilliseconds(bound * (0.5 + (_random() / 2)));
        if ((exception as ModelStoreException)?.RetryAfter is not { } asked)
            return delay;
        return TimeSpan.FromTicks(Math.Max(delay.Ticks, Math.Min(asked.Ticks, LongestRetryAfter.Ticks)));
    }
}
