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
        // Workers that leave in the same moment are a matter of luck: many times.
        for (var i = 0; i < 50; i++)
            await CutAsync(ConcurrencyControl.Start, ConcurrencyControl.Start / 2);
    }

    [Fact]
    public async Task The_first_fault_ends_the_pool()
    {
        var pool = Create(new ConcurrencyControl(1, TimeProvider.System), works: 3, _ => throw new InvalidOperationException("fault"), CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.RunAsync().WaitAsync(Patience));
    }

    private static async Task CutAsync(int before, int after)
    {
        var control = new ConcurrencyControl(before, TimeProvider.System);
        var reached = new SemaphoreSlim(0);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pool = Create(
            control,
            works: 100,
            async number =>
            {
                reached.Release();
                await (number < before ? first : second).Task;
            },
            CancellationToken.None);
        var job = pool.RunAsync();
        for (var i = 0; i < before; i++)
            Assert.True(await reached.WaitAsync(Patience));

        control.SlowDown();
        first.SetResult();

        for (var i = 0; i < after; i++)
            Assert.True(await reached.WaitAsync(TimeSpan.FromSeconds(4)), $"{i} of {after} workers stayed.");
        second.SetResult();
        await job.WaitAsync(Patience);
    }

    private static WorkerPool Create(ConcurrencyControl control, int works, Func<int, Task> run, CancellationToken cancellation)
        => new(
            new WorkQueue(Enumerable.Range(0, works).Select(index => new OpenWork(index, string.Empty))),
            control,
            (item, _) => run(((OpenWork)item).FileIndex).GetAwaiter().GetResult(),
            cancellation);
}
