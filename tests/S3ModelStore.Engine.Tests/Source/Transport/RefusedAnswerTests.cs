using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>What is odd is refused: taken for an answer, it would become wrong bytes in a file.</summary>
public sealed class RefusedAnswerTests
{
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static readonly Dictionary<string, string> Odd = new(StringComparer.Ordinal)
    {
        ["No HTTP"] = "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        ["Another protocol's name"] = "ICY 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["HTTP in small letters"] = "http/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["HTTP/2"] = "HTTP/2.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["HTTP/1.2"] = "HTTP/1.2 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["A status of two digits"] = "HTTP/1.1 20 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["A status of four digits"] = "HTTP/1.1 2000 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["A status below 100"] = "HTTP/1.1 099 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["A status that is no number"] = "HTTP/1.1 +20 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["No status"] = "HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
        ["Two spaces before the status"] = "HTTP/1.1  200 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["An empty line first"] = "\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["A line without a colon"] = "HTTP/1.1 200 OK\r\nContent-Length 5\r\n\r\nhello",
        ["A line without a name"] = "HTTP/1.1 200 OK\r\n: 5\r\nContent-Length: 5\r\n\r\nhello",
        ["A space before the colon"] = "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
        ["A folded line"] = "HTTP/1.1 200 OK\r\nx-amz-meta: a\r\n b\r\nContent-Length: 5\r\n\r\nhello",
        ["A folded line with a colon"] = "HTTP/1.1 200 OK\r\nx-amz-meta: a\r\n Content-Length: 3\r\nContent-Length: 5\r\n\r\nhello",
        ["A folded line behind a tab"] = "HTTP/1.1 200 OK\r\nx-amz-meta: a\r\n\tb:\r\nContent-Length: 5\r\n\r\nhello",
        ["A name that is none"] = "HTTP/1.1 200 OK\r\nContent\u00e9Length: 5\r\n\r\nhello",
        ["A line that ends within itself"] = "HTTP/1.1 200 OK\r\nx-amz-meta: a\rContent-Length: 3\r\nContent-Length: 5\r\n\r\nhello",
        ["Lengths that differ"] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        ["Lengths that differ in one line"] = "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello!",
        ["Lengths that are written differently"] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 05\r\n\r\nhello",
        ["A length and an empty one"] = "HTTP/1.1 200 OK\r\nContent-Length:\r\nContent-Length: 5\r\n\r\nhello",
        ["A negative length"] = "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        ["A length with a sign"] = "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        ["A length that is no number"] = "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
        ["A length in hexadecimal"] = "HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello",
        ["A length with a fraction"] = "HTTP/1.1 200 OK\r\nContent-Length: 5.0\r\n\r\nhello",
        ["A length with a NUL"] = "HTTP/1.1 200 OK\r\nContent-Length: 5\0\r\n\r\nhello",
        ["A length beyond numbers"] = "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\nhello",
        ["An empty length"] = "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nhello",
        ["A coding nobody asked for"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        ["A coding nobody knows"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: x\r\nContent-Length: 5\r\n\r\nhello",
        ["Chunked twice"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        ["An empty coding"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\nContent-Length: 5\r\n\r\nhello",
        ["An endless head"] = "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("x-amz-meta: m\r\n", 5_000)),
        ["An endless header"] = "HTTP/1.1 200 OK\r\nx-amz-meta: " + new string('m', 70_000),
        ["A chunk's length that is no number"] = Chunked + "five\r\nhello\r\n0\r\n\r\n",
        ["A chunk without a length"] = Chunked + "\r\nhello\r\n0\r\n\r\n",
        ["A chunk with an extension alone"] = Chunked + ";a\r\nhello\r\n0\r\n\r\n",
        ["A chunk's length with a prefix"] = Chunked + "0x5\r\nhello\r\n0\r\n\r\n",
        ["A chunk's negative length"] = Chunked + "-5\r\nhello\r\n0\r\n\r\n",
        ["A chunk's length behind white space"] = Chunked + " 5\r\nhello\r\n0\r\n\r\n",
        ["A chunk's length with a NUL"] = Chunked + "5\0\r\nhello\r\n0\r\n\r\n",
        ["A chunk's length beyond numbers"] = Chunked + "8000000000000000\r\nhello\r\n0\r\n\r\n",
        ["A chunk's length of too many digits"] = Chunked + "00000000000000000005\r\nhello\r\n0\r\n\r\n",
        ["A chunk that is longer than told"] = Chunked + "5\r\nhello!\r\n0\r\n\r\n",
        ["A chunk that is shorter than told"] = Chunked + "6\r\nhello\r\n0\r\n\r\n\r\n",
        ["A chunk without its end"] = Chunked + "5\r\nhello0\r\n\r\n",
        ["Chunks whose lines end in LF alone"] = Chunked + "5\nhello\n0\n\n",
        ["An endless extension"] = Chunked + "5;" + new string('x', 20_000),
        ["An endless trailer"] = Chunked + "0\r\nx: " + new string('x', 20_000),
        ["Endless trailers"] = Chunked + "0\r\n" + string.Concat(Enumerable.Repeat("x: x\r\n", 1_000)),
    };

    private static readonly Dictionary<string, string> CutOff = new(StringComparer.Ordinal)
    {
        ["Before the head"] = "",
        ["In the status"] = "HTTP/1.1 20",
        ["In a header"] = "HTTP/1.1 200 OK\r\nContent-Len",
        ["Before the head's last line"] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n",
        ["In the head's last line"] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r",
        ["Behind what announces the answer"] = "HTTP/1.1 100 Continue\r\n\r\n",
        ["Before a body"] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        ["In a body"] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        ["In a long body"] = "HTTP/1.1 200 OK\r\nContent-Length: 40001\r\n\r\n" + AnswerSample.Long,
        ["Before a chunk"] = Chunked,
        ["In a chunk's length"] = Chunked + "5",
        ["In a chunk's length's end"] = Chunked + "5\r",
        ["Behind a chunk's length"] = Chunked + "5\r\n",
        ["In a chunk"] = Chunked + "5\r\nhell",
        ["In a long chunk"] = Chunked + "9c41\r\n" + AnswerSample.Long,
        ["Behind a chunk"] = Chunked + "5\r\nhello",
        ["Before the last chunk"] = Chunked + "5\r\nhello\r\n",
        ["Behind the last chunk"] = Chunked + "5\r\nhello\r\n0\r\n",
        ["In a trailer"] = Chunked + "5\r\nhello\r\n0\r\nx-amz-checksum-crc32: AAA",
        ["Behind a trailer"] = Chunked + "5\r\nhello\r\n0\r\nx-amz-checksum-crc32: AAAAAA==\r\n",
    };

    public static TheoryData<string> OddNames => [.. Odd.Keys];

    public static TheoryData<string> CutOffNames => [.. CutOff.Keys];

    /// <summary>At once: the connection stays open, and nobody waits for its end.</summary>
    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task An_odd_answer_is_refused(string name)
    {
        var answer = ScriptedAnswer.Of(Odd[name]);
        await AssertRefusedAsync<HttpRequestException>(answer);
        await AssertRefusedAsync<HttpRequestException>(answer.ByteByByte());
    }

    [Theory]
    [MemberData(nameof(CutOffNames))]
    public async Task An_answer_that_is_cut_off_is_refused(string name)
    {
        var answer = ScriptedAnswer.Of(CutOff[name]).ThenClose();
        await AssertRefusedAsync<HttpIOException>(answer);
        await AssertRefusedAsync<HttpIOException>(answer.ByteByByte());
    }

    /// <summary>Over TLS too, where a connection can end without saying so.</summary>
    [Fact]
    public async Task A_body_that_is_cut_off_within_TLS_is_refused()
    {
        using var fixture = new TransportFixture(ScriptedServer.InTurn(tls: true, ScriptedAnswer.Of(CutOff["In a long body"]).ThenClose()));

        await Assert.ThrowsAnyAsync<IOException>(() => fixture.GetAsync());
    }

    private static async Task AssertRefusedAsync<TException>(ScriptedAnswer answer)
        where TException : Exception
    {
        using var fixture = TransportFixture.InTurn(answer, ScriptedAnswer.Ok("next"));

        await Assert.ThrowsAsync<TException>(() => fixture.GetAsync());

        Assert.Equal(1, fixture.Server.Connections);
        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(2, fixture.Server.Connections);
    }
}
