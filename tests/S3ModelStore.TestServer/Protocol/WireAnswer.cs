using System.Globalization;
using System.Net.Sockets;
using System.Text;
using S3ModelStore.TestServer.Faults;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>Writes an answer to the socket itself, as <see cref="WireLie"/> wants it, and ends the connection (FIN) after it. Not for TLS.</summary>
internal static class WireAnswer
{
    public static async Task WriteAsync(S3Exchange exchange, Answer answer, WireLie lie)
    {
        exchange.Record.Answered(answer.Status);
        var head = Encoding.Latin1.GetBytes(HeadOf(exchange, answer, lie));
        try
        {
            await exchange.Socket.SendAsync(head.AsMemory(0, Math.Min(head.Length, lie.HeadBytes ?? head.Length)), exchange.Aborted);
            if (lie.HeadBytes is null && !exchange.Request.IsHead)
                await SendBodyAsync(exchange, answer);
        }
        catch (SocketException)
        {
            // The client has seen enough.
        }

        await exchange.CloseConnectionAsync();
    }

    private static async Task SendBodyAsync(S3Exchange exchange, Answer answer)
    {
        var chunk = new byte[AnswerWriter.ChunkSize];
        for (long sent = 0; sent < answer.Length;)
        {
            var count = (int)Math.Min(chunk.Length, answer.Length - sent);
            answer.Content.CopyTo(answer.Offset + sent, chunk.AsSpan(0, count));
            exchange.Record.BodySent(count, answer.IsObject);
            await exchange.Socket.SendAsync(chunk.AsMemory(0, count), exchange.Aborted);
            sent += count;
        }
    }

    private static string HeadOf(S3Exchange exchange, Answer answer, WireLie lie)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {(int)answer.Status} {answer.Status}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Date: {exchange.Http.Response.Headers.Date}\r\n");
        foreach (var (name, value) in answer.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (lie.LengthOffBy is { } by)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Length + by}\r\n");
        return head.Append("Connection: close\r\n\r\n").ToString();
    }
}
