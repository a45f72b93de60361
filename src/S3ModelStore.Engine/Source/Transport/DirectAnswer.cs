namespace S3ModelStore.Engine.Source.Transport;

/// <summary>What came over a connection of our own.</summary>
internal sealed class DirectAnswer : StoreAnswer
{
    private readonly AnswerHead _head;
    private readonly AnswerBody _body;

    public DirectAnswer(AnswerHead head, AnswerBody body, TimeSpan? warmWait)
    {
        _head = head;
        _body = body;
        WarmWait = warmWait;
    }

    public override TimeSpan? WarmWait { get; }

    public override int Status => _head.Status;

    public override long? ContentLength => _head.ContentLength;

    public override string? Header(string name) => _head.Find(name);

    public override IReadOnlyList<string> Elements(string name) => _head.Elements(name);

    // The body ends with its request's own token.
    public override int Read(Memory<byte> buffer, CancellationToken cancellation) => _body.Read(buffer.Span);

    public override void Dispose() => _body.Dispose();
}
