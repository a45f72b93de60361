using S3ModelStore.Engine.Progress;
using S3ModelStore.TestServer.Faults;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>A job that is stopped ends, whatever it is waiting for.</summary>
public sealed class StopTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task While_a_body_stalls() => await AssertStopsAsync(faults => faults.OnGet().Always().StallMidBody(1000));

    [Fact]
    public async Task While_an_answer_is_awaited() => await AssertStopsAsync(faults => faults.OnGet().Always().StallBeforeHeaders());

    [Fact]
    public async Task While_it_waits_to_try_again()
        => await AssertStopsAsync(faults => faults.OnGet().Always().Status(503, TimeSpan.FromSeconds(60)));

    [Fact]
    public async Task While_listing()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100);
        var gate = new Gate();
        fixture.Server.Faults.OnList().Hold(gate);
        using var stop = new CancellationTokenSource();
        var saving = fixture.SaveAsync(cancellation: stop.Token);
        await gate.Reached;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        gate.Release();
    }

    private static async Task AssertStopsAsync(Func<FaultScript, FaultRule> fault)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { IdleTimeout = TimeSpan.FromMinutes(10), PartSize = MiB };
        fixture.Put("m/a.bin", 4 * MiB, etag: "0123456789abcdef0123456789abcdef-4");
        var rule = fault(fixture.Server.Faults);
        using var stop = new CancellationTokenSource();
        var saving = fixture.SaveAsync(fixture.Request(), new TransferMonitor(), stop.Token);
        await rule.Applied;

        await stop.CancelAsync();

        // No clock here: a job that does not stop hangs the test.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.False(File.Exists(fixture.PathOf("a.bin")));
        fixture.Server.Faults.Clear();
        Assert.True((await fixture.SaveAsync()).Result.Success);
    }
}
