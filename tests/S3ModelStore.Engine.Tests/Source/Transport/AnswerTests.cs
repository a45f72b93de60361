using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>Answers as stores send them, in whatever pieces they come.</summary>
public sealed class AnswerTests
{
    public static TheoryData<string> Samples => AnswerSample.Names;

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task An_answer_is_understood(string name)
        => await AssertUnderstoodAsync(AnswerSample.Of(name), answer => answer);

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task An_answer_that_comes_byte_by_byte_is_understood(string name)
        => await AssertUnderstoodAsync(AnswerSample.Of(name), answer => answer.ByteByByte());

    /// <summary>Over a stream, because a socket brings pieces that follow one another closely as one.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void An_answer_is_understood_wherever_it_is_cut(string name)
    {
        var sample = AnswerSample.Of(name);
        // Long ones are cut around the places where a buffer of ours ends.
        var cuts = Enumerable.Range(0, sample.Wire.Length).Where(at => sample.Wire.Length < 1000 || at % (4 * 1024) is < 2 or > (4 * 1024) - 2);

        Assert.All(cuts, at =>
        {
            using var connection = new PiecewiseConnection(sample.Wire[..at], sample.Wire[at..]);
            Assert.Equal(sample.Body, ReadAll(connection, sample));
        });
        using var single = new PiecewiseConnection([.. sample.Wire.Select(each => each.ToString())]);
        Assert.Equal(sample.Body, ReadAll(single, sample));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4999)]
    [InlineData(100_000)]
    public async Task A_body_is_read_in_whatever_portions_are_asked_for(int bufferSize)
    {
        using var fixture = new TransportFixture(new ScriptedServer(head => ScriptedAnswer.Of(AnswerSample.Of(head.Contains("/chunks ", StringComparison.Ordinal) ? "Long chunks" : "A long body").Wire)));

        var (whole, chunks) = await TransportFixture.RunAsync(() =>
        {
            using var whole = fixture.Send();
            var first = TransportFixture.ReadAll(whole, bufferSize);
            using var chunks = fixture.Send(fixture.Request("/chunks"));
            return (first, TransportFixture.ReadAll(chunks, bufferSize));
        });

        Assert.Equal(AnswerSample.Long, whole);
        Assert.Equal(AnswerSample.Long, chunks);
    }

    [Fact]
    public async Task Headers_are_found()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Of(
            "HTTP/1.1 206 Partial Content\r\nETag: \"e\" \r\nX-List: a, b\r\nx-list:c,,\r\nLast-Modified: Fri, 02 Jan 2026 03:04:05 GMT\r\nContent-Length: 5\r\n\r\nhello"));

        await TransportFixture.RunAsync(() =>
        {
            using var answer = fixture.Send();
            Assert.Equal(206, answer.Status);
            Assert.True(answer.IsSuccess);
            Assert.Equal(5, answer.ContentLength);
            Assert.Equal("\"e\"", answer.Header("etag"));
            Assert.Null(answer.Header("eta"));
            Assert.Null(answer.Header("etags"));
            Assert.Equal("a, b", answer.Header("X-List"));
            Assert.Equal(["a", "b", "c"], answer.Elements("X-List"));
            Assert.Empty(answer.Elements("none"));
            Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), answer.Date("Last-Modified"));
            Assert.Null(answer.Date("ETag"));
            return answer;
        });
    }

    [Fact]
    public async Task The_length_of_what_a_HEAD_asks_about_is_told()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Of("HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n"));

        Assert.Equal(5_000_000_000, await TransportFixture.RunAsync(() =>
        {
            using var answer = fixture.Send(fixture.Request(method: "HEAD"));
            return answer.ContentLength;
        }));
    }

    [Fact]
    public async Task Nothing_more_comes_behind_the_end()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Ok("hello"));

        await TransportFixture.RunAsync(() =>
        {
            using var answer = fixture.Send();
            Assert.Equal("hello", TransportFixture.ReadAll(answer));
            Assert.Equal(0, answer.Read(new byte[10], CancellationToken.None));
            answer.Dispose();
            Assert.Throws<ObjectDisposedException>(() => answer.Read(new byte[10], CancellationToken.None));
            return answer;
        });
    }

    private static string ReadAll(PiecewiseConnection connection, AnswerSample sample)
    {
        using var answer = connection.Exchange(sample.Method, CancellationToken.None);
        Assert.Equal(sample.Status, answer.Status);
        return TransportFixture.ReadAll(answer);
    }

    private static async Task AssertUnderstoodAsync(AnswerSample sample, Func<ScriptedAnswer, ScriptedAnswer> inPieces)
    {
        var answer = inPieces(ScriptedAnswer.Of(sample.Wire)) with { Closes = sample.Closes };
        using var fixture = TransportFixture.InTurn(answer, ScriptedAnswer.Ok("next"), ScriptedAnswer.Ok("next"));

        var received = await fixture.GetAsync(fixture.Request(method: sample.Method));

        Assert.Equal(sample.Status, received.Status);
        Assert.Equal(sample.Body, received.Body);
        // Nothing of it is left over for the next request.
        Assert.Equal("next", (await fixture.GetAsync()).Body);
    }
}
