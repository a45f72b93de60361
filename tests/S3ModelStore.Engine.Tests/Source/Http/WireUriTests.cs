using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using S3ModelStore.Engine.Source.Http;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Http;

/// <summary>What really leaves the socket: no HTTP library on the other side that could tidy it up again.</summary>
public sealed class WireUriTests
{
    public static TheoryData<string> AwkwardKeys =>
    [
        "", "plain.json", "a/../b", "../b", "..", ".", "./x", "a/./b", "a/..", "%2E", "%2E%2E/b", "%41", "%2D", "%", "%zz", "%00", "a+b c", "é", "e\u0301",
        "\U0001F999/\u4f60\u597d", "#?&=", "a?b", "a#b", "trailing/", "/", "//", "/leading", "a//b", "a\\b", "a|b\"c<d>e^f`g{h}i",
        "!*'();:@,$[]", " leading and trailing ", "\t\u0001\u001f\u007f", "\u0085\u2028\u200b\ufeff", "~user", "http://other/x", "c:/x", "x.",
    ];

    [Theory]
    [MemberData(nameof(AwkwardKeys))]
    public async Task Sends_the_path_that_was_signed(string key)
    {
        var path = S3PathEncoder.Path("/bucket/", key);
        var (line, host, address) = await RequestAsync(IPAddress.Loopback, path, "", proxied: false);
        Assert.Equal($"GET {path} HTTP/1.1", line);
        Assert.Equal(WireUri.HostHeader(address), host);
        Assert.Equal("/bucket/" + key, Uri.UnescapeDataString(path));
    }

    [Theory]
    [MemberData(nameof(AwkwardKeys))]
    public async Task Sends_the_path_and_query_that_were_signed_through_a_proxy(string key)
    {
        var path = S3PathEncoder.Path("/", key);
        var query = "versionId=" + S3PathEncoder.Query(key);
        var (line, host, address) = await RequestAsync(IPAddress.Loopback, path, query, proxied: true);
        Assert.Equal($"GET http://{WireUri.HostHeader(address)}{path}?{query} HTTP/1.1", line);
        Assert.Equal(WireUri.HostHeader(address), host);
    }

    [Fact]
    public async Task Signs_the_host_that_is_sent_to_an_IPv6_address()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "No IPv6.");
        var (_, host, address) = await RequestAsync(IPAddress.IPv6Loopback, "/b/k", "", proxied: false);
        Assert.StartsWith("[::1]:", host, StringComparison.Ordinal);
        Assert.Equal(WireUri.HostHeader(address), host);
    }

    [Theory]
    [InlineData("https://s3.eu-central-1.amazonaws.com", "s3.eu-central-1.amazonaws.com")]
    [InlineData("https://minio.example.com:443/base", "minio.example.com")]
    [InlineData("http://minio.example.com:443", "minio.example.com:443")]
    [InlineData("http://minio.example.com:80", "minio.example.com")]
    [InlineData("http://MINIO.example.com:9000/", "minio.example.com:9000")]
    [InlineData("http://bücher.example:9000", "xn--bcher-kva.example:9000")]
    [InlineData("http://[::1]:9000/", "[::1]:9000")]
    [InlineData("http://[fe80::1%25eth0]/", "[fe80::1]")]
    public void Names_the_host_as_it_is_sent(string endpoint, string host)
    {
        var uri = new Uri(endpoint);
        Assert.Equal(host, WireUri.HostHeader(uri));
        Assert.Equal($"{uri.Scheme}://{host}", WireUri.Origin(uri));
    }

    private static async Task<(string Line, string Host, Uri Address)> RequestAsync(IPAddress address, string path, string query, bool proxied)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(address, 0);
        listener.Start();
        var endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{listener.LocalEndpoint}"));
        var target = WireUri.Create(proxied ? "http://store.example:9000" : WireUri.Origin(endpoint), path, query);
        using var handler = new SocketsHttpHandler { UseProxy = proxied, Proxy = proxied ? new WebProxy(endpoint) : null };
        using var client = new HttpClient(handler);

        var answer = AnswerAsync(listener, cancel);
        using var response = await client.GetAsync(target, cancel);
        var head = await answer;
        var host = head.Single(l => l.StartsWith("Host: ", StringComparison.Ordinal))["Host: ".Length..];
        return (head[0], host, target);
    }

    private static async Task<string[]> AnswerAsync(TcpListener listener, CancellationToken cancel)
    {
        using var socket = await listener.AcceptSocketAsync(cancel);
        var bytes = new byte[16 * 1024];
        var length = 0;
        while (bytes.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
            length += await socket.ReceiveAsync(bytes.AsMemory(length), SocketFlags.None, cancel);
        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), SocketFlags.None, cancel);
        return Encoding.Latin1.GetString(bytes, 0, length).Split("\r\n");
    }
}
