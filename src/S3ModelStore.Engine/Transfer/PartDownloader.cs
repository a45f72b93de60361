using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine.Transfer;

/// <summary>Fetches one part: request, body, CRC and positional write. A body that breaks or stalls is continued from the byte reached.</summary>
internal sealed class PartDownloader
{
    private readonly TransferServices _services;
    private readonly StallWatchdog _watchdog;
    private readonly ConcurrencyControl _control;
    private readonly RequestGauge _gauge;
    private readonly PartSplitter _splitter;

    public PartDownloader(TransferServices services, StallWatchdog watchdog, ConcurrencyControl control, RequestGauge gauge, PartSplitter splitter)
    {
        _services = services;
        _watchdog = watchdog;
        _control = control;
        _gauge = gauge;
        _splitter = splitter;
    }

    /// <summary>Brings the bytes to disk, or as many of them as nobody else was given meanwhile.</summary>
    /// <exception cref="ModelStoreException">It cannot be had; what was written of it is forgotten.</exception>
    public void Fetch(FileTransfer file, long offset, long length, Memory<byte> buffer)
    {
        using var part = new RunningPart(file, offset, length);
        var state = new RetryState(() => part.Position, error => OnRetry(file, error));
        _splitter.Enter(part);
        try
        {
            _services.Retry.Run(cancellation => Fetch(part, buffer, cancellation), state, file.Cancellation);
            part.Finish();
        }
        finally
        {
            _splitter.Leave(part);
        }
    }

    private void OnRetry(FileTransfer file, ModelStoreException error)
    {
        file.Counter.AddRetry();
        if (error.Code == ModelStoreErrorCode.Throttled)
            _control.SlowDown();
    }

    private RunningPart Fetch(RunningPart part, Memory<byte> buffer, CancellationToken cancellation)
    {
        while (true)
        {
            using var attempt = _watchdog.Begin(cancellation);
            _gauge.Began();
            part.Began(attempt);
            try
            {
                using var body = _services.Store.Get(part.File.RangeOf(part.Position, part.Remaining), attempt.Token);
                _gauge.Answered(_services.Clock.GetElapsedTime(attempt.Began), body.WarmWait);
                part.File.Prover.Answered(body.Evidence);
                Copy(body, part, buffer, attempt);
                return part;
            }
            catch (Exception e) when (IsCut(e, attempt) && !cancellation.IsCancellationRequested)
            {
                if (attempt.Stall is { } stall)
                    throw StoreErrors.FromConnection(stall, Messages.StoreAtStart, part.File.Source.Uri);
                // Relieved: what remains is asked for on another connection.
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                cancellation.ThrowIfCancellationRequested();
                throw StoreErrors.FromConnection(e, Messages.StoreWithin, part.File.Source.Uri);
            }
            finally
            {
                part.Ended();
                _gauge.Ended();
            }
        }
    }

    private static bool IsCut(Exception e, StallWatchdog.Attempt attempt)
        => e is OperationCanceledException && (attempt.Stall is not null || attempt.IsRelieved);

    private void Copy(ObjectBody body, RunningPart part, Memory<byte> buffer, StallWatchdog.Attempt attempt)
    {
        while (part.Claim(buffer) is { Length: > 0 } claimed)
        {
            var filled = 0;
            try
            {
                // Full buffers keep the number of writes down; the socket gives what it has.
                while (filled < claimed.Length)
                {
                    var read = body.Read(claimed[filled..], attempt.Token);
                    if (read == 0)
                        throw new EndOfStreamException(Messages.AnswerEndedEarly);
                    attempt.Progress(read);
                    _services.Retry.Circuit?.Answered();
                    part.File.Counter.AddReceived(read);
                    filled += read;
                }
            }
            finally
            {
                // Whatever arrived counts, also when the body broke in the middle of a buffer.
                part.Accept(claimed.Span[..filled]);
                attempt.Stored();
            }
        }
    }
}
