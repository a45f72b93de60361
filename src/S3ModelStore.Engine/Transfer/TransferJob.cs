using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Transfer;

/// <summary>Runs the transfers of one plan: opens files, feeds their parts to the workers, has each file settled when its last part is in.</summary>
internal sealed class TransferJob : IDisposable
{
    private static readonly TimeSpan BusyDelay = TimeSpan.FromMilliseconds(100);

    private readonly DownloadPlan _plan;
    private readonly TransferMonitor _monitor;
    private readonly TimeProvider _clock;
    private readonly StoreReader _reader;
    private readonly FileOpener _opener;
    private readonly FileSettler _settler;
    private readonly PartDownloader _downloader;
    private readonly FileLocks _locks;
    private readonly StallWatchdog _watchdog;
    private readonly FileLedger _ledger;
    private readonly WorkQueue _queue;
    private readonly WorkerPool _pool;
    private readonly ConcurrencyControl _control;
    private readonly RequestGauge _gauge;
    private readonly PartSplitter _splitter;
    private readonly TransferSteering _steering;
    private readonly RetryPolicy _retry;
    private readonly HashSet<FileTransfer> _open = [];
    private readonly CancellationToken _cancellation;

    public TransferJob(DownloadPlan plan, Destination destination, TransferServices services, FileLedger ledger, TransferMonitor monitor, CancellationToken cancellation)
    {
        _plan = plan;
        _monitor = monitor;
        _clock = services.Clock;
        _reader = services.Reader;
        _ledger = ledger;
        _locks = destination.Locks;
        _cancellation = cancellation;
        _retry = services.Retry;
        _control = new ConcurrencyControl(services.Options.MaxConcurrency, services.Clock);
        _gauge = new RequestGauge(services.Clock);
        _queue = new WorkQueue(TransferOrder.Of(plan));
        _splitter = new PartSplitter(_queue, services.Clock);
        _watchdog = new StallWatchdog(services.Options, services.Clock);
        _downloader = new PartDownloader(services, _watchdog, _control, _gauge, _splitter);
        _opener = new FileOpener(plan, destination, services);
        _settler = new FileSettler(plan, destination, services, ledger);
        _pool = new WorkerPool(_queue, _control, Run, cancellation);
        _steering = new TransferSteering(_control, _gauge, _splitter, _queue, _pool, monitor, services.Clock);
    }

    /// <summary>Ends when every file is in place or has failed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; everything that was fetched is kept for the next run.</exception>
    public async Task RunAsync()
    {
        await using var looking = _clock.CreateTimer(_ => _steering.Look(), state: null, ConcurrencyControl.Period, ConcurrencyControl.Period);
        await _pool.RunAsync();
    }

    /// <summary>How it went about it so far.</summary>
    public TransferStatistics Statistics()
        => new(_gauge.Peak, (int)Math.Round(_gauge.Mean), _splitter.BytesReassigned, _control.Notes);

    public void Dispose()
    {
        _watchdog.Dispose();
        lock (_open)
        {
            foreach (var file in _open)
                file.Dispose();
            _open.Clear();
        }
    }

    private void Run(WorkItem item, Memory<byte> buffer)
    {
        switch (item)
        {
            case OpenWork open:
                Open(open, buffer);
                break;
            case CheckWork check:
                Attend(check.File, () => Check(check, buffer));
                break;
            case DescribeWork describe:
                Attend(describe.File, () => Describe(describe.File));
                break;
            case FetchWork fetch:
                Attend(fetch.File, () => _downloader.Fetch(fetch.File, fetch.Offset, fetch.Length, buffer));
                break;
            default:
                throw new InvalidOperationException($"Unknown work: {item}");
        }
    }

    private void Open(OpenWork work, Memory<byte> buffer)
    {
        var planned = _plan.Files[work.FileIndex];
        if ((_ledger.Fatal ?? _retry.Circuit?.GivenUp) is { } fatal)
        {
            _ledger.NotAttempted(work.FileIndex, fatal);
            _monitor.FileDone();
            return;
        }

        bool isMine;
        try
        {
            isMine = _locks.TryEnter(work.Id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelStoreException)
        {
            _ledger.Failed(work.FileIndex, e as ModelStoreException ?? DiskErrors.From(e, _plan.PathOf(planned)));
            _monitor.FileDone();
            return;
        }

        if (!isMine)
        {
            // Another process writes it now. Take other files first; when there are none, look again soon.
            if (!_queue.HasWaiting)
                Task.Delay(BusyDelay, _clock, _cancellation).GetAwaiter().GetResult();
            _queue.Postpone(work);
            return;
        }

        var counter = new FileCounter(_monitor, planned.Source.RelativePath, planned.Source.Size);
        var file = new FileTransfer(work.FileIndex, planned, work.Id, _plan.PathOf(planned), planned.Source, _plan.Request.Verification, counter, _cancellation);
        Enter(file);
        Attend(file, () => Begin(file, buffer));
    }

    // Every piece of work on a file goes through here: its errors become the file's, and whoever ends the last one settles it.
    private void Attend(FileTransfer file, Action work)
    {
        try
        {
            if (file.Failure is null)
                work();
        }
        catch (ModelStoreException e)
        {
            file.Fail(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Fail(DiskErrors.From(e, file.FinalPath));
        }
        catch (OperationCanceledException) when (!_cancellation.IsCancellationRequested && file.Failure is not null)
        {
            // Cut because another part of the file failed.
        }

        if (file.WorkDone() && !_cancellation.IsCancellationRequested)
            Settle(file);
    }

    private void Begin(FileTransfer file, Memory<byte> buffer)
    {
        if (_opener.FindSuspect(file) is { } suspect)
        {
            Examine(file, suspect, buffer);
            return;
        }

        // What is too weak fails before its bytes are fetched, as far as it can be known by then.
        if (file.Prover.Proof.Level < _plan.Request.MinimumVerification && file.Prover.MayImprove)
            Describe(file);
        FileSettler.RequireStrength(file, file.Prover.Proof.Level, _plan.Request.MinimumVerification);
        if (FindUnchanged(file, buffer) is { } entry)
            Unchanged(file, entry);
        else
            Start(file, _opener.Open(file), buffer);
    }

    // Of a small file there is but one thing to do, and nobody who would do it sooner.
    private void Start(FileTransfer file, IReadOnlyCollection<FileWork> work, Memory<byte> buffer)
    {
        if (work.Count == 1 && work.First() is FetchWork fetch)
            _downloader.Fetch(file, fetch.Offset, fetch.Length, buffer);
        else
            Queue(file, work);
    }

    private void Examine(FileTransfer file, Suspect suspect, Memory<byte> buffer)
    {
        if (suspect.Entry.PartsAtOffsets() is { Count: > 0 } parts)
        {
            Queue(file, FileOpener.Examine(file, suspect, parts));
            return;
        }

        var there = new FileInfo(file.FinalPath);
        if (LocalBytes.AreAsRecorded(there.FullName, suspect.Entry, buffer.Span, _cancellation))
        {
            Unchanged(file, suspect.Entry.At(there));
            return;
        }

        file.WasDamaged = true;
        Queue(file, _opener.OpenAnew(file));
    }

    private void Unchanged(FileTransfer file, ManifestEntry entry)
    {
        file.Counter.AddReused(file.Source.Size);
        _ledger.Unchanged(file, entry);
    }

    private ManifestEntry? FindUnchanged(FileTransfer file, Memory<byte> buffer)
    {
        if (_opener.FindThere(file) is not { } there)
            return null;
        if (_opener.FindRecorded(file, there) is { } recorded)
            return recorded;
        if (file.Prover.MayImprove)
            Describe(file);
        return FileOpener.FindProved(file, there, buffer.Span, _cancellation);
    }

    private void Describe(FileTransfer file)
        => file.Prover.Decide(_reader.Describe(file.RangeOf(0, file.Source.Size), file.Cancellation));

    private void Check(CheckWork work, Memory<byte> buffer)
    {
        var (file, part) = work;
        if (file.Suspect is { } suspect)
        {
            Examine(file, suspect, part, buffer);
            return;
        }

        using var digest = file.Prover.DigestOfPart(part.Offset, part.Length);
        if (LocalBytes.AreIntact(file.Data!, part, digest, buffer.Span, _cancellation))
        {
            file.Counter.AddReused(part.Length);
            file.Prover.PartThere(part, digest);
        }
        else
        {
            Queue(file, _opener.Replace(file, part));
        }
    }

    private void Examine(FileTransfer file, Suspect suspect, JournalPart part, Memory<byte> buffer)
    {
        if (LocalBytes.AreIntact(file.Data!, part, digest: null, buffer.Span, _cancellation))
        {
            file.Counter.AddReused(part.Length);
            suspect.AddSound(part);
        }
    }

    private void Queue(FileTransfer file, IReadOnlyCollection<FileWork> work)
    {
        file.Expect(work.Count);
        _queue.AddParts(file, work);
        _pool.StartWorkers();
    }

    private void Settle(FileTransfer file)
    {
        var successor = _settler.Settle(file, _cancellation);
        lock (_open)
            _open.Remove(file);
        file.Dispose();
        if (successor is null)
        {
            _locks.Leave(file.Id);
            _monitor.FileDone(file.Counter);
            return;
        }

        Enter(successor);
        Attend(successor, () => Queue(successor, _opener.OpenAgain(successor)));
    }

    private void Enter(FileTransfer file)
    {
        lock (_open)
            _open.Add(file);
        _monitor.FileOpened(file.Counter);
        file.Expect(1);
    }
}
