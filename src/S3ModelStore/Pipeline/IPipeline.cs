using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Progress;

namespace S3ModelStore.Pipeline;

/// <summary>
/// The pipeline as work on the thread pool sees it: everything said here is carried out on the pipeline's own thread, in order. Waits
/// while the pipeline is busy, so that fast work never piles up output; throws <see cref="OperationCanceledException"/> once it has stopped.
/// </summary>
public interface IPipeline
{
    ValueTask WriteObjectAsync(object value);

    /// <summary>Writes a non-terminating error.</summary>
    ValueTask WriteErrorAsync(ModelStoreException failure);

    ValueTask WriteWarningAsync(string text);

    ValueTask WriteVerboseAsync(string text);

    /// <summary>Asks <c>-WhatIf</c>, <c>-Confirm</c> and the person behind them.</summary>
    Task<bool> ShouldProcessAsync(string target, string action);

    /// <summary>Shows the job's progress until the returned scope is disposed.</summary>
    IDisposable Watch(TransferMonitor monitor, string activity);
}
