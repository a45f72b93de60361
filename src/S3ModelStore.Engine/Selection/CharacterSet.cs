using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>The characters one place of a pattern accepts, as code points.</summary>
internal sealed class CharacterSet
{
    private readonly (int First, int Last)[] _ranges;
    private readonly bool _negated;

    private CharacterSet((int First, int Last)[] ranges, bool negated)
    {
        _ranges = ranges;
        _negated = negated;
    }

    public static CharacterSet Any { get; } = new([], negated: true);

    public static CharacterSet Of(int codePoint) => new([(codePoint, codePoint)], negated: false);

    /// <summary>Reads <c>[…]</c> as fnmatch does: a <c>]</c> that comes first and a <c>-</c> at either end mean themselves.</summary>
    /// <param name="pattern">The whole pattern, for the error.</param>
    /// <param name="text">The segment.</param>
    /// <param name="position">Of the <c>[</c>; afterwards behind the <c>]</c>.</param>
    public static CharacterSet Parse(string pattern, string text, ref int position)
    {
        position++;
        var negated = position < text.Length && text[position] == '!';
        if (negated)
            position++;
        var ranges = new List<(int First, int Last)>();
        for (var begin = position; position < text.Length;)
        {
            if (text[position] == ']' && position > begin)
            {
                position++;
                return new CharacterSet([.. ranges], negated);
            }

            var first = CharacterSegment.CodePoint(text, ref position);
            var last = first;
            if (position + 1 < text.Length && text[position] == '-' && text[position + 1] != ']')
            {
                position++;
                last = CharacterSegment.CodePoint(text, ref position);
            }

            if (last < first)
                throw GlobParser.Invalid(pattern, Messages.RangeRunsBackwards(Text(first), Text(last)), Messages.RangeRunsBackwardsRemedy(Text(last), Text(first)));
            ranges.Add((first, last));
        }

        throw GlobParser.Invalid(pattern, Messages.ClassNotClosed, Messages.ClassNotClosedRemedy);
    }

    public bool Contains(int codePoint)
    {
        foreach (var (first, last) in _ranges)
        {
            if (codePoint >= first && codePoint <= last)
                return !_negated;
        }

        return _negated;
    }

    private static string Text(int codePoint)
        => codePoint is >= 0xD800 and <= 0xDFFF ? $"U+{codePoint:X4}" : char.ConvertFromUtf32(codePoint);
}
