using Microsoft.Extensions.FileSystemGlobbing.Internal;
using Microsoft.Extensions.FileSystemGlobbing.Internal.PathSegments;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>Turns the text of a glob into a <see cref="GlobPattern"/>.</summary>
/// <remarks>
/// The library's own PatternBuilder is not used for this: it has no <c>?</c> and no classes, reads <c>\</c> as a slash, <c>a//b</c>
/// as <c>a/*/b</c> and <c>*.*</c> as <c>*</c>, and drops <c>.</c> segments. Of its readings one is kept: a segment that begins with
/// <c>**.</c> crosses, so <c>a/**.json</c> is <c>a/**/*.json</c>.
/// https://github.com/dotnet/runtime/blob/main/src/libraries/Microsoft.Extensions.FileSystemGlobbing/src/Internal/Patterns/PatternBuilder.cs
/// </remarks>
internal static class GlobParser
{
    private const string AnyDepth = "**";

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidPattern"/>.</exception>
    public static GlobPattern Parse(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern))
            throw Invalid(pattern, Messages.ItIsEmpty, Messages.PatternEmptyRemedy);
        if (pattern.Contains('\\', StringComparison.Ordinal))
            throw Invalid(pattern, Messages.PatternHasBackslash, Messages.PatternHasBackslashRemedy);
        return pattern.Contains('/', StringComparison.Ordinal)
            ? new GlobPattern(Runs(pattern))
            : new GlobPattern([[], pattern == AnyDepth ? [] : [Segment(pattern, pattern)]]);
    }

    private static IPathSegment[][] Runs(string pattern)
    {
        var text = pattern.AsSpan();
        if (text.StartsWith("./", StringComparison.Ordinal))
            text = text[2..];
        else if (text[0] == '/')
            text = text[1..];
        if (text.IsEmpty)
            throw Invalid(pattern, Messages.PatternNamesNothing, Messages.PatternNamesNothingRemedy);
        if (text[^1] == '/')
            text = string.Concat(text, AnyDepth);

        var runs = new List<IPathSegment[]>();
        var run = new List<IPathSegment>();
        foreach (var segment in text.ToString().Split('/'))
        {
            var crosses = segment == AnyDepth || segment.StartsWith("**.", StringComparison.Ordinal);
            // ** beside ** says nothing new, and a run in the middle must not be empty.
            if (crosses && (runs.Count == 0 || run.Count > 0))
            {
                runs.Add([.. run]);
                run.Clear();
            }

            if (segment != AnyDepth)
                run.Add(Segment(pattern, crosses ? segment[1..] : segment));
        }

        runs.Add([.. run]);
        return [.. runs];
    }

    private static IPathSegment Segment(string pattern, string text)
    {
        if (text.Length == 0)
            throw Invalid(pattern, Messages.PatternHasEmptySegment, Messages.PatternHasEmptySegmentRemedy);
        if (text is "." or "..")
            throw Invalid(pattern, Messages.PatternSegmentNotAName(text), Messages.PatternSegmentNotANameRemedy);
        if (text.AsSpan().ContainsAny('?', '['))
            return CharacterSegment.Parse(pattern, text);
        if (!text.Contains('*', StringComparison.Ordinal))
            return new LiteralPathSegment(text, StringComparison.Ordinal);
        var parts = text.Split('*');
        return new WildcardPathSegment(parts[0], [.. parts[1..^1].Where(part => part.Length > 0)], parts[^1], StringComparison.Ordinal);
    }

    internal static ModelStoreException Invalid(string? pattern, string reason, string remedy)
        => new(ModelStoreErrorCode.InvalidPattern, Messages.PatternInvalid(pattern, reason), remedy, pattern ?? string.Empty);
}
