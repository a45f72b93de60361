using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Peers;

namespace S3ModelStore.Benchmarks.Neutral;

/// <summary>A running nginx over an <see cref="Origin"/>. It favours nobody: static files, sendfile, two workers.</summary>
internal sealed class NginxServer : IDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;
    private readonly string _configuration;
    private readonly string _log;
    private readonly Dictionary<Front, int> _ports;
    private long _read;

    private NginxServer(Process process, string configuration, Dictionary<Front, int> ports)
    {
        _process = process;
        _configuration = configuration;
        _log = Path.Combine(Path.GetDirectoryName(configuration)!, "access.log");
        _ports = ports;
    }

    /// <param name="origin">What to serve.</param>
    /// <param name="bytesPerSecond">Of each connection to the plain front; 0 for no limit.</param>
    public static async Task<NginxServer> StartAsync(Origin origin, int bytesPerSecond)
    {
        var ports = FreePorts();
        var configuration = NginxConfiguration.Write(origin.Directory, ports[Front.Plain], ports[Front.Tls], ports[Front.Md5]);
        using var paced = bytesPerSecond == 0 ? null : new PacedListener(ports[Front.Plain], bytesPerSecond);
        var server = new NginxServer(Start(configuration, paced?.Announcement), configuration, ports);
        for (var attempt = 0; !await AcceptsAsync(ports[Front.Tls]); attempt++)
        {
            if (attempt == 100 || server._process.HasExited)
                throw new InvalidOperationException("nginx did not start: " + await File.ReadAllTextAsync(ErrorLog(configuration)));
            await Task.Delay(Settling);
        }

        return server;
    }

    public int Port(Front front) => _ports[front];

    /// <summary>What was asked for since the last call, by the access log.</summary>
    public async Task<ServerCounts> CountAsync()
    {
        // A request is logged when nginx is done with it, which may be after its client is.
        await Task.Delay(Settling);
        await using var log = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = _read;
        using var reader = new StreamReader(log);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _read = log.Position;
        var entries = lines.Select(line => line.Split(' ')).ToList();
        return new ServerCounts(entries.Count, entries.DistinctBy(entry => entry[0], StringComparer.Ordinal).Count(), PeakConcurrency: 0, CpuSeconds: 0)
        {
            BodyBytes = entries.Sum(entry => long.Parse(entry[1], System.Globalization.CultureInfo.InvariantCulture)),
        };
    }

    public void Dispose()
    {
        // Killing the master would leave its workers.
        using (var stop = Start(_configuration, inherited: null, "-s", "stop"))
            stop.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Start(string configuration, string? inherited, params IEnumerable<string> more)
    {
        var start = new ProcessStartInfo(Requirements.Nginx) { UseShellExecute = false };
        if (inherited is not null)
            start.Environment["NGINX"] = inherited;
        foreach (var argument in (string[])["-c", configuration, "-e", ErrorLog(configuration), .. more])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string ErrorLog(string configuration) => Path.Combine(Path.GetDirectoryName(configuration)!, "error.log");

    private static Dictionary<Front, int> FreePorts()
    {
        // All are held until all are known, or two could be one.
        var listeners = Enum.GetValues<Front>().ToDictionary(front => front, _ => new TcpListener(IPAddress.Loopback, 0));
        foreach (var listener in listeners.Values)
            listener.Start();
        var ports = listeners.ToDictionary(pair => pair.Key, pair => ((IPEndPoint)pair.Value.LocalEndpoint).Port);
        foreach (var listener in listeners.Values)
            listener.Dispose();
        return ports;
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
