using System.Management.Automation;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Errors;

namespace S3ModelStore.Pipeline;

/// <summary>A cmdlet whose work runs on the thread pool and stops when the pipeline does.</summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly int _progressId = ProgressRecords.NewJobId();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes ready what all input shares. What it throws ends the command.</summary>
    protected virtual void Prepare()
    {
    }

    protected sealed override void BeginProcessing()
    {
        try
        {
            Prepare();
        }
        catch (ModelStoreException error)
        {
            ThrowTerminatingError(ModelStoreErrorRecord.Create(error));
        }
    }

    protected sealed override void StopProcessing() => Cancel();

    /// <summary>
    /// Runs work to its end while this thread, the pipeline's, carries out what the work writes. A <see cref="ModelStoreException"/> out of
    /// the work becomes a non-terminating error.
    /// </summary>
    protected void Run(Func<IPipeline, CancellationToken, Task> work)
    {
        var pump = new PipelinePump(this, new ProgressDisplay(this, _progressId), _stop.Token);
        try
        {
            pump.Run(work);
        }
        catch
        {
            // A downstream command that stops or throws surfaces here, out of a write, and nobody calls StopProcessing then.
            Cancel();
            pump.AwaitEnd();
            throw;
        }
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }

    private void Cancel()
    {
        try
        {
            // Not Cancel(): what the engine has registered must not run, block or throw on the caller's thread.
            _ = _stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C came while the command was ending by itself.
        }
    }
}
