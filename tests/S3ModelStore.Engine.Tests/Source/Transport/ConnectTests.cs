using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Source.Transport;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>Why there is no connection: the innermost reason becomes the user's message.</summary>
public sealed class ConnectTests
{
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_server_that_never_begins_TLS_takes_too_long()
    {
        using var deaf = DeafListener.WithoutTls();

        await AssertFailsInTimeAsync(deaf);
    }

    [Fact]
    public async Task A_server_that_never_answers_takes_too_long()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is refused.");
        using var deaf = DeafListener.WithoutRoom();

        await AssertFailsInTimeAsync(deaf);
    }

    [Fact]
    public async Task A_connection_that_came_in_time_stays()
    {
        using var fixture = new TransportFixture(new ScriptedServer(_ => ScriptedAnswer.Ok("hello"), tls: true), TransportFixture.Options with { ConnectTimeout = TimeSpan.FromSeconds(2) });

        Assert.Equal("hello", (await fixture.GetAsync()).Body);
        Assert.Equal("hello", (await fixture.GetAsync()).Body);
        Assert.Equal(1, fixture.Server.Connections);
    }

    [Fact]
    public async Task Where_nobody_listens_the_connection_is_refused()
    {
        // Bound, so that nobody else gets the port.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var request = new StoreRequest("GET", new HttpOrigin(IsTls: false, "127.0.0.1", ((IPEndPoint)bound.LocalEndPoint!).Port), "store.example", "/b/k", []);

        var error = await AssertFailsAsync(request);

        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(error.GetBaseException()).SocketErrorCode);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused()
    {
        using var server = ScriptedServer.InTurn(tls: true);
        using var transport = TransportFixture.Connect(new S3ModelStoreOptions());

        var error = await AssertFailsAsync(transport, new StoreRequest("GET", server.Origin, "store.example", "/b/k", []));

        Assert.Equal(HttpRequestError.SecureConnectionError, error.HttpRequestError);
        Assert.IsType<AuthenticationException>(error.GetBaseException());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_server_without_TLS_is_refused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var origin = new HttpOrigin(IsTls: true, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

        var failing = AssertFailsAsync(new StoreRequest("GET", origin, "store.example", "/b/k", []));
        using var socket = await listener.AcceptSocketAsync();
        await socket.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        Assert.Equal(HttpRequestError.SecureConnectionError, (await failing).HttpRequestError);
    }

    private static async Task AssertFailsInTimeAsync(DeafListener deaf)
    {
        using var transport = TransportFixture.Connect(TransportFixture.Options with { ConnectTimeout = ShortTimeout });

        var error = await AssertFailsAsync(transport, deaf.Request);

        // Not the aborted socket: that is not why it ended.
        Assert.IsType<TimeoutException>(error.GetBaseException());
    }

    private static async Task<HttpRequestException> AssertFailsAsync(StoreRequest request)
    {
        using var transport = TransportFixture.Connect();
        return await AssertFailsAsync(transport, request);
    }

    private static Task<HttpRequestException> AssertFailsAsync(StoreTransport transport, StoreRequest request)
        => Assert.ThrowsAsync<HttpRequestException>(() => TransportFixture.RunAsync(() => transport.Send(request, CancellationToken.None)));
}
