namespace S3ModelStore.Engine.Source.Transport;

/// <summary>What came through <see cref="SocketsHttpHandler"/>.</summary>
internal sealed class GeneralAnswer : StoreAnswer
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _body;

    public GeneralAnswer(HttpResponseMessage response)
    {
        _response = response;
        _body = response.Content.ReadAsStream();
    }

    public override int Status => (int)_response.StatusCode;

    public override long? ContentLength => _response.Content.Headers.ContentLength;

    public override string? Header(string name) => Values(name).FirstOrDefault()?.Trim();

    public override IReadOnlyList<string> Elements(string name)
        => [.. Values(name).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    // Only an asynchronous read hears of the cancellation.
    public override int Read(Memory<byte> buffer, CancellationToken cancellation) => _body.ReadAsync(buffer, cancellation).AsTask().GetAwaiter().GetResult();

    public override void Dispose() => _response.Dispose();

    private string[] Values(string name)
        => _response.Headers.NonValidated.TryGetValues(name, out var values) || _response.Content.Headers.NonValidated.TryGetValues(name, out values) ? [.. values] : [];
}
