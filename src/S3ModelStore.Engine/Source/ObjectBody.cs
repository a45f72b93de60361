namespace S3ModelStore.Engine.Source;

/// <summary>An answered GET. The caller owns it; disposing it before the end cuts the connection.</summary>
internal sealed class ObjectBody : IDisposable
{
    private readonly HttpResponseMessage _response;

    public ObjectBody(HttpResponseMessage response, Stream content, bool etagMayBeMd5)
    {
        _response = response;
        Content = content;
        ETagMayBeMd5 = etagMayBeMd5;
    }

    /// <summary>Exactly the bytes asked for, or fewer when the connection breaks.</summary>
    public Stream Content { get; }

    /// <summary><see langword="false"/> when the object is encrypted in a way that makes its ETag something else.</summary>
    public bool ETagMayBeMd5 { get; }

    public void Dispose() => _response.Dispose();
}
