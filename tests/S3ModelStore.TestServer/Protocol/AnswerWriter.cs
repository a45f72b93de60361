using System.Net;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>Writes an answer, letting the fault script have its way with the body.</summary>
internal static class AnswerWriter
{
    /// <summary>Large enough that the cost per byte is that of copying, small enough to stay in a processor's cache.</summary>
    public const int ChunkSize = 256 * 1024;

    public static async Task WriteAsync(S3Exchange exchange, Answer answer)
    {
        var response = exchange.Http.Response;
        response.StatusCode = (int)answer.Status;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;

        exchange.Record.Answered(answer.Status);
        if (exchange.Request.IsHead)
        {
            // S3 gives the length of the object that it does not send; errors have neither a body nor a length.
            if (answer.IsObject)
                response.ContentLength = answer.Length;
            return;
        }

        if (answer.Status is not HttpStatusCode.NotModified)
            response.ContentLength = answer.Length;
        await WriteBodyAsync(exchange, answer);
    }

    private static async Task WriteBodyAsync(S3Exchange exchange, Answer answer)
    {
        var steps = exchange.Faults.DuringBody;
        var pace = Pace.Of(exchange.Http, exchange.Faults.BytesPerSecond);
        if (answer.Length > ChunkSize || steps.Count > 0)
            await exchange.Http.Response.StartAsync();

        var nextStep = 0;
        for (long sent = 0; ;)
        {
            for (; nextStep < steps.Count && steps[nextStep].AfterBytes <= sent; nextStep++)
            {
                await exchange.Http.Response.BodyWriter.FlushAsync();
                if (await steps[nextStep].Run(exchange))
                    return;
            }

            if (sent == answer.Length)
                return;

            var isPaced = pace is not null && sent >= exchange.Faults.PacedFrom;
            var count = Math.Min(answer.Length - sent, isPaced ? pace!.ChunkSize : ChunkSize);
            if (sent < exchange.Faults.PacedFrom)
                count = Math.Min(count, exchange.Faults.PacedFrom - sent);
            if (nextStep < steps.Count)
                count = Math.Min(count, steps[nextStep].AfterBytes - sent);
            if (isPaced)
                await pace!.WaitAsync(count, exchange.Aborted);
            if (!await WriteChunkAsync(exchange, answer, sent, (int)count))
                return;

            sent += count;
        }
    }

    /// <summary>False when the client is gone.</summary>
    private static async ValueTask<bool> WriteChunkAsync(S3Exchange exchange, Answer answer, long sent, int count)
    {
        var writer = exchange.Http.Response.BodyWriter;
        answer.Content.CopyTo(answer.Offset + sent, writer.GetMemory(count).Span[..count]);
        writer.Advance(count);

        // Counted first: a client that has read the last byte must find it in the log.
        exchange.Record.BodySent(count, answer.IsObject);
        var flushed = await writer.FlushAsync(exchange.Aborted);
        return !flushed.IsCompleted && !flushed.IsCanceled;
    }
}
