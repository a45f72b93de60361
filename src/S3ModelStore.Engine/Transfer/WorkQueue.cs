namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// What is left to do. A worker goes where the fewest are: systems let one writer at a time into a file, and those that wait for it burn
/// processors. A further file is opened only when every open one is worked on, so that few are open and each is finished soon.
/// Thread-safe.
/// </summary>
internal sealed class WorkQueue
{
    // From so many files with parts to fetch on, workers share them.
    private const int MostFiles = 8;

    private readonly object _gate = new();

    // Of files of one part, and ends that were taken away from others: next, without asking how many work on their file.
    private readonly Queue<FileWork> _single = new();
    private readonly List<Several> _several = [];
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
                return _single.Count + _several.Count + _files.Count > 0;
        }
    }

    /// <summary>Adds parts of an open file. Called while an item of that file is in hand.</summary>
    public void AddParts(FileTransfer file, IReadOnlyCollection<FileWork> parts)
    {
        lock (_gate)
        {
            _outstanding += parts.Count;
            if (parts.Count == 1)
                _single.Enqueue(parts.First());
            else if (parts.Count > 1)
                _several.Add(new Several(file, new Queue<FileWork>(parts)));
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
            item = Next();
            if (item is FileWork part)
                part.File.Workers++;
            return item is not null;
        }
    }

    /// <summary>An item that was taken is done.</summary>
    public void Done(WorkItem item)
    {
        lock (_gate)
        {
            if (item is FileWork part)
                part.File.Workers--;
            _outstanding--;
        }
    }

    private WorkItem? Next()
    {
        if (_single.TryDequeue(out var single))
            return single;
        var least = LeastWorkedOn();
        if ((least < 0 || (_several[least].File.Workers > 0 && _several.Count < MostFiles)) && _files.TryDequeue(out var file))
            return file;
        if (least < 0)
            return null;
        var parts = _several[least].Parts;
        var part = parts.Dequeue();
        if (parts.Count == 0)
            _several.RemoveAt(least);
        return part;
    }

    private int LeastWorkedOn()
    {
        var least = -1;
        for (var i = 0; i < _several.Count; i++)
        {
            if (least < 0 || _several[i].File.Workers < _several[least].File.Workers)
                least = i;
        }

        return least;
    }

    private sealed record Several(FileTransfer File, Queue<FileWork> Parts);
}
