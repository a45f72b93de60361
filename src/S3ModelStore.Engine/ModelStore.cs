using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Transfer;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine;

/// <summary>
/// The engine's front door: lists, probes, plans and downloads models of one store. Thread-safe; the connection is made on the first request.
/// Every method throws <see cref="ModelStoreException"/>, or <see cref="OperationCanceledException"/> when cancelled.
/// </summary>
public sealed class ModelStore : IDisposable
{
    private readonly S3ModelStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly S3ObjectStore _store;
    private readonly RetryPolicy _retry;
    private readonly StoreReader _reader;
    private readonly SourceLister _lister;

    /// <param name="options">Validated here.</param>
    /// <param name="clock">Time for backoff, timeouts and signatures; the system's by default.</param>
    public ModelStore(S3ModelStoreOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validate();
        _clock = clock ?? TimeProvider.System;
        _store = new S3ObjectStore(_options, _clock);
        _retry = new RetryPolicy(_options, _clock, Random.Shared.NextDouble);
        _reader = new StoreReader(_store, _retry, _options.IdleTimeout, _clock);
        _lister = new SourceLister(_reader);
    }

    /// <summary>Streams the objects of a source as pages arrive; directory markers are left out. Nothing below the source is an empty sequence.</summary>
    public IAsyncEnumerable<S3ModelObject> ListAsync(S3ModelUri source, ModelFilter filter, CancellationToken cancellation)
        => _lister.ListAsync(source, filter, cancellation);

    /// <summary>
    /// URIs that begin as a half-written one: buckets, or one level of a bucket, with a slash at the end where more can follow. Asks once and
    /// takes the first page: an answer at a keystroke's speed, not a listing.
    /// </summary>
    public Task<IReadOnlyList<string>> SuggestAsync(string typed, CancellationToken cancellation)
        => new SourceSuggester(_store).SuggestAsync(typed, cancellation);

    /// <summary>Proves that the source can be listed and that a byte of an object of it can be read. Never throws for an unavailable source.</summary>
    public Task<S3ModelSourceStatus> ProbeAsync(S3ModelUri source, ModelFilter filter, CancellationToken cancellation)
        => new SourceProbe(_store, _reader, _lister, _clock).ProbeAsync(source, filter, cancellation);

    /// <summary>Lists, looks at the destination, and decides. Writes nothing.</summary>
    public async Task<DownloadPlan> PlanAsync(DownloadRequest request, TransferMonitor? monitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequireSense(request);
        monitor?.Enter(TransferPhase.Listing);
        var destination = request.Destination;
        // Of many files the records take as long as the listing, and one need not wait for the other.
        var reading = Task.Run(() => destination is null ? null : DestinationIndex.Load(new StateDirectory(destination)), cancellation);
        IReadOnlyList<S3ModelObject> listed;
        try
        {
            listed = request.Objects ?? await ListAllAsync(request, monitor, cancellation);
        }
        finally
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        monitor?.Enter(TransferPhase.Planning);
        // Known for sure once the store has answered: a bucket may live in another region.
        var endpoint = destination is null ? null : await EndpointAsync(request.Source, cancellation);
        return await Task.Run(
            async () =>
            {
                var names = PlatformNames.ForCurrent();
                try
                {
                    var local = await reading is { } index ? new LocalState(destination!, index, endpoint!, names) : null;
                    return new ModelPlanner(request, names).Plan(listed, local, cancellation);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw DiskErrors.From(e, destination!);
                }
            },
            cancellation);
    }

    /// <summary>
    /// Holds a destination against its own records: which files are damaged, missing or foreign. Reads every recorded file, asks no
    /// store, changes nothing.
    /// </summary>
    /// <param name="destination">Full path of the directory.</param>
    /// <param name="filter">Over the paths below it.</param>
    /// <param name="monitor">Counts what is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Task<S3ModelDownloadEstimate> InspectAsync(string destination, ModelFilter filter, TransferMonitor monitor, CancellationToken cancellation)
        => Task.Run(
            async () =>
            {
                try
                {
                    return await new DestinationAudit(destination, filter, monitor).RunAsync(cancellation);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw DiskErrors.From(e, destination);
                }
            },
            cancellation);

    /// <summary>Runs a plan. Failed files are in the outcome; only what stops the whole job is thrown.</summary>
    public async Task<DownloadOutcome> DownloadAsync(DownloadPlan plan, TransferMonitor monitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(monitor);
        if (plan.Request.Destination is null)
            throw new ModelStoreException(ModelStoreErrorCode.InvalidOption, Messages.PlanWithoutDestination, Messages.PlanWithoutDestinationRemedy, plan.Request.Source.ToString());
        RequireRoom(plan);
        var retry = _retry.ForJob();
        monitor.IsWaiting = () => retry.Circuit!.IsWaiting;
        var reader = new StoreReader(_store, retry, _options.IdleTimeout, _clock);
        var services = new TransferServices(_store, reader, await EndpointAsync(plan.Request.Source, cancellation), _options, retry, _clock);
        return await new DownloadRun(plan, services, monitor).RunAsync(cancellation);
    }

    public void Dispose() => _store.Dispose();

    private static void RequireSense(DownloadRequest request)
    {
        if (request is { Force: true, Repair: true })
            throw new ModelStoreException(ModelStoreErrorCode.InvalidOption, Messages.ForceAndRepair, Messages.ForceAndRepairRemedy, request.Source.ToString());
        if (request is { Prune: true, Objects: not null })
            throw new ModelStoreException(ModelStoreErrorCode.InvalidOption, Messages.PruneOfObjects, Messages.PruneOfObjectsRemedy, request.Source.ToString());
    }

    private static void RequireRoom(DownloadPlan plan)
    {
        if (plan.FreeBytes is not { } free || plan.BytesToDownload <= free)
            return;
        throw new ModelStoreException(
            ModelStoreErrorCode.InsufficientDiskSpace,
            Messages.InsufficientDiskSpace(plan.Request.Destination, free, plan.BytesToDownload),
            Messages.InsufficientDiskSpaceRemedy,
            plan.Request.Destination!);
    }

    private async Task<string> EndpointAsync(S3ModelUri source, CancellationToken cancellation)
        => (await _store.IdentifyAsync(source.Bucket, cancellation)).Endpoint;

    private async Task<IReadOnlyList<S3ModelObject>> ListAllAsync(DownloadRequest request, TransferMonitor? monitor, CancellationToken cancellation)
    {
        var objects = new List<S3ModelObject>();
        // What to prune is what the source does not have, wanted or not.
        await foreach (var found in _lister.ListAsync(request.Source, request.Prune ? ModelFilter.All : request.Filter, cancellation))
        {
            objects.Add(found);
            monitor?.FileListed();
        }

        return objects;
    }
}
