using System.Net;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>Hands out the body of an answer, once.</summary>
internal sealed class AnswerContent : HttpContent
{
    private readonly AnswerBody _body;

    public AnswerContent(AnswerBody body) => _body = body;

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_body);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => _body;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _body.CopyToAsync(stream);

    // The headers tell it or nobody.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _body.Dispose();
        base.Dispose(disposing);
    }
}
