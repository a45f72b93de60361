using System.Net;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>What came over a connection of our own.</summary>
internal sealed class DirectAnswer : StoreAnswer
{
    private readonly AnswerHead _head;
    private readonly AnswerBody _body;

    public DirectAnswer(AnswerHead head, AnswerBody body)
    {
        _head = head;
        _body = body;
    }

    public override int Status => _head.Status;

    public override long? ContentLength => _head.ContentLength;

    public override string? Header(string name) => _head.Find(name);

    public override IReadOnlyList<string> Elements(string name) => _head.Elements(name);

    // The body ends with its request's own token.
    public override int Read(Memory<byte> buffer, CancellationToken cancellation) => _body.Read(buffer.Span);

    public override void Dispose() => _body.Dispose();

    /// <summary>As the SDK knows it. The message owns the body.</summary>
    public HttpResponseMessage ToMessage(HttpRequestMessage request)
    {
        var message = new HttpResponseMessage((HttpStatusCode)Status) { RequestMessage = request, Content = new AnswerContent(_body) };
        foreach (var (name, value) in _head.Fields())
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}
