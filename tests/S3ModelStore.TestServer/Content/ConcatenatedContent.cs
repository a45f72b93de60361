namespace S3ModelStore.TestServer.Content;

internal sealed class ConcatenatedContent : ObjectContent
{
    private readonly ObjectContent[] _parts;
    private readonly long[] _starts;

    public ConcatenatedContent(IEnumerable<ObjectContent> parts)
        : this([.. parts.Where(part => part.Length > 0)])
    {
    }

    private ConcatenatedContent(ObjectContent[] parts)
        : base(parts.Sum(part => part.Length))
    {
        _parts = parts;
        _starts = new long[parts.Length];
        for (var i = 1; i < parts.Length; i++)
            _starts[i] = _starts[i - 1] + parts[i - 1].Length;
    }

    protected override void Fill(long offset, Span<byte> destination)
    {
        if (destination.IsEmpty)
            return;

        var found = Array.BinarySearch(_starts, offset);
        var index = found >= 0 ? found : ~found - 1;
        while (!destination.IsEmpty)
        {
            var inPart = offset - _starts[index];
            var count = (int)Math.Min(_parts[index].Length - inPart, destination.Length);
            _parts[index].CopyTo(inPart, destination[..count]);
            destination = destination[count..];
            offset += count;
            index++;
        }
    }
}
