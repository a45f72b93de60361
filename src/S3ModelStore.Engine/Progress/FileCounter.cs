namespace S3ModelStore.Engine.Progress;

/// <summary>Counts one file's bytes for the monitor. Thread-safe.</summary>
internal sealed class FileCounter
{
    private readonly TransferMonitor _monitor;
    private readonly long _started;
    private long _done;
    private long _received;
    private long _reused;
    private int _retries;

    public FileCounter(TransferMonitor monitor, string relativePath, long size)
    {
        _monitor = monitor;
        RelativePath = relativePath;
        Size = size;
        _started = monitor.Clock.GetTimestamp();
    }

    public string RelativePath { get; }

    public long Size { get; private set; }

    /// <summary>Bytes in place.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>Body bytes that came over the network.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Bytes that were on disk.</summary>
    public long Reused => Interlocked.Read(ref _reused);

    public int Retries => Volatile.Read(ref _retries);

    public TimeSpan Elapsed => _monitor.Clock.GetElapsedTime(_started);

    public void AddReceived(int bytes)
    {
        Interlocked.Add(ref _received, bytes);
        Interlocked.Add(ref _done, bytes);
        _monitor.AddReceived(bytes);
    }

    public void AddReused(long bytes)
    {
        Interlocked.Add(ref _reused, bytes);
        Interlocked.Add(ref _done, bytes);
        _monitor.AddReused(bytes);
    }

    public void AddRetry() => Interlocked.Increment(ref _retries);

    /// <summary>The file begins again, as another version of perhaps another size.</summary>
    public void Restart(long size)
    {
        _monitor.AddDone(-Interlocked.Exchange(ref _done, 0));
        Interlocked.Exchange(ref _reused, 0);
        _monitor.AddTotal(size - Size);
        Size = size;
    }
}
