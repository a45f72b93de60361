using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>One direction of a connection: every chunk goes out a fixed time after it came in.</summary>
internal sealed class DelayLine
{
    private const int ChunkSize = 64 * 1024;

    // 4 MiB under way, about what Linux's windows grow to.
    private const int Capacity = 64;

    private readonly Socket _from;
    private readonly Socket _to;
    private readonly TimeSpan _delay;
    private readonly Channel<(byte[] Buffer, int Length, long Due)> _underWay = Channel.CreateBounded<(byte[], int, long)>(Capacity);
    private TimeSpan _once;

    /// <param name="from">Source.</param>
    /// <param name="to">Its sending side is closed after the last byte.</param>
    /// <param name="delay">Of each chunk.</param>
    /// <param name="once">Further delay of the first chunk.</param>
    public DelayLine(Socket from, Socket to, TimeSpan delay, TimeSpan once)
    {
        _from = from;
        _to = to;
        _delay = delay;
        _once = once;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var reading = ReadAsync(stop);
        try
        {
            await foreach (var (buffer, length, due) in _underWay.Reader.ReadAllAsync(stop))
            {
                await WaitAsync(due, stop);
                for (var sent = 0; sent < length;)
                    sent += await _to.SendAsync(buffer.AsMemory(sent, length - sent), stop);
                ArrayPool<byte>.Shared.Return(buffer);
            }

            _to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Nobody takes it any more; the reader must not wait for room that never comes.
            _from.Dispose();
            throw;
        }
        finally
        {
            _underWay.Writer.TryComplete();
        }

        await reading;
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
                var length = await _from.ReceiveAsync(buffer.AsMemory(0, ChunkSize), stop);
                if (length == 0)
                    break;
                var delay = _delay + _once;
                _once = TimeSpan.Zero;
                await _underWay.Writer.WriteAsync((buffer, length, Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency)), stop);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or ChannelClosedException or OperationCanceledException)
        {
            // The end of what there is to pass on.
        }

        _underWay.Writer.TryComplete();
    }

    private static Task WaitAsync(long due, CancellationToken stop)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        return left > TimeSpan.FromMilliseconds(0.5) ? Task.Delay(left, stop) : Task.CompletedTask;
    }
}
