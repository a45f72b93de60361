using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using S3ModelStore.TestServer.Recording;
using S3ModelStore.TestServer.Signing;

namespace S3ModelStore.TestServer;

/// <summary>An S3 server on 127.0.0.1 that keeps its objects in memory, checks every signature and fails when told to.</summary>
public sealed class S3TestServer : IAsyncDisposable
{
    public const string DefaultAccessKey = "TESTACCESSKEY";
    public const string DefaultSecretKey = "test-secret-planted-0123456789abcdef";

    private WebApplication _application;
    private int _port;

    private S3TestServer(S3TestServerOptions options)
    {
        Options = options;
        BytesPerSecondPerConnection = options.BytesPerSecondPerConnection;
        Objects = new ObjectCatalog(options.TimeProvider);
        Log = new RequestLog(options.LogCapacity, options.TimeProvider);
        Credentials.Accept(options.AccessKey, options.SecretKey, options.SessionToken);
        Certificate = options.UseTls ? LoopbackCertificate.Create() : null;
        _port = options.Port;
        _application = Build();
    }

    /// <summary>Scheme, address and port, without a slash at the end.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>
    /// The same by the name <c>localhost</c>; with a bucket's name and a dot in front the server understands it too.
    /// Resolving such names is up to the machine, so a test connects to 127.0.0.1 itself.
    /// </summary>
    public string LocalhostEndpoint => Endpoint.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public string AccessKey => Options.AccessKey;

    public string SecretKey => Options.SecretKey;

    public string Region => Options.Region;

    public ObjectCatalog Objects { get; }

    public FaultScript Faults { get; } = new();

    public RequestLog Log { get; }

    public AcceptedCredentials Credentials { get; } = new();

    /// <summary>What the server's clock is ahead of the time provider's.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Bodies on one connection are sent no faster than this.</summary>
    public long? BytesPerSecondPerConnection { get; set; }

    /// <summary>The self-signed certificate, when there is TLS.</summary>
    public X509Certificate2? Certificate { get; }

    internal S3TestServerOptions Options { get; }

    internal DateTimeOffset Now => Options.TimeProvider.GetUtcNow() + ClockOffset;

    public static async Task<S3TestServer> StartAsync(S3TestServerOptions? options = null)
    {
        var server = new S3TestServer(options ?? new S3TestServerOptions());
        await server._application.StartAsync();
        server.Endpoint = server._application.Services.GetRequiredService<IServer>()
            .Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        server._port = new Uri(server.Endpoint).Port;
        return server;
    }

    /// <summary>Every connection dies and new ones are refused, as when the server's process ends. Objects, faults and log stay.</summary>
    public Task CloseAsync() => _application.StopAsync(new CancellationToken(canceled: true));

    /// <summary>Listens again, on the same port.</summary>
    public async Task ReopenAsync()
    {
        await _application.DisposeAsync();
        _application = Build();
        await _application.StartAsync();
    }

    /// <summary>Ends at once: requests under way, stalled ones too, lose their connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        Certificate?.Dispose();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();

        // No buffer: a flush returns when the bytes are with the operating system, so that a fault after n bytes comes after n bytes.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.MaxWriteBufferSize = 1);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        var application = builder.Build();
        application.Run(new RequestHandler(this).HandleAsync);
        return application;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Listen(IPAddress.Loopback, _port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(CountConnections);
            if (Certificate is not null)
                listen.UseHttps(Certificate);
        });
    }

    private ConnectionDelegate CountConnections(ConnectionDelegate next) => async connection =>
    {
        Log.ConnectionOpened();
        try
        {
            await next(connection);
        }
        finally
        {
            Log.ConnectionClosed();
        }
    };
}
