using System.Buffers;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Verification;

/// <summary>
/// Hashes a file in the order of its bytes while its parts arrive in any order: it follows behind the writers and reads what they wrote
/// a moment ago from the page cache. Thread-safe.
/// </summary>
internal sealed class SequentialHasher : IDisposable
{
    private const int ChunkSize = 256 * 1024;

    private readonly RunningDigest _digest;
    private readonly Func<Memory<byte>, long, int> _read;
    private readonly SortedDictionary<long, long> _waiting = [];
    private readonly object _gate = new();
    private Task _following = Task.CompletedTask;
    private long _ready;
    private long _hashed;

    /// <param name="algorithm">What to compute; see <see cref="RunningDigest"/>.</param>
    /// <param name="read">Fills a buffer from an offset of the file.</param>
    public SequentialHasher(string algorithm, Func<Memory<byte>, long, int> read)
    {
        _digest = new RunningDigest(algorithm);
        _read = read;
    }

    /// <summary>These bytes are written.</summary>
    public void Written(long offset, long length)
    {
        lock (_gate)
        {
            _waiting[offset] = length;
            while (_waiting.Remove(_ready, out var next))
                _ready += next;
            if (_ready > _hashed && _following.IsCompletedSuccessfully)
                _following = Task.Run(Follow);
        }
    }

    /// <summary>The digest, once all bytes were written. Waits for the follower.</summary>
    public string Finish()
    {
        Task following;
        lock (_gate)
            following = _following;
        following.GetAwaiter().GetResult();
        return _digest.FinishText();
    }

    public void Dispose()
    {
        // The follower must not outlive the file it reads; it ends at the next chunk.
        lock (_gate)
            _ready = _hashed;
        try
        {
            _following.Wait();
        }
        catch (AggregateException)
        {
            // Whoever wanted the digest saw it; nobody does here.
        }

        _digest.Dispose();
    }

    private void Follow()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            while (Next() is var (offset, length) && length > 0)
            {
                var read = _read(buffer.AsMemory(0, (int)Math.Min(length, ChunkSize)), offset);
                if (read == 0)
                    throw new EndOfStreamException(Messages.PartialShorterThanWritten);
                _digest.Append(buffer.AsSpan(0, read));
                lock (_gate)
                    _hashed += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private (long Offset, long Length) Next()
    {
        lock (_gate)
        {
            // Ending and being found ended must be one step, or the last part would wait for a follower that has gone.
            if (_ready <= _hashed)
                _following = Task.CompletedTask;
            return (_hashed, _ready - _hashed);
        }
    }
}
