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
        {
            var client = await listener.AcceptSocketAsync(stop);
            Start(() => Relay(client, server, oneWay));
        }
    }

    private static void Relay(Socket client, IPEndPoint server, TimeSpan oneWay)
    {
        using var upstream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                upstream.Connect(server);
            }
            catch (SocketException)
            {
                // The client is told by the closing of its connection.
                return;
            }

            // The first bytes are late by the handshake, too.
            var there = Start(new DelayLine(client, upstream, oneWay, oneWay * 2).Run);
            new DelayLine(upstream, client, oneWay, TimeSpan.Zero).Run();
            // What was under way to the client has arrived, and nobody answers any more.
            try
            {
                client.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // It has gone before.
            }

            there.Join();
        }
    }

    private static Thread Start(ThreadStart run)
    {
        var thread = new Thread(run, maxStackSize: 256 * 1024) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
