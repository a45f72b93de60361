using S3ModelStore.Engine.Planning;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>Puts names out of a file into messages: whoever wrote the file must not write to the terminal.</summary>
internal static class QuotedName
{
    private const int Longest = 80;

    public static string Of(string name)
    {
        if (name.Length > Longest)
            name = name[..Longest] + '…';
        var isPlain = !name.Any(IsUnfit) && SegmentRules.HalfSurrogate(name) is null;
        return isPlain ? $"'{name}'" : $"'{string.Concat(name.Select(c => IsUnfit(c) || char.IsSurrogate(c) ? '\uFFFD' : c))}'";
    }

    // Format characters turn the direction of the text around them.
    private static bool IsUnfit(char c)
        => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Control
            or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
