namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// What is left to do. Parts of open files go before opening further files, so that few files are open at a time and each is finished
/// soon. Thread-safe.
/// </summary>
internal sealed class WorkQueue
{
    private readonly object _gate = new();
    private readonly Queue<WorkItem> _parts = new();
    private readonly Queue<OpenWork> _files;
    private int _outstanding;

    public WorkQueue(IEnumerable<OpenWork> files)
    {
        _files = new Queue<OpenWork>(files);
        _outstanding = _files.Count;
    }

    /// <summary>Whether nothing is queued or running any more.</summary>
    public bool IsFinished
    {
        get
        {
            lock (_gate)
                return _outstanding == 0;
        }
    }

    public bool HasWaiting
    {
        get
        {
            lock (_gate)
                return _parts.Count + _files.Count > 0;
        }
    }

    /// <summary>Adds parts of an open file. Called while an item of that file is in hand.</summary>
    public void AddParts(IEnumerable<WorkItem> parts)
    {
        lock (_gate)
        {
            foreach (var part in parts)
            {
                _parts.Enqueue(part);
                _outstanding++;
            }
        }
    }

    /// <summary>Puts a file back whose lock somebody else holds.</summary>
    public void Postpone(OpenWork file)
    {
        lock (_gate)
        {
            _files.Enqueue(file);
            _outstanding++;
        }
    }

    public bool TryTake(out WorkItem? item)
    {
        lock (_gate)
        {
            if (_parts.TryDequeue(out item))
                return true;
            var taken = _files.TryDequeue(out var file);
            item = file;
            return taken;
        }
    }

    /// <summary>An item that was taken is done.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool Done()
    {
        lock (_gate)
            return --_outstanding == 0;
    }
}
