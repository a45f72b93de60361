using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using S3ModelStore.Engine.Source.Transport;
using S3ModelStore.TestServer;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>
/// Reads heads of requests and sends what it was told, right or wrong: no HTTP library that would tidy it up. It has threads of its own, so
/// that callers which block the pool's cannot starve it.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Func<string, ScriptedAnswer> _script;
    private readonly X509Certificate2? _certificate;
    private readonly Socket _listener;
    private readonly Lock _gate = new();
    private readonly List<Thread> _threads = [];
    private readonly List<Socket> _sockets = [];
    private readonly List<string> _requests = [];
    private readonly SemaphoreSlim _asked = new(0);
    private readonly SemaphoreSlim _answered = new(0);
    private readonly SemaphoreSlim _closed = new(0);
    private bool _isDisposed;

    /// <param name="script">Answers the head of a request; called from several threads.</param>
    /// <param name="tls">Behind a certificate nobody vouches for.</param>
    /// <param name="address">Where it listens.</param>
    public ScriptedServer(Func<string, ScriptedAnswer> script, bool tls = false, IPAddress? address = null)
    {
        _script = script;
        _certificate = tls ? LoopbackCertificate.Create() : null;
        address ??= IPAddress.Loopback;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Origin = new HttpOrigin(tls, address.ToString(), Port);
        Start(Accept);
    }

    public int Port { get; }

    public HttpOrigin Origin { get; }

    /// <summary>Connections accepted so far.</summary>
    public int Connections
    {
        get
        {
            lock (_gate)
                return _sockets.Count;
        }
    }

    /// <summary>Heads of all requests, in the order they came, without the empty line at their end.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Each request in its turn gets the next answer; behind the last there is silence.</summary>
    public static ScriptedServer InTurn(bool tls, params ScriptedAnswer[] answers)
    {
        var next = -1;
        return new ScriptedServer(_ => Interlocked.Increment(ref next) is var turn && turn < answers.Length ? answers[turn] : ScriptedAnswer.Silence, tls);
    }

    /// <summary>Once a request is there that was not waited for yet.</summary>
    public void AwaitRequest() => Await(_asked);

    /// <summary>Once the whole of an answer is sent.</summary>
    public void AwaitAnswered() => Await(_answered);

    /// <summary>Once the client's system knows that a connection was closed.</summary>
    public void AwaitClosed() => Await(_closed);

    public void Dispose()
    {
        Thread[] threads;
        lock (_gate)
        {
            _isDisposed = true;
            _listener.Dispose();
            _sockets.ForEach(socket => socket.Dispose());
            threads = [.. _threads];
        }

        foreach (var thread in threads)
        {
            if (!thread.Join(Patience))
                throw new TimeoutException("A thread of the server does not end.");
        }

        _certificate?.Dispose();
        _asked.Dispose();
        _answered.Dispose();
        _closed.Dispose();
    }

    private static void Await(SemaphoreSlim signal)
    {
        if (!signal.Wait(Patience))
            throw new TimeoutException("The server waits for something that does not happen.");
    }

    private static string? ReadHead(Stream stream)
    {
        var bytes = new List<byte>();
        for (int next; (next = stream.ReadByte()) >= 0;)
        {
            bytes.Add((byte)next);
            if (bytes is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
                return Encoding.Latin1.GetString([.. bytes[..^4]]);
        }

        return null;
    }

    private void Start(Action work)
    {
        var thread = new Thread(() => Quietly(work)) { IsBackground = true };
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _threads.Add(thread);
            thread.Start();
        }
    }

    // What a client does to its connection is the test's matter; here it only ends it.
    private static void Quietly(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            return;
        }
    }

    private void Accept()
    {
        while (true)
        {
            var socket = _listener.Accept();
            socket.NoDelay = true;
            lock (_gate)
            {
                _sockets.Add(socket);
                if (_isDisposed)
                    socket.Dispose();
            }

            Start(() => Serve(socket));
        }
    }

    private void Serve(Socket socket)
    {
        using (var plain = new NetworkStream(socket, ownsSocket: true))
        using (Stream stream = _certificate is null ? plain : Secure(plain))
        {
            while (ReadHead(stream) is { } head)
            {
                if (!Answer(stream, head))
                    break;
            }

            // Closing waits until the other side has it.
            socket.LingerState = new LingerOption(enable: true, seconds: 10);
        }

        _closed.Release();
    }

    private SslStream Secure(NetworkStream plain)
    {
        var stream = new SslStream(plain);
        stream.AuthenticateAsServer(_certificate!);
        return stream;
    }

    private bool Answer(Stream stream, string head)
    {
        lock (_gate)
            _requests.Add(head);
        _asked.Release();
        var answer = _script(head);
        foreach (var piece in answer.Pieces)
            stream.Write(piece);
        _answered.Release();
        return !answer.Closes;
    }
}
