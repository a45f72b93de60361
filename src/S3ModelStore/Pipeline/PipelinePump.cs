using System.Management.Automation;
using System.Threading.Channels;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Errors;
using S3ModelStore.Formatting;

namespace S3ModelStore.Pipeline;

/// <summary>
/// Joins one piece of work on the thread pool to the pipeline's thread by a bounded queue of actions. PowerShell allows writing from that
/// thread only. https://learn.microsoft.com/dotnet/api/system.management.automation.cmdlet.writeobject
/// </summary>
internal sealed class PipelinePump : IPipeline
{
    private const int QueueLength = 256;

    // The engine promises to end within a second of being cancelled. A disk or network drive that hangs in the kernel can break any promise:
    // the prompt comes back all the same, and locks and journals keep the destination sound.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly Channel<Action> _actions = Channel.CreateBounded<Action>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly PSCmdlet _cmdlet;
    private readonly ProgressDisplay _progress;
    private readonly CancellationToken _stop;
    private Task _running = Task.CompletedTask;

    public PipelinePump(PSCmdlet cmdlet, ProgressDisplay progress, CancellationToken stop)
    {
        _cmdlet = cmdlet;
        _progress = progress;
        _stop = stop;
    }

    public ValueTask WriteObjectAsync(object value) => Post(() => _cmdlet.WriteObject(TypeNames.Give(value)));

    public ValueTask WriteErrorAsync(ModelStoreException failure) => Post(() => _cmdlet.WriteError(ModelStoreErrorRecord.Create(failure)));

    public ValueTask WriteWarningAsync(string text) => Post(() => _cmdlet.WriteWarning(text));

    public ValueTask WriteVerboseAsync(string text) => Post(() => _cmdlet.WriteVerbose(text));

    public async Task<bool> ShouldProcessAsync(string target, string action)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Post(() => answer.SetResult(_cmdlet.ShouldProcess(target, action)));
        return await answer.Task.WaitAsync(_stop);
    }

    public IDisposable Watch(TransferMonitor monitor, string activity) => _progress.Watch(monitor, activity);

    /// <summary>Starts the work and serves it until it ends or the pipeline stops. Called on the pipeline's thread.</summary>
    public void Run(Func<IPipeline, CancellationToken, Task> work)
    {
        _running = Task.Run(() => RunToEndAsync(work), CancellationToken.None);
        Serve();
        _progress.Complete();
        if (_stop.IsCancellationRequested)
            throw new PipelineStoppedException();
    }

    /// <summary>Waits for cancelled work to let go of its files.</summary>
    public void AwaitEnd() => ((IAsyncResult)_running).AsyncWaitHandle.WaitOne(StopGrace);

    private void Serve()
    {
        var queue = _actions.Reader;
        Task<bool>? more = null;
        while (!_stop.IsCancellationRequested)
        {
            while (queue.TryRead(out var action))
            {
                action();
                _progress.SampleWhenDue();
            }

            more ??= queue.WaitToReadAsync(CancellationToken.None).AsTask();
            if (WaitFor(more))
            {
                if (!more.Result)
                    return;
                more = null;
            }

            _progress.SampleWhenDue();
        }
    }

    private bool WaitFor(Task<bool> more)
    {
        try
        {
            return more.Wait((int)ProgressDisplay.Interval.TotalMilliseconds, _stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private ValueTask Post(Action action) => _actions.Writer.WriteAsync(action, _stop);

    private async Task RunToEndAsync(Func<IPipeline, CancellationToken, Task> work)
    {
        try
        {
            await work(this, _stop);
        }
        catch (ModelStoreException error) when (!_stop.IsCancellationRequested)
        {
            await WriteErrorAsync(error);
        }
        catch (Exception error) when (!_stop.IsCancellationRequested)
        {
            await WriteErrorAsync(ModelStoreErrorRecord.Unexpected(error, _cmdlet.MyInvocation.MyCommand.Name));
        }
        finally
        {
            _actions.Writer.Complete();
        }
    }
}
