namespace S3ModelStore.Engine.Tests.Selection;

/// <summary>The glob rules written down as plainly as possible: try everything, remember nothing.</summary>
internal static class GlobOracle
{
    /// <summary>One place of a segment: its text and what it accepts; <see langword="null"/> accepts any run of characters.</summary>
    internal sealed record Token(string Text, Func<char, bool>? Accepts);

    /// <summary>Whether a pattern, given as the tokens of its segments, has a meaning at all.</summary>
    public static bool IsValid(Token[][] segments) => segments.All(s => Text(s) is not ("" or "." or ".."));

    public static bool Matches(Token[][] segments, bool leadingSlash, bool trailingSlash, string key)
    {
        var anyDepth = new Token[] { new("*", null), new("*", null) };
        var pattern = new List<Token[]>();
        var hasSlash = segments.Length > 1 || leadingSlash || trailingSlash;
        if (!hasSlash)
            return Text(segments[0]) == "**" || TextMatches(segments[0], key.AsSpan(key.LastIndexOf('/') + 1));
        foreach (var segment in segments)
        {
            if (Text(segment).StartsWith("**.", StringComparison.Ordinal))
            {
                pattern.Add(anyDepth);
                pattern.Add(segment[1..]);
            }
            else
            {
                pattern.Add(segment);
            }
        }

        if (trailingSlash)
            pattern.Add(anyDepth);
        return SegmentsMatch([.. pattern], key.Split('/'));
    }

    private static string Text(Token[] segment) => string.Concat(segment.Select(t => t.Text));

    private static bool SegmentsMatch(ReadOnlySpan<Token[]> pattern, ReadOnlySpan<string> key)
    {
        if (pattern.IsEmpty)
            return key.IsEmpty;
        if (Text(pattern[0]) != "**")
            return !key.IsEmpty && TextMatches(pattern[0], key[0]) && SegmentsMatch(pattern[1..], key[1..]);
        if (pattern.Length == 1)
            return !key.IsEmpty;
        return SegmentsMatch(pattern[1..], key) || (!key.IsEmpty && SegmentsMatch(pattern, key[1..]));
    }

    private static bool TextMatches(ReadOnlySpan<Token> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;
        if (pattern[0].Accepts is { } accepts)
            return !text.IsEmpty && accepts(text[0]) && TextMatches(pattern[1..], text[1..]);
        return TextMatches(pattern[1..], text) || (!text.IsEmpty && TextMatches(pattern, text[1..]));
    }
}
