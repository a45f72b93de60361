using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Engine.Transfer;

/// <summary>Fetches one part: request, body, CRC and positional write. A body that breaks or stalls is continued from the byte reached.</summary>
internal sealed class PartDownloader
{
    private readonly IObjectStore _store;
    private readonly RetryPolicy _retry;
    private readonly StallWatchdog _watchdog;
    private readonly ConcurrencyControl _control;

    public PartDownloader(IObjectStore store, RetryPolicy retry, StallWatchdog watchdog, ConcurrencyControl control)
    {
        _store = store;
        _retry = retry;
        _watchdog = watchdog;
        _control = control;
    }

    /// <summary>Brings the bytes to disk.</summary>
    /// <exception cref="ModelStoreException">It cannot be had; what was written of it is forgotten.</exception>
    public async Task FetchAsync(FileTransfer file, long offset, long length, Memory<byte> buffer)
    {
        using var part = new PartInHand(file, offset, length);
        var state = new RetryState(() => part.Position, error => OnRetry(file, error));
        await _retry.RunAsync(
            async cancellation =>
            {
                await FetchOnceAsync(part, buffer, cancellation);
                return part;
            },
            state,
            file.Cancellation);
        part.Finish();
    }

    private void OnRetry(FileTransfer file, ModelStoreException error)
    {
        file.Counter.AddRetry();
        if (error.Code == ModelStoreErrorCode.Throttled)
            _control.SlowDown();
    }

    private async Task FetchOnceAsync(PartInHand part, Memory<byte> buffer, CancellationToken cancellation)
    {
        using var attempt = _watchdog.Begin(cancellation);
        try
        {
            using var body = await _store.GetAsync(part.File.RangeOf(part.Position, part.Remaining), attempt.Token);
            part.File.Prover.Answered(body.Evidence);
            await CopyAsync(body.Content, part, buffer, attempt);
        }
        catch (OperationCanceledException) when (attempt.IsStalled && !cancellation.IsCancellationRequested)
        {
            throw StoreErrors.FromConnection(new TimeoutException(), "The store", part.File.Source.Uri);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw StoreErrors.FromConnection(e, "the store", part.File.Source.Uri);
        }
    }

    private static async Task CopyAsync(Stream content, PartInHand part, Memory<byte> buffer, StallWatchdog.Attempt attempt)
    {
        while (part.Remaining > 0)
        {
            var filled = 0;
            try
            {
                // Full buffers keep the number of writes down; the socket gives what it has.
                var wanted = (int)Math.Min(buffer.Length, part.Remaining);
                while (filled < wanted)
                {
                    var read = await content.ReadAsync(buffer[filled..wanted], attempt.Token);
                    if (read == 0)
                        throw new EndOfStreamException("The answer ended early.");
                    attempt.Progress();
                    part.File.Counter.AddReceived(read);
                    filled += read;
                }
            }
            finally
            {
                // Whatever arrived counts, also when the body broke in the middle of a buffer.
                part.Accept(buffer.Span[..filled]);
                // A slow disk is not a silent network.
                attempt.Progress();
            }
        }
    }

    /// <summary>A part while it is fetched: how far, and its digests so far.</summary>
    private sealed class PartInHand : IDisposable
    {
        private readonly long _offset;
        private readonly long _end;
        private readonly RunningCrc _crc = new(ChecksumAlgorithm.Crc64Nvme);
        private RunningDigest? _digest;

        public PartInHand(FileTransfer file, long offset, long length)
        {
            File = file;
            _offset = offset;
            _end = offset + length;
            Position = offset;
        }

        public FileTransfer File { get; }

        public long Position { get; private set; }

        public long Remaining => _end - Position;

        public void Accept(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IsEmpty)
                return;
            // Not before: the first answer may decide what is digested.
            if (Position == _offset)
                _digest = File.Prover.DigestOfPart(_offset, _end - _offset);
            File.Write(bytes, Position);
            _crc.Append(bytes);
            _digest?.Append(bytes);
            Position += bytes.Length;
        }

        public void Finish() => File.PartFetched(new JournalPart(_offset, _end - _offset, _crc.Value), _digest);

        public void Dispose() => _digest?.Dispose();
    }
}
