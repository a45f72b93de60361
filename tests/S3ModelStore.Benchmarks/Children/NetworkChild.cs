using System.Net;
using System.Net.Sockets;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>
/// A longer way to a server, in a process of its own: passes every byte on half of <c>--round-trip</c> milliseconds late, in both directions.
/// Prints its endpoint; ends with its input.
/// </summary>
/// <remarks>A handshake costs a round trip as well. The slow start of TCP is not imitated.</remarks>
internal static class NetworkChild
{
    public const string Verb = "child-network";
    private const int Backlog = 4096;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var server = new IPEndPoint(IPAddress.Loopback, arguments.Number("port", 0));
        var oneWay = TimeSpan.FromMilliseconds(arguments.Number("round-trip", 0) / 2.0);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(Backlog);
        using var stop = new CancellationTokenSource();
        var accepting = AcceptAsync(listener, server, oneWay, stop.Token);
        Console.WriteLine($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await Console.In.ReadToEndAsync(CancellationToken.None);
        await stop.CancelAsync();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private static async Task AcceptAsync(TcpListener listener, IPEndPoint server, TimeSpan oneWay, CancellationToken stop)
    {
        while (true)
            _ = RelayAsync(await listener.AcceptSocketAsync(stop), server, oneWay, stop);
    }

    private static async Task RelayAsync(Socket client, IPEndPoint server, TimeSpan oneWay, CancellationToken stop)
    {
        using var upstream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await upstream.ConnectAsync(server, stop);
                // The first bytes are late by the handshake, too.
                var there = new DelayLine(client, upstream, oneWay, oneWay * 2).RunAsync(stop);
                var back = new DelayLine(upstream, client, oneWay, TimeSpan.Zero).RunAsync(stop);
                await Task.WhenAny(there, back);
                // Whichever side hangs up, what is under way to the client still arrives.
                await back;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // A client or the server has gone: the other side is told by the closing of its connection.
            }
        }
    }
}
