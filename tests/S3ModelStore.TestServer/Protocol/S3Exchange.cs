using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Recording;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>A request on its way to an answer.</summary>
internal sealed class S3Exchange(S3Request request, ObjectCatalog objects, RequestRecord record, FaultPlan faults, string requestId)
{
    public const string HostId = "vJ9nq0Kx7rT2mWcYdLpQ8sZbE4uHgAfV6iXoN1yR3tB5kM0jS7wCeGhUaDlPzI==";

    public HttpContext Http => request.Http;

    public S3Request Request => request;

    public ObjectCatalog Objects => objects;

    public RequestRecord Record => record;

    public FaultPlan Faults => faults;

    /// <summary>Cancelled when the client hangs up and when the server ends.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    public Socket Socket => Http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;

    public Answer ErrorAnswer(S3Error error)
    {
        var document = XmlDocuments.Error(error, request.Path, requestId, HostId);
        var answer = Answer.OfDocument(error.Status, "application/xml", document);
        foreach (var (name, value) in error.Headers)
            answer.Headers[name] = value;

        return answer;
    }

    public Task AnswerAsync(S3Error error) => AnswerAsync(ErrorAnswer(error));

    public Task AnswerAsync(Answer answer)
    {
        answer.Headers["x-amz-request-id"] = requestId;
        answer.Headers["x-amz-id-2"] = HostId;
        answer.Headers["Server"] = "AmazonS3";
        return answer.Lie is { } lie ? WireAnswer.WriteAsync(this, answer, lie) : AnswerWriter.WriteAsync(this, answer);
    }

    /// <summary>
    /// Sends FIN and waits for the client to close. The web server has no such end: left to itself it resets the connection,
    /// which the client sees as another kind of failure.
    /// </summary>
    public async Task CloseConnectionAsync()
    {
        Socket.Shutdown(SocketShutdown.Send);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Aborted);
        }
        catch (OperationCanceledException)
        {
            Http.Abort();
        }
    }
}
