using System.Collections.Concurrent;

namespace S3ModelStore.Engine.Progress;

/// <summary>The window into a running job: the job counts, anybody may look, nobody waits.</summary>
public sealed class TransferMonitor
{
    private const int BusiestCount = 3;
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<FileCounter, bool> _open = new();
    private readonly Queue<(long Timestamp, long Received)> _samples = new();
    private readonly object _sampling = new();
    private int _phase;
    private long _done;
    private long _received;
    private long _reused;
    private long _total;
    private int _filesDone;
    private int _totalFiles;

    /// <param name="clock">Time for the rate; the system's by default.</param>
    public TransferMonitor(TimeProvider? clock = null) => Clock = clock ?? TimeProvider.System;

    internal TimeProvider Clock { get; }

    /// <summary>Tells whether the job waits for a store that does not answer.</summary>
    internal Func<bool>? IsWaiting { get; set; }

    /// <summary>Body bytes received so far.</summary>
    internal long Received => Interlocked.Read(ref _received);

    /// <summary>How far the job is now. Safe from any thread; meant to be called a few times a second by one observer.</summary>
    public ProgressSnapshot Snapshot()
    {
        var done = Interlocked.Read(ref _done);
        var total = Interlocked.Read(ref _total);
        var rate = SampleRate();
        var filesDone = Volatile.Read(ref _filesDone);
        var totalFiles = Volatile.Read(ref _totalFiles);
        return new ProgressSnapshot
        {
            Phase = PhaseOf(done, total, filesDone, totalFiles),
            BytesDone = done,
            TotalBytes = total,
            FilesDone = filesDone,
            TotalFiles = totalFiles,
            BytesPerSecond = rate,
            Remaining = rate > 0 && total > done ? TimeSpan.FromSeconds(Math.Min((total - done) / rate, TimeSpan.MaxValue.TotalSeconds / 2)) : null,
            BusiestFiles = BusiestFiles(),
        };
    }

    internal void Enter(TransferPhase phase) => Volatile.Write(ref _phase, (int)phase);

    /// <summary>One more file was found; how many there will be is not known yet.</summary>
    internal void FileListed() => Interlocked.Increment(ref _totalFiles);

    /// <summary>What the plan will bring.</summary>
    internal void Begin(int files, long bytes)
    {
        Volatile.Write(ref _totalFiles, files);
        Interlocked.Exchange(ref _total, bytes);
        Interlocked.Exchange(ref _done, 0);
        Volatile.Write(ref _filesDone, 0);
        lock (_sampling)
        {
            // The rate is measured from here, also by the first look.
            _samples.Clear();
            _samples.Enqueue((Clock.GetTimestamp(), Received));
        }

        Enter(TransferPhase.Downloading);
    }

    internal void AddTotal(long bytes) => Interlocked.Add(ref _total, bytes);

    internal void AddDone(long bytes) => Interlocked.Add(ref _done, bytes);

    /// <summary>Bytes of an earlier run, read again and found right.</summary>
    internal void AddReused(long bytes)
    {
        Interlocked.Add(ref _reused, bytes);
        AddDone(bytes);
    }

    internal void AddReceived(int bytes)
    {
        Interlocked.Add(ref _received, bytes);
        Interlocked.Add(ref _done, bytes);
    }

    internal void FileOpened(FileCounter file) => _open.TryAdd(file, value: true);

    internal void FileDone(FileCounter? file = null)
    {
        if (file is not null)
            _open.TryRemove(file, out _);
        Interlocked.Increment(ref _filesDone);
    }

    // While files are transferred, what a person sees being done follows from the bytes.
    private TransferPhase PhaseOf(long done, long total, int filesDone, int totalFiles)
    {
        var phase = (TransferPhase)Volatile.Read(ref _phase);
        if (phase != TransferPhase.Downloading)
            return phase;
        if (IsWaiting?.Invoke() == true)
            return TransferPhase.Waiting;
        if (done >= total && filesDone < totalFiles)
            return TransferPhase.Verifying;
        return Received == 0 && Interlocked.Read(ref _reused) > 0 ? TransferPhase.Checking : TransferPhase.Downloading;
    }

    private double SampleRate()
    {
        var now = Clock.GetTimestamp();
        var received = Received;
        lock (_sampling)
        {
            _samples.Enqueue((now, received));
            while (_samples.Count > 2 && Clock.GetElapsedTime(_samples.Peek().Timestamp, now) > RateWindow)
                _samples.Dequeue();
            var (timestamp, earlier) = _samples.Peek();
            var elapsed = Clock.GetElapsedTime(timestamp, now).TotalSeconds;
            return elapsed > 0 ? (received - earlier) / elapsed : 0;
        }
    }

    private FileProgress[] BusiestFiles()
        => [.. _open.Keys
            .Select(file => new FileProgress(file.RelativePath, file.Done, file.Size))
            .OrderByDescending(file => file.TotalBytes - file.BytesDone)
            .Take(BusiestCount)];
}
