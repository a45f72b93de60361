using System.Text;

namespace S3ModelStore.Engine.Planning;

/// <summary>What volumes of macOS leave out of account when they compare names, beyond the case that .NET knows.</summary>
/// <remarks>
/// APFS compares decomposed names by Unicode's full case folding; HFS+ also skips characters that cannot be seen. Both at once is a little
/// stricter than either: https://developer.apple.com/support/downloads/Apple-File-System-Reference.pdf and
/// https://developer.apple.com/library/archive/technotes/tn/tn1150.html#UnicodeSubtleties.
/// </remarks>
internal static class NameFolding
{
    /// <param name="name">Without half surrogate pairs.</param>
    /// <returns>Two names are one on such a volume when these are equal but for case.</returns>
    public static string Fold(string name)
    {
        if (Ascii.IsValid(name))
            return name;
        var folded = new StringBuilder(name.Length);
        // Decomposed, not composed: some letters have a composed form in one case only, and would then not meet their twins.
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (c is '\u00DF' or '\u1E9E')
                folded.Append("ss");
            else if (c is '\u017F' or (>= '\uFB00' and <= '\uFB06') or (>= '\uFB13' and <= '\uFB17'))
                folded.Append(c.ToString().Normalize(NormalizationForm.FormKD));
            else if (!IsSkipped(c))
                folded.Append(c);
        }

        return folded.ToString();
    }

    private static bool IsSkipped(char c)
        => c is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF';
}
