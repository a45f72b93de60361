using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>A thread that waits for the store is let go when its request is cancelled, and nobody gets the connection after it.</summary>
public sealed class CancellationTests
{
    // Long enough to be waiting by then, mostly; when it is not, the outcome is the same.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(30);

    [Fact]
    public async Task A_cancelled_request_is_not_sent()
    {
        using var fixture = TransportFixture.InTurn();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await AssertCancelledAsync(cancel, () => fixture.Send(cancellation: cancel.Token));

        Assert.Equal(0, fixture.Server.Connections);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", false)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", false)]
    public async Task Waiting_for_a_head_is_cancelled(string sent, bool tls)
    {
        using var fixture = new TransportFixture(ScriptedServer.InTurn(tls, ScriptedAnswer.Of(sent), ScriptedAnswer.Ok("next")));
        using var cancel = new CancellationTokenSource();

        var waiting = AssertCancelledAsync(cancel, () => fixture.Send(cancellation: cancel.Token));
        fixture.Server.AwaitAnswered();
        cancel.CancelAfter(Moment);
        await waiting;

        await AssertNextIsApartAsync(fixture);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", false)]
    // Here the end of the connection would be the body's.
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello", true)]
    public async Task Waiting_for_more_of_a_body_is_cancelled(string sent, bool tls)
    {
        using var fixture = new TransportFixture(ScriptedServer.InTurn(tls, ScriptedAnswer.Of(sent), ScriptedAnswer.Ok("next")));
        using var cancel = new CancellationTokenSource();
        using var begun = new SemaphoreSlim(0);

        var reading = AssertCancelledAsync(cancel, () =>
        {
            using var answer = fixture.Send(cancellation: cancel.Token);
            var buffer = new byte[100];
            for (var left = 5; left > 0;)
                left -= answer.Read(buffer, cancel.Token);
            begun.Release();
            Assert.Equal(0, answer.Read(buffer, cancel.Token));
            return "It was taken for the end.";
        });
        Assert.True(await begun.WaitAsync(TimeSpan.FromMinutes(1)));
        cancel.CancelAfter(Moment);
        await reading;

        await AssertNextIsApartAsync(fixture);
    }

    /// <summary>Some systems do not tell a socket that was closed here from one that was closed there.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello")]
    public async Task Cancelled_a_connection_that_ends_quietly_is_not_the_end_of_the_answer(string sent)
    {
        using var cancel = new CancellationTokenSource();
        using var connection = new PiecewiseConnection(cancel.Cancel, sent);

        await AssertCancelledAsync(cancel, () =>
        {
            using var answer = connection.Exchange("GET", cancel.Token);
            return TransportFixture.ReadAll(answer);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelled_between_the_end_of_a_body_and_its_disposal_the_connection_is_not_used_again(bool tls)
    {
        using var fixture = new TransportFixture(ScriptedServer.InTurn(tls, ScriptedAnswer.Ok("hello"), ScriptedAnswer.Ok("next")));
        using var cancel = new CancellationTokenSource();

        await TransportFixture.RunAsync(() =>
        {
            using var answer = fixture.Send(cancellation: cancel.Token);
            Assert.Equal("hello", TransportFixture.ReadAll(answer));
            cancel.Cancel();
            return answer;
        });

        await AssertNextIsApartAsync(fixture);
    }

    [Fact]
    public async Task Cancelled_behind_its_disposal_a_request_leaves_the_connection_alone()
    {
        using var fixture = TransportFixture.InTurn(ScriptedAnswer.Ok("hello"), ScriptedAnswer.Ok("next"));
        using var cancel = new CancellationTokenSource();

        await TransportFixture.RunAsync(() =>
        {
            using (var answer = fixture.Send(cancellation: cancel.Token))
                TransportFixture.ReadAll(answer);
            cancel.Cancel();
            return cancel;
        });

        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(1, fixture.Server.Connections);
    }

    /// <summary>Requests one after another over one connection, each cancelled at about its end: none may cut the one after it.</summary>
    [Fact]
    public async Task Cancelling_at_the_last_moment_never_reaches_the_next_request()
    {
        using var fixture = new TransportFixture(new ScriptedServer(_ => ScriptedAnswer.Ok("hello")));

        await TransportFixture.RunAsync(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var cancel = new CancellationTokenSource();
                var answer = fixture.Send(cancellation: cancel.Token);
                TransportFixture.ReadAll(answer);
                Parallel.Invoke(answer.Dispose, cancel.Cancel);
                Assert.Equal("hello", fixture.Get().Body);
            }

            return true;
        });
    }

    [Fact]
    public async Task Waiting_for_a_connection_is_cancelled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is refused.");
        using var deaf = DeafListener.WithoutRoom();
        using var transport = TransportFixture.Connect();
        using var cancel = new CancellationTokenSource(Moment);

        await AssertCancelledAsync(cancel, () => transport.Send(deaf.Request, cancel.Token));
    }

    [Fact]
    public async Task Waiting_for_TLS_is_cancelled()
    {
        using var deaf = DeafListener.WithoutTls();
        using var transport = TransportFixture.Connect();
        using var cancel = new CancellationTokenSource();

        var waiting = AssertCancelledAsync(cancel, () => transport.Send(deaf.Request, cancel.Token));
        using var accepted = await deaf.AcceptAsync();
        cancel.CancelAfter(Moment);

        await waiting;
    }

    private static async Task AssertCancelledAsync<T>(CancellationTokenSource cancel, Func<T> work)
    {
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TransportFixture.RunAsync(work));
        Assert.Equal(cancel.Token, error.CancellationToken);
    }

    private static async Task AssertNextIsApartAsync(TransportFixture fixture)
    {
        Assert.Equal("next", (await fixture.GetAsync()).Body);
        Assert.Equal(2, fixture.Server.Connections);
    }
}
