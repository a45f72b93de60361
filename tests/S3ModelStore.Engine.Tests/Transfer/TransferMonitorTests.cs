using Microsoft.Extensions.Time.Testing;
using S3ModelStore.Engine.Progress;
using Xunit;

namespace S3ModelStore.Engine.Tests.Transfer;

/// <summary>What a person is told about a running job, on a clock that does not run by itself.</summary>
public sealed class TransferMonitorTests
{
    private const int Second = 1000;
    private readonly FakeTimeProvider _clock = new();
    private readonly TransferMonitor _monitor;

    public TransferMonitorTests() => _monitor = new TransferMonitor(_clock);

    [Fact]
    public void Bytes_of_an_earlier_run_are_progress_but_no_speed()
    {
        _monitor.Begin(files: 1, bytes: 100 * Second);
        var file = new FileCounter(_monitor, "a", 100 * Second);
        _monitor.FileOpened(file);
        file.AddReused(60 * Second);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var checking = _monitor.Snapshot();
        Assert.Equal(TransferPhase.Checking, checking.Phase);
        Assert.Equal(60 * Second, checking.BytesDone);
        Assert.Equal(0, checking.BytesPerSecond);
        Assert.Null(checking.Remaining);

        file.AddReceived(10 * Second);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var downloading = _monitor.Snapshot();
        Assert.Equal(TransferPhase.Downloading, downloading.Phase);
        Assert.Equal(5 * Second, downloading.BytesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(6), downloading.Remaining);
    }

    [Fact]
    public void The_rate_is_that_of_the_last_few_seconds()
    {
        _monitor.Begin(files: 1, bytes: 1000 * Second);
        for (var i = 0; i < 20; i++)
            Tick(8);
        Assert.Equal(8 * Second, _monitor.Snapshot().BytesPerSecond);
        Tick(0);
        // One moment without a byte is no collapse; many are.
        Assert.InRange(_monitor.Snapshot().BytesPerSecond, 6 * Second, 8 * Second);
        for (var i = 0; i < 10; i++)
            Tick(0);
        Assert.Equal(0, _monitor.Snapshot().BytesPerSecond);
    }

    [Fact]
    public void When_every_byte_is_there_the_rest_is_verifying_and_has_no_time_left_to_tell()
    {
        _monitor.Begin(files: 2, bytes: 2 * Second);
        var file = new FileCounter(_monitor, "a", 2 * Second);
        _monitor.FileOpened(file);
        _monitor.FileDone();
        _clock.Advance(TimeSpan.FromSeconds(1));
        file.AddReceived(2 * Second);
        var snapshot = _monitor.Snapshot();
        Assert.Equal(TransferPhase.Verifying, snapshot.Phase);
        Assert.Null(snapshot.Remaining);

        _monitor.FileDone(file);
        Assert.Equal(TransferPhase.Downloading, _monitor.Snapshot().Phase);
        _monitor.Enter(TransferPhase.Finishing);
        Assert.Equal(TransferPhase.Finishing, _monitor.Snapshot().Phase);
    }

    [Fact]
    public void A_file_that_begins_again_takes_its_progress_back()
    {
        _monitor.Begin(files: 1, bytes: 10 * Second);
        var file = new FileCounter(_monitor, "a", 10 * Second);
        file.AddReceived(8 * Second);
        file.Restart(12 * Second);
        var snapshot = _monitor.Snapshot();
        Assert.Equal(0, snapshot.BytesDone);
        Assert.Equal(12 * Second, snapshot.TotalBytes);
    }

    private void Tick(int thousands)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        _monitor.AddReceived(thousands * Second);
        _ = _monitor.Snapshot();
    }
}
