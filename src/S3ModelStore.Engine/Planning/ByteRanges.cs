namespace S3ModelStore.Engine.Planning;

/// <summary>The bytes of a file that are there: sorted ranges that neither overlap nor touch. Not thread-safe.</summary>
internal sealed class ByteRanges
{
    private readonly List<ByteRange> _ranges = [];

    /// <summary>The ranges in order.</summary>
    public IReadOnlyList<ByteRange> Ranges => _ranges;

    /// <summary>Bytes in all ranges.</summary>
    public long Total { get; private set; }

    /// <summary>Adds bytes; those that are there already do not count twice.</summary>
    public void Add(ByteRange range)
    {
        if (range.Offset < 0 || range.Length < 0 || range.Length > long.MaxValue - range.Offset)
            throw new ArgumentOutOfRangeException(nameof(range), range, "A range begins at 0 or later and ends within 64 bits.");
        if (range.Length == 0)
            return;
        var first = FirstEndingAtOrAfter(range.Offset);
        var (begin, end, next) = (range.Offset, range.End, first);
        for (; next < _ranges.Count && _ranges[next].Offset <= range.End; next++)
        {
            begin = Math.Min(begin, _ranges[next].Offset);
            end = Math.Max(end, _ranges[next].End);
            Total -= _ranges[next].Length;
        }

        Total += end - begin;
        var merged = new ByteRange(begin, end - begin);
        if (next == first)
        {
            _ranges.Insert(first, merged);
            return;
        }

        _ranges[first] = merged;
        _ranges.RemoveRange(first + 1, next - first - 1);
    }

    /// <summary>What is missing of a file of this size, in order.</summary>
    public IEnumerable<ByteRange> Gaps(long size)
    {
        long position = 0;
        foreach (var range in _ranges)
        {
            if (range.Offset >= size)
                break;
            if (range.Offset > position)
                yield return new ByteRange(position, range.Offset - position);
            position = range.End;
        }

        if (position < size)
            yield return new ByteRange(position, size - position);
    }

    /// <summary>Whether all of these bytes are there.</summary>
    public bool Contains(ByteRange range)
    {
        if (range.Length == 0)
            return true;
        var index = FirstEndingAtOrAfter(range.End);
        return index < _ranges.Count && _ranges[index].Offset <= range.Offset;
    }

    private int FirstEndingAtOrAfter(long position)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].End < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
