using System.Net;
using System.Net.Sockets;
using S3ModelStore.Engine.Source.Http;
using S3ModelStore.Engine.Source.Transport;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>What leaves the socket is what was signed, or nothing.</summary>
public sealed class RequestOnTheWireTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_request_goes_out_as_it_is(string method)
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));

        await fixture.GetAsync(fixture.Request("/b/a%2Fb/../%2e?versionId=%41&x", method, new("x-amz-date", "20260102T030405Z"), new("range", "bytes=0-9"), new("X-Amz-Meta", "a,  b")));

        Assert.Equal(
            $"{method} /b/a%2Fb/../%2e?versionId=%41&x HTTP/1.1\r\nHost: store.example:{fixture.Server.Port}\r\nx-amz-date: 20260102T030405Z\r\nrange: bytes=0-9\r\nX-Amz-Meta: a,  b",
            Assert.Single(fixture.Server.Requests));
    }

    [Fact]
    public async Task A_request_may_be_longer_than_the_buffer()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Ok("a"), ScriptedAnswer.Ok("b"));
        var token = new string('t', 40_000);

        Assert.Equal("a", (await fixture.GetAsync(fixture.Request(headers: new SigV4Header("x-amz-security-token", token)))).Body);
        Assert.Equal("b", (await fixture.GetAsync()).Body);

        Assert.EndsWith("\r\nx-amz-security-token: " + token, fixture.Server.Requests[0], StringComparison.Ordinal);
        Assert.Equal($"GET /b/k HTTP/1.1\r\nHost: store.example:{fixture.Server.Port}", fixture.Server.Requests[1]);
        Assert.Equal(1, fixture.Server.Connections);
    }

    [Theory]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a\nX-Injected: 1")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("\r\n\r\nGET /other HTTP/1.1")]
    public async Task A_header_that_would_begin_another_is_not_sent(string value)
        => await AssertNotSentAsync(fixture => fixture.Request(headers: new SigV4Header("x-amz-meta", value)));

    [Theory]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a\0")]
    public async Task A_host_that_would_begin_a_header_is_not_sent(string host)
        => await AssertNotSentAsync(fixture => fixture.Request() with { Host = host });

    [Theory]
    [InlineData("/b/a b")]
    [InlineData("/b/a\r\nHost: other")]
    [InlineData("/b/\u00e9")]
    [InlineData("/b/\0")]
    [InlineData("/b/\u007f")]
    [InlineData("/b/a HTTP/1.1\r\n\r\nGET /other")]
    public async Task A_target_that_is_not_encoded_is_not_sent(string target)
        => await AssertNotSentAsync(fixture => fixture.Request(target));

    [Fact]
    public async Task An_address_of_version_6_is_reached()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "No IPv6.");
        using var fixture = new TransportFixture(new ScriptedServer(_ => ScriptedAnswer.Ok("six"), address: IPAddress.IPv6Loopback));
        var address = new Uri($"http://[::1]:{fixture.Server.Port}/");

        Assert.Equal("six", (await fixture.GetAsync(fixture.Request() with { Origin = HttpOrigin.Of(address) })).Body);
    }

    /// <summary>A name may lead to several addresses, of which some answer.</summary>
    [Fact]
    public async Task A_name_is_resolved()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Ok("named"));

        Assert.Equal("named", (await fixture.GetAsync(fixture.Request() with { Origin = fixture.Server.Origin with { Host = "localhost" } })).Body);
    }

    private static async Task AssertNotSentAsync(Func<TransportFixture, StoreRequest> request)
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Ok("right"));

        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.GetAsync(request(fixture)));

        // Nothing of it stands before the next one.
        Assert.Equal("right", (await fixture.GetAsync()).Body);
        Assert.Equal($"GET /b/k HTTP/1.1\r\nHost: store.example:{fixture.Server.Port}", Assert.Single(fixture.Server.Requests));
    }
}
