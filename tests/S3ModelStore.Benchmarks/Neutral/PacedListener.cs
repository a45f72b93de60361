using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace S3ModelStore.Benchmarks.Neutral;

/// <summary>
/// A listening socket for nginx whose connections the kernel itself slows down, at no cost in processor time: accepted sockets inherit the
/// pacing rate, and nginx takes listening sockets over as it does from its predecessor in an upgrade.
/// </summary>
/// <remarks>
/// Nginx's own limit_rate lets the first second of every request through, so that requests of a few megabytes never meet it.
/// https://man7.org/linux/man-pages/man7/socket.7.html (SO_MAX_PACING_RATE), https://nginx.org/en/docs/control.html#upgrade
/// </remarks>
internal sealed partial class PacedListener : IDisposable
{
    private const int SolSocket = 1;
    private const int SoMaxPacingRate = 47;
    private const int Backlog = 4096;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly SafeFileHandle _inherited;

    /// <param name="port">On the loopback address.</param>
    /// <param name="bytesPerSecond">Of each connection, towards the client.</param>
    public PacedListener(int port, int bytesPerSecond)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _socket.SetRawSocketOption(SolSocket, SoMaxPacingRate, BitConverter.GetBytes(bytesPerSecond));
        _socket.Listen(Backlog);
        // What .NET opens is closed in its children, the duplicate of a descriptor is not.
        var descriptor = Duplicate((int)_socket.Handle);
        if (descriptor < 0)
            throw new InvalidOperationException($"The socket cannot be duplicated (error {Marshal.GetLastPInvokeError()}).");
        _inherited = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>The value of the variable NGINX by which nginx knows it.</summary>
    public string Announcement => _inherited.DangerousGetHandle().ToString(CultureInfo.InvariantCulture) + ";";

    /// <summary>Closes it here; nginx keeps its own.</summary>
    public void Dispose()
    {
        _inherited.Dispose();
        _socket.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int descriptor);
}
