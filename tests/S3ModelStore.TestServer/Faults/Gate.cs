namespace S3ModelStore.TestServer.Faults;

/// <summary>Holds requests until the test lets them go. Stays open once released.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    /// <summary>Completes when the first request arrives at the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>How many requests have arrived so far.</summary>
    public int Arrived => Volatile.Read(ref _arrived);

    public void Release() => _released.TrySetResult();

    internal Task WaitAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _arrived);
        _reached.TrySetResult();
        return _released.Task.WaitAsync(cancellationToken);
    }
}
