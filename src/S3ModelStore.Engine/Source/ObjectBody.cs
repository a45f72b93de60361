using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Source;

/// <summary>An answered GET. The caller owns it; disposing it before the end cuts the connection.</summary>
internal sealed class ObjectBody : IDisposable
{
    private readonly HttpResponseMessage _response;

    public ObjectBody(HttpResponseMessage response, Stream content, ObjectEvidence evidence)
    {
        _response = response;
        Content = content;
        Evidence = evidence;
    }

    /// <summary>Exactly the bytes asked for, or fewer when the connection breaks.</summary>
    public Stream Content { get; }

    /// <summary>What the headers tell about the whole object; checksums only when it was asked for whole.</summary>
    public ObjectEvidence Evidence { get; }

    public void Dispose() => _response.Dispose();
}
