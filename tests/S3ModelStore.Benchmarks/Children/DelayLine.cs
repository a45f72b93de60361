using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>
/// One direction of a connection: every chunk goes out a fixed time after it came in. The bytes wait in a pipe of the kernel and are
/// never copied, so that the way takes as little as it can from the processors of those who are measured.
/// </summary>
/// <remarks><see href="https://man7.org/linux/man-pages/man2/splice.2.html"/></remarks>
internal sealed partial class DelayLine
{
    // A pipe without privileges has no more; pages that hold many packets make it a few MiB, about what Linux's windows grow to.
    private const int PipeSize = 1 << 20;
    private const int AtOnce = 1 << 20;

    private const int SetPipeSize = 1031;
    private const uint MoveWithoutBlocking = 1 | 2;
    private const short Readable = 1;
    private const short Writable = 4;
    private const int Again = 11;

    private readonly Socket _from;
    private readonly Socket _to;
    private readonly TimeSpan _delay;
    private readonly Queue<(int Length, long Due)> _underWay = new();
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

    /// <summary>Passes on until one of the sides has gone.</summary>
    public void Run()
    {
        var ends = new int[2];
        if (Pipe(ends) != 0)
            return;
        try
        {
            _ = Control(ends[1], SetPipeSize, PipeSize);
            PassOn(ends[0], ends[1]);
            _to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Nobody takes it any more.
        }
        finally
        {
            _ = Close(ends[0]);
            _ = Close(ends[1]);
        }
    }

    private void PassOn(int taken, int put)
    {
        var (from, to) = ((int)_from.Handle, (int)_to.Handle);
        var (isOpen, isFull, left) = (true, false, 0);
        while (isOpen || _underWay.Count > 0)
        {
            var wait = _underWay.TryPeek(out var next) ? MillisecondsUntil(next.Due) : -1;
            var watched = new Watched[2];
            watched[0] = new Watched { Descriptor = isOpen && !isFull ? from : -1, Events = Readable };
            watched[1] = new Watched { Descriptor = wait == 0 ? to : -1, Events = Writable };
            if (Poll(watched, (nuint)watched.Length, wait == 0 ? -1 : wait) < 0)
                continue;
            if (watched[0].Happened != 0)
            {
                var read = Splice(from, 0, put, 0, AtOnce, MoveWithoutBlocking);
                // Ready, and yet it would block: there is no room in the pipe.
                isFull = read < 0 && Marshal.GetLastPInvokeError() == Again;
                isOpen = read > 0 || isFull;
                if (read > 0)
                    _underWay.Enqueue(((int)read, Stopwatch.GetTimestamp() + (long)((_delay + _once).TotalSeconds * Stopwatch.Frequency)));
                _once = TimeSpan.Zero;
            }

            if (watched[1].Happened == 0)
                continue;
            left = left == 0 ? next.Length : left;
            var sent = Splice(taken, 0, to, 0, (nuint)left, MoveWithoutBlocking);
            if (sent <= 0 && Marshal.GetLastPInvokeError() != Again)
                return;
            isFull &= sent <= 0;
            left -= (int)Math.Max(sent, 0);
            if (left == 0)
                _underWay.Dequeue();
        }
    }

    private static int MillisecondsUntil(long due)
        => (int)Math.Ceiling(Math.Max(0, Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due).TotalMilliseconds - 0.2));

    [LibraryImport("libc", EntryPoint = "splice", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Splice(int from, nint offset, int to, nint toOffset, nuint length, uint flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll([In, Out] Watched[] watched, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "pipe")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Pipe([In, Out] int[] ends);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command, int value);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    // struct pollfd
    [StructLayout(LayoutKind.Sequential)]
    private struct Watched
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
