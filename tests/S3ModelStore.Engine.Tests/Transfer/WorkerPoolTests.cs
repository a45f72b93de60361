using S3ModelStore.Engine.Transfer;
using Xunit;

namespace S3ModelStore.Engine.Tests.Transfer;

public sealed class WorkerPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_pool_that_is_cancelled_before_it_begins_ends()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var pool = Create(new ConcurrencyControl(2, TimeProvider.System), works: 3, _ => Task.CompletedTask, cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RunAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_pool_that_is_cancelled_ends_after_its_last_worker()
    {
        using var cancellation = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var started = new SemaphoreSlim(0);
        var pool = Create(
            new ConcurrencyControl(2, TimeProvider.System),
            works: 5,
            _ =>
            {
                started.Release();
                return gate.Task;
            },
            cancellation.Token);
        var running = pool.RunAsync();
        await started.WaitAsync();
        await started.WaitAsync();

        await cancellation.CancelAsync();

        Assert.False(running.IsCompleted);
        gate.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
        Assert.Equal(2, pool.PeakWorkers);
    }

    [Fact]
    public async Task As_many_workers_stay_as_are_permitted_after_a_cut()
    {
        var control = new ConcurrencyControl(16, TimeProvider.System);
        var running = 0;
        var reached = new TaskCompletionSource();
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        var secondRunning = new SemaphoreSlim(0);
        var pool = Create(
            control,
            works: 100,
            async number =>
            {
                if (number < 16)
                {
                    if (Interlocked.Increment(ref running) == 16)
                        reached.SetResult();
                    await first.Task;
                }
                else
                {
                    secondRunning.Release();
                    await second.Task;
                }
            },
            CancellationToken.None);
        var job = pool.RunAsync();
        await reached.Task;

        control.SlowDown();
        first.SetResult();

        for (var i = 0; i < control.Limit; i++)
            Assert.True(await secondRunning.WaitAsync(Patience));
        second.SetResult();
        await job.WaitAsync(Patience);
        Assert.Equal(8, control.Limit);
    }

    [Fact]
    public async Task The_first_fault_ends_the_pool()
    {
        var pool = Create(new ConcurrencyControl(1, TimeProvider.System), works: 3, _ => throw new InvalidOperationException("fault"), CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.RunAsync().WaitAsync(Patience));
    }

    private static WorkerPool Create(ConcurrencyControl control, int works, Func<int, Task> run, CancellationToken cancellation)
        => new(
            new WorkQueue(Enumerable.Range(0, works).Select(index => new OpenWork(index))),
            control,
            (item, _) => run(((OpenWork)item).FileIndex),
            () => 0,
            TimeProvider.System,
            cancellation);
}
