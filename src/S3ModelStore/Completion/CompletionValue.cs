using System.Management.Automation;
using System.Management.Automation.Language;

namespace S3ModelStore.Completion;

/// <summary>Values between the command line, with its quotes, and the module, without them.</summary>
internal static class CompletionValue
{
    // PowerShell takes the typographic ones for quotes, too.
    private const string SingleQuotes = "'\u2018\u2019\u201a\u201b";
    private const string DoubleQuotes = "\"\u201c\u201d\u201e";

    /// <summary>What the word will mean when its quote is closed.</summary>
    public static string Read(string? word)
    {
        if (string.IsNullOrEmpty(word) || !(SingleQuotes + DoubleQuotes).Contains(word[0], StringComparison.Ordinal))
            return word ?? string.Empty;
        var quotes = SingleQuotes.Contains(word[0], StringComparison.Ordinal) ? SingleQuotes : DoubleQuotes;
        var inner = word[1..];
        if (inner.Length > 0 && quotes.Contains(inner[^1], StringComparison.Ordinal))
            inner = inner[..^1];
        foreach (var quote in quotes)
            inner = inner.Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
        return inner;
    }

    /// <summary>A value as the command line takes it: quoted only where it would mean something else.</summary>
    public static CompletionResult Write(string value, string shown, CompletionResultType type, string explained)
        => new(IsPlain(value) ? value : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'", shown, type, explained);

    private static bool IsPlain(string value)
        => value.Length > 0
            && (char.IsAsciiLetter(value[0]) || value[0] == '*')
            && value.All(c => char.IsAsciiLetterOrDigit(c) || "-._/:*+=~^%".Contains(c, StringComparison.Ordinal));
}
