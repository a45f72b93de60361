namespace S3ModelStore.TestServer.Content;

internal sealed class BytesContent(byte[] bytes) : ObjectContent(bytes.Length)
{
    protected override void Fill(long offset, Span<byte> destination) =>
        bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
}
