using System.Buffers;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// Runs queued work on as many workers as the concurrency control permits at the moment. Workers exist only while there is work: they
/// start when some is added or more are permitted, and leave when the queue is empty or fewer are.
/// </summary>
internal sealed class WorkerPool
{
    /// <summary>Bytes of a worker's buffer. Below 256 KiB the system calls begin to cost more than the copying.</summary>
    public const int BufferSize = 256 * 1024;

    private readonly WorkQueue _queue;
    private readonly ConcurrencyControl _control;
    private readonly Action<WorkItem, Memory<byte>> _run;
    private readonly CancellationToken _cancellation;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private Exception? _fault;
    private int _active;

    /// <param name="queue">What there is to do.</param>
    /// <param name="control">How much of it at once.</param>
    /// <param name="run">Does one item with a buffer of <see cref="BufferSize"/>; errors of files are its own business.</param>
    /// <param name="cancellation">Ends the job.</param>
    public WorkerPool(WorkQueue queue, ConcurrencyControl control, Action<WorkItem, Memory<byte>> run, CancellationToken cancellation)
    {
        _queue = queue;
        _control = control;
        _run = run;
        _cancellation = cancellation;
    }

    /// <summary>Most workers that ran at once.</summary>
    public int PeakWorkers { get; private set; }

    /// <summary>Workers there are now.</summary>
    public int Workers
    {
        get
        {
            lock (_gate)
                return _active;
        }
    }

    /// <summary>Ends when the queue is finished, or, cancelled or faulted, when the last worker has left.</summary>
    public async Task RunAsync()
    {
        if (_queue.IsFinished)
            return;
        // Cancelled, no worker would start, and so none would end the job.
        using var stopped = _cancellation.Register(FinishIfIdle);
        StartWorkers();
        await _finished.Task;
    }

    /// <summary>Starts workers for new work or under a new limit, as many as are permitted.</summary>
    public void StartWorkers()
    {
        lock (_gate)
        {
            while (_active < _control.Limit && _fault is null && !_cancellation.IsCancellationRequested && _queue.HasWaiting)
            {
                _active++;
                PeakWorkers = Math.Max(PeakWorkers, _active);
                StartWorker();
            }
        }
    }

    // A thread of its own: a worker waits for the network and the disk as long as it lives. Being called back instead took a sixth of all
    // processor time with many small files.
    private void StartWorker() => new Thread(Work) { IsBackground = true, Name = "S3ModelStore" }.Start();

    private void Work()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var left = false;
        try
        {
            while (!ShouldStop() && !(left = TryLeave()) && _queue.TryTake(out var item))
            {
                _run(item!, buffer.AsMemory(0, BufferSize));
                _queue.Done(item!);
            }
        }
        catch (Exception e)
        {
            lock (_gate)
                _fault ??= e;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (!left)
                Leave();
        }
    }

    private bool ShouldStop()
    {
        lock (_gate)
            return _fault is not null || _cancellation.IsCancellationRequested;
    }

    /// <summary>Leaves when there are more workers than permitted. Looked at and done in one step, or more would leave than have to.</summary>
    private bool TryLeave()
    {
        lock (_gate)
        {
            if (_active <= _control.Limit)
                return false;
            _active--;
            return true;
        }
    }

    private void FinishIfIdle()
    {
        bool idle;
        lock (_gate)
            idle = _active == 0;
        if (idle)
            Finish();
    }

    private void Leave()
    {
        bool last;
        lock (_gate)
        {
            last = --_active == 0;
            if (last && _fault is null && !_cancellation.IsCancellationRequested && _queue.HasWaiting)
            {
                // Work was added after this worker had looked and before it left.
                last = false;
                _active++;
                StartWorker();
            }
        }

        if (last)
            Finish();
    }

    private void Finish()
    {
        if (_fault is OperationCanceledException || (_fault is null && _cancellation.IsCancellationRequested))
            _finished.TrySetCanceled(_cancellation);
        else if (_fault is not null)
            _finished.TrySetException(_fault);
        else
            _finished.TrySetResult();
    }
}
