using Microsoft.Extensions.Time.Testing;
using S3ModelStore.Engine.Source.Transport;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>Which connection a request goes over. One too many costs time; the wrong one, another object's bytes.</summary>
public sealed class ReuseTests
{
    private const string Forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_read_to_its_end_leaves_the_connection_to_the_next(bool tls)
    {
        using var fixture = new TransportFixture(ScriptedServer.InTurn(
            tls,
            ScriptedAnswer.Ok("one"),
            ScriptedAnswer.Of($"HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n{AnswerSample.Long}"),
            ScriptedAnswer.Of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"),
            ScriptedAnswer.Of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            ScriptedAnswer.Of("HTTP/1.1 204 No Content\r\n\r\n"),
            ScriptedAnswer.Of("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 5\r\n\r\nthree"),
            ScriptedAnswer.Of("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nfour"),
            ScriptedAnswer.Of("HTTP/1.1 200 OK\r\nConnection: closed, closet\r\nContent-Length: 4\r\n\r\nfive")));

        Assert.Equal(
            ["one", AnswerSample.Long, "two", "", "", "three", "four", "five"],
            await TransportFixture.RunAsync(() => Enumerable.Range(0, 8).Select(_ => fixture.Get().Body).ToArray()));
        Assert.Equal(1, fixture.Server.Connections);
    }

    [Fact]
    public async Task Only_an_answer_over_a_connection_that_was_open_tells_how_far_the_store_is()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Ok("one"), ScriptedAnswer.Ok("two"));

        var waits = await TransportFixture.RunAsync(() => Enumerable.Range(0, 2).Select(_ =>
        {
            using var answer = fixture.Send();
            while (answer.Read(new byte[100], CancellationToken.None) > 0)
                continue;
            return answer.WarmWait;
        }).ToArray());

        Assert.Null(waits[0]);
        Assert.NotNull(waits[1]);
    }

    [Fact]
    public async Task The_answer_to_a_HEAD_leaves_the_connection_to_the_next()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), ScriptedAnswer.Ok("next"));

        await fixture.GetAsync(fixture.Request(method: "HEAD"));

        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(1, fixture.Server.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9c40\r\n", false)]
    public async Task An_answer_disposed_before_its_end_takes_the_connection_with_it(string head, bool tls)
    {
        using var fixture = new TransportFixture(ScriptedServer.InTurn(tls, ScriptedAnswer.Of(head + AnswerSample.Long + "\r\n0\r\n\r\n"), ScriptedAnswer.Ok("next")));

        await TransportFixture.RunAsync(() =>
        {
            using var answer = fixture.Send();
            return answer.Read(new byte[100], CancellationToken.None);
        });

        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(2, fixture.Server.Connections);
    }

    /// <summary>What is still to come does not show yet, and will come before the next answer.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello")]
    public async Task An_answer_disposed_before_its_end_came_takes_the_connection_with_it(string sent)
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Of(sent), ScriptedAnswer.Ok("next"));

        Assert.Equal(5, await TransportFixture.RunAsync(() =>
        {
            using var answer = fixture.Send();
            return answer.Read(new byte[5], CancellationToken.None);
        }));

        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(2, fixture.Server.Connections);
    }

    [Fact]
    public async Task A_body_nobody_read_takes_the_connection_with_it()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Ok("hello"), ScriptedAnswer.Ok("next"));

        await TransportFixture.RunAsync(() =>
        {
            using var answer = fixture.Send();
            return answer.Status;
        });

        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(2, fixture.Server.Connections);
    }

    /// <summary>The server waits for a next request in spite of what it said: only the answer's words count.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nconnection: x, Close\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    public async Task A_connection_that_will_be_closed_is_not_used_again(string answer)
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Of(answer), ScriptedAnswer.Ok("next"));

        Assert.Equal("hello", (await fixture.GetAsync()).Body);

        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(2, fixture.Server.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_the_store_closed_meanwhile_is_not_used_again(bool tls)
    {
        using var fixture = new TransportFixture(ScriptedServer.InTurn(tls, ScriptedAnswer.Ok("one").ThenClose(), ScriptedAnswer.Ok("two")));

        Assert.Equal("one", (await fixture.GetAsync(fixture.Request("/1"))).Body);
        fixture.Server.AwaitClosed();
        Assert.Equal("two", (await fixture.GetAsync(fixture.Request("/2"))).Body);

        // Nothing was lost on the way and sent again.
        Assert.Equal(["GET /1 ", "GET /2 "], fixture.Server.Requests.Select(head => head[..7]));
        Assert.Equal(2, fixture.Server.Connections);
    }

    /// <summary>They would be taken for the answer to the next request.</summary>
    [Theory]
    [InlineData("hello", false)]
    [InlineData("hello", true)]
    [InlineData("long", false)]
    [InlineData("long", true)]
    [InlineData("chunks", false)]
    [InlineData("chunks", true)]
    public async Task Bytes_behind_an_answer_end_the_connection(string kind, bool tls)
    {
        var answer = kind switch
        {
            "long" => $"HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n{AnswerSample.Long}",
            "chunks" => $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9c40\r\n{AnswerSample.Long}\r\n0\r\n\r\n",
            _ => "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        };
        var body = kind == "hello" ? "hello" : AnswerSample.Long;

        await AssertNotTakenAsync(tls, body, answer + Forged);
        await AssertNotTakenAsync(tls, body, answer, Forged);
        await AssertNotTakenAsync(tls, body, answer[..20], answer[20..], Forged[..1]);
    }

    /// <summary>Two records as long as records can be: the second is taken off the socket with the first, and only a part of it by TLS.</summary>
    [Fact]
    public async Task A_record_behind_an_answer_ends_the_connection()
    {
        const int Record = 16 * 1024;
        var body = AnswerSample.Long[..Record];

        await AssertNotTakenAsync(tls: true, body, $"HTTP/1.1 200 OK\r\nContent-Length: {Record}\r\n\r\n", body, Forged.PadRight(Record));
    }

    [Fact]
    public async Task A_body_behind_the_answer_to_a_HEAD_ends_the_connection()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Of("HTTP/1.1 404 Not Found\r\nContent-Length: 8\r\n\r\n<Error/>"), ScriptedAnswer.Ok("next"));

        await fixture.GetAsync(fixture.Request(method: "HEAD"));

        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(2, fixture.Server.Connections);
    }

    [Fact]
    public async Task A_connection_that_was_idle_for_long_is_not_used_again()
    {
        var clock = new FakeTimeProvider();
        using var fixture = new TransportFixture(new ScriptedServer(_ => ScriptedAnswer.Ok("hello")), clock: clock);

        await fixture.GetAsync();
        clock.Advance(TimeSpan.FromSeconds(59));
        await fixture.GetAsync();
        Assert.Equal(1, fixture.Server.Connections);
        clock.Advance(TimeSpan.FromSeconds(61));
        await fixture.GetAsync();
        Assert.Equal(2, fixture.Server.Connections);
    }

    [Fact]
    public async Task A_connection_that_grew_old_in_use_is_not_used_again()
    {
        var clock = new FakeTimeProvider();
        using var fixture = new TransportFixture(new ScriptedServer(_ => ScriptedAnswer.Ok("hello")), clock: clock);

        await TransportFixture.RunAsync(() =>
        {
            using var answer = fixture.Send();
            clock.Advance(ConnectionPool.Lifetime);
            return TransportFixture.ReadAll(answer);
        });
        await fixture.GetAsync();

        Assert.Equal(2, fixture.Server.Connections);
    }

    [Fact]
    public async Task Each_of_many_threads_gets_its_own_answer()
    {
        const int Threads = 8;
        const int Each = 50;
        using var fixture = new TransportFixture(new ScriptedServer(head => ScriptedAnswer.Ok(BodyOf(head.Split(' ')[1]))));

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => TransportFixture.RunAsync(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                var target = $"/{thread}/{i}";
                Assert.Equal(BodyOf(target), fixture.Get(fixture.Request(target)).Body);
            }

            return thread;
        })));

        Assert.Equal(Threads * Each, fixture.Server.Requests.Distinct().Count());
        Assert.InRange(fixture.Server.Connections, 1, Threads);
    }

    // Some longer than a buffer.
    private static string BodyOf(string target) => string.Concat(Enumerable.Repeat(target + ";", target.GetHashCode(StringComparison.Ordinal) % 7 == 0 ? 5_000 : 3));

    private static async Task AssertNotTakenAsync(bool tls, string body, params string[] pieces)
    {
        using var fixture = new TransportFixture(ScriptedServer.InTurn(tls, ScriptedAnswer.Of(pieces), ScriptedAnswer.Ok("next")));

        var received = await TransportFixture.RunAsync(() =>
        {
            using var answer = fixture.Send();
            // With TLS, what is not wanted yet can have been taken off the socket already.
            fixture.Server.AwaitAnswered();
            return TransportFixture.ReadAll(answer);
        });

        Assert.Equal(body, received);
        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(2, fixture.Server.Connections);
    }
}
