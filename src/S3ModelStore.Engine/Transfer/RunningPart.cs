using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// A part while it is fetched: how far, and its digests so far. Its worker alone reads and writes; anybody may take the end of it away,
/// but never bytes the worker has already made room for, so that no byte is ever received or written twice.
/// </summary>
internal sealed class RunningPart : IDisposable
{
    /// <summary>Bytes that stay with the worker at least: what it may be reading at this moment.</summary>
    public const int SmallestRest = WorkerPool.BufferSize;

    private readonly long _offset;
    private readonly RunningCrc _crc = new(ChecksumAlgorithm.Crc64Nvme);
    private readonly object _gate = new();
    private RunningDigest? _digest;
    private StallWatchdog.Attempt? _attempt;
    private long _position;
    private long _claimed;
    private long _end;
    private bool _wasRelieved;

    public RunningPart(FileTransfer file, long offset, long length)
    {
        File = file;
        _offset = offset;
        _end = offset + length;
        _position = offset;
        _claimed = offset;
    }

    public FileTransfer File { get; }

    /// <summary>First byte that is not on disk yet.</summary>
    public long Position => Interlocked.Read(ref _position);

    /// <summary>Bytes to go.</summary>
    public long Remaining
    {
        get
        {
            lock (_gate)
                return _end - _position;
        }
    }

    /// <summary>A request for what remains is under way.</summary>
    public void Began(StallWatchdog.Attempt attempt)
    {
        lock (_gate)
            _attempt = attempt;
    }

    /// <summary>That request is over.</summary>
    public void Ended()
    {
        lock (_gate)
        {
            _attempt = null;
            _claimed = _position;
        }
    }

    /// <summary>Makes room for the next bytes: from now on they are this worker's.</summary>
    public Memory<byte> Claim(Memory<byte> buffer)
    {
        lock (_gate)
        {
            var wanted = (int)Math.Min(buffer.Length, _end - _position);
            _claimed = _position + wanted;
            return buffer[..wanted];
        }
    }

    /// <summary>These bytes are the next ones.</summary>
    public void Accept(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        // Not before: the first answer may decide what is digested.
        if (_position == _offset)
            _digest = File.Prover.DigestOfPart(_offset, _end - _offset);
        File.Write(bytes, _position);
        _crc.Append(bytes);
        _digest?.Append(bytes);
        lock (_gate)
            _position += bytes.Length;
    }

    /// <summary>All of it is on disk.</summary>
    public void Finish() => File.PartFetched(new JournalPart(_offset, _end - _offset, _crc.Value), _digest);

    /// <summary>What its request has brought; <see langword="null"/> while there is none.</summary>
    public PartProgress? Look()
    {
        lock (_gate)
            return _attempt is null ? null : new PartProgress(_attempt.Began, _attempt.LastProgress, _attempt.Received, _end - _position, Free);
    }

    /// <summary>Takes the end of it away, as work for somebody else.</summary>
    /// <param name="all">Everything that can be had, instead of half of it.</param>
    /// <param name="least">Fewer bytes are not worth a request.</param>
    /// <param name="queue">Takes the work before this part can end, and with it the job.</param>
    /// <returns>Bytes taken away.</returns>
    public long Split(bool all, long least, WorkQueue queue)
    {
        lock (_gate)
        {
            var length = all ? Free : Free / 2;
            if (_attempt is null || length < least)
                return 0;
            _end -= length;
            // This part is still outstanding, so the file cannot be settled meanwhile.
            File.Expect(1);
            queue.AddParts(File, [new FetchWork(File, _end, length)]);
            return length;
        }
    }

    /// <summary>Ends its request, so that the rest is asked for on another connection: once, a store that is just slow gets its time.</summary>
    /// <returns>Bytes that are asked for again; zero when it was done before.</returns>
    public long TryRelieve()
    {
        StallWatchdog.Attempt attempt;
        long remaining;
        lock (_gate)
        {
            if (_wasRelieved || _attempt is null)
                return 0;
            _wasRelieved = true;
            (attempt, remaining) = (_attempt, _end - _position);
        }

        // Not under the lock: what waits for this may go on at once, on this thread.
        attempt.Relieve();
        return remaining;
    }

    public void Dispose() => _digest?.Dispose();

    // A file of one part is digested in the order of its bytes, and has no journal that could tell of two halves.
    private long Free => File.Journal is null ? 0 : Math.Max(0, _end - Math.Max(_claimed, _position + SmallestRest));
}
