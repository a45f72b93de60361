using System.Net;
using System.Text;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Source.Http;
using S3ModelStore.Engine.Source.Transport;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>A scripted server and the way to it.</summary>
internal sealed class TransportFixture : IDisposable
{
    public static readonly S3ModelStoreOptions Options = new() { SkipCertificateCheck = true };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // Nothing is proxied, whatever the environment says.
    private static readonly WebProxy NoProxy = new();

    /// <param name="server">Disposed with this object.</param>
    /// <param name="options">How to connect; <see cref="Options"/> unless given.</param>
    /// <param name="proxy">None unless given.</param>
    /// <param name="clock">The machine's unless given.</param>
    public TransportFixture(ScriptedServer server, S3ModelStoreOptions? options = null, IWebProxy? proxy = null, TimeProvider? clock = null)
    {
        Server = server;
        Transport = Connect(options, proxy, clock);
    }

    public ScriptedServer Server { get; }

    public StoreTransport Transport { get; }

    /// <summary>Answers requests in turn.</summary>
    public static TransportFixture InTurn(params ScriptedAnswer[] answers) => new(ScriptedServer.InTurn(tls: false, answers));

    public static StoreTransport Connect(S3ModelStoreOptions? options = null, IWebProxy? proxy = null, TimeProvider? clock = null)
        => new(options ?? Options, clock ?? TimeProvider.System, proxy ?? NoProxy);

    /// <summary>On a thread that may wait, for as long as a broken test may take.</summary>
    public static Task<T> RunAsync<T>(Func<T> work)
        => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Patience);

    /// <summary>Reads to the end.</summary>
    public static string ReadAll(StoreAnswer answer, int bufferSize = 7000)
    {
        var body = new StringBuilder();
        var buffer = new byte[bufferSize];
        for (int read; (read = answer.Read(buffer, CancellationToken.None)) > 0;)
            body.Append(Encoding.Latin1.GetString(buffer, 0, read));
        return body.ToString();
    }

    public StoreRequest Request(string target = "/b/k", string method = "GET", params SigV4Header[] headers)
        => new(method, Server.Origin, $"store.example:{Server.Port}", target, headers);

    public StoreAnswer Send(StoreRequest? request = null, CancellationToken cancellation = default) => Transport.Send(request ?? Request(), cancellation);

    /// <summary>Sends, reads to the end, and leaves the connection to the next request if it may.</summary>
    public Task<Received> GetAsync(StoreRequest? request = null) => RunAsync(() => Get(request));

    public Received Get(StoreRequest? request = null)
    {
        using var answer = Send(request);
        return new Received(answer.Status, ReadAll(answer));
    }

    // The server first: it may hold somebody who waits.
    public void Dispose()
    {
        Server.Dispose();
        Transport.Dispose();
    }
}
