using System.Net;
using S3ModelStore.Engine.Source.Http;
using S3ModelStore.Engine.Source.Transport;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>Behind a proxy the same requests, answers and cancellation, by other means.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task A_request_goes_to_the_proxy_as_it_is()
    {
        using var proxy = ScriptedServer.InTurn(tls: false, ScriptedAnswer.Of($"HTTP/1.1 206 Partial Content\r\nETag: \"e\" \r\nx-list: a, b\r\nX-List: c\r\nContent-Length: 40000\r\n\r\n{AnswerSample.Long}"));
        using var transport = Through(proxy);

        await TransportFixture.RunAsync(() =>
        {
            using var answer = transport.Send(Request(new SigV4Header("range", "bytes=0-39999"), new SigV4Header("x-amz-meta", "a,  b")), CancellationToken.None);
            Assert.Equal(206, answer.Status);
            Assert.Equal(40_000, answer.ContentLength);
            Assert.Equal("\"e\"", answer.Header("etag"));
            Assert.Null(answer.Header("none"));
            Assert.Equal(["a", "b", "c"], answer.Elements("x-list"));
            Assert.Equal(AnswerSample.Long, TransportFixture.ReadAll(answer));
            return true;
        });

        var lines = Assert.Single(proxy.Requests).Split("\r\n");
        Assert.Equal("GET http://store.invalid/b/a%2Fb/../%2e?versionId=%41 HTTP/1.1", lines[0]);
        // Names of headers may be written as others know them.
        Assert.Equal(["host: store.invalid", "range: bytes=0-39999", "x-amz-meta: a,  b"], lines[1..].Order(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello")]
    public async Task Waiting_for_more_of_a_body_is_cancelled(string sent)
    {
        using var proxy = ScriptedServer.InTurn(tls: false, ScriptedAnswer.Of(sent));
        using var transport = Through(proxy);
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TransportFixture.RunAsync(() =>
        {
            using var answer = transport.Send(Request(), cancel.Token);
            var buffer = new byte[100];
            for (var left = 5; left > 0;)
                left -= answer.Read(buffer, cancel.Token);
            cancel.CancelAfter(TimeSpan.FromMilliseconds(30));
            return answer.Read(buffer, cancel.Token);
        }));
    }

    [Fact]
    public async Task Waiting_for_a_head_is_cancelled()
    {
        using var proxy = ScriptedServer.InTurn(tls: false);
        using var transport = Through(proxy);
        using var cancel = new CancellationTokenSource();

        var waiting = Assert.ThrowsAnyAsync<OperationCanceledException>(() => TransportFixture.RunAsync(() => transport.Send(Request(), cancel.Token)));
        proxy.AwaitRequest();
        await cancel.CancelAsync();

        await waiting;
    }

    [Fact]
    public async Task A_proxy_that_never_answers_takes_too_long()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is refused.");
        using var deaf = DeafListener.WithoutRoom();
        using var transport = TransportFixture.Connect(
            TransportFixture.Options with { ConnectTimeout = TimeSpan.FromMilliseconds(200) },
            new WebProxy(deaf.Request.Origin.Host, deaf.Request.Origin.Port));

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => TransportFixture.RunAsync(() => transport.Send(Request(), CancellationToken.None)));

        Assert.IsType<TimeoutException>(error.InnerException);
    }

    [Fact]
    public async Task What_the_proxy_bypasses_goes_directly()
    {
        using var proxy = ScriptedServer.InTurn(tls: false);
        using var fixture = new TransportFixture(
            ScriptedServer.InTurn(tls: false, ScriptedAnswer.Ok("direct")),
            proxy: new WebProxy($"http://127.0.0.1:{proxy.Port}", BypassOnLocal: false, [@"127\.0\.0\.1"]));

        Assert.Equal("direct", (await fixture.GetAsync()).Body);

        Assert.StartsWith("GET /b/k HTTP/1.1\r\n", Assert.Single(fixture.Server.Requests), StringComparison.Ordinal);
        Assert.Equal(0, proxy.Connections);
    }

    [Fact]
    public async Task Nothing_goes_to_the_store_past_its_proxy()
    {
        using var proxy = ScriptedServer.InTurn(tls: false, ScriptedAnswer.Ok("proxied"));
        using var fixture = new TransportFixture(ScriptedServer.InTurn(tls: false), proxy: new WebProxy($"http://127.0.0.1:{proxy.Port}"));
        var origin = fixture.Server.Origin;

        Assert.Equal("proxied", (await fixture.GetAsync(fixture.Request() with { Host = $"{origin.Host}:{origin.Port}" })).Body);

        Assert.StartsWith($"GET http://127.0.0.1:{origin.Port}/b/k HTTP/1.1\r\n", Assert.Single(proxy.Requests), StringComparison.Ordinal);
        Assert.Equal(0, fixture.Server.Connections);
    }

    private static StoreTransport Through(ScriptedServer proxy) => TransportFixture.Connect(proxy: new WebProxy($"http://127.0.0.1:{proxy.Port}"));

    private static StoreRequest Request(params SigV4Header[] headers)
        => new("GET", new HttpOrigin(IsTls: false, "store.invalid", 80), "store.invalid", "/b/a%2Fb/../%2e?versionId=%41", headers);
}
