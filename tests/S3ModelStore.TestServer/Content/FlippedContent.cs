namespace S3ModelStore.TestServer.Content;

internal sealed class FlippedContent(ObjectContent inner, long flippedOffset) : ObjectContent(inner.Length)
{
    protected override void Fill(long offset, Span<byte> destination)
    {
        inner.CopyTo(offset, destination);
        var index = flippedOffset - offset;
        if (index >= 0 && index < destination.Length)
            destination[(int)index] ^= 0xFF;
    }
}
