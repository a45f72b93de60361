using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Selection;

/// <summary>Which relative keys of a model are wanted. Exclude wins; order never matters; no include pattern means all.</summary>
/// <remarks>
/// Patterns are ordinal and case-sensitive. <c>*</c> stays inside a segment, a segment <c>**</c> crosses any number of them,
/// <c>?</c>, <c>[a-c]</c> and <c>[!a-c]</c> stand for one character. A pattern without <c>/</c> is matched against the file name at any
/// depth; with one it is anchored at the model's root, where a leading <c>/</c> or <c>./</c> changes nothing else. A trailing
/// <c>/</c> means everything below. Immutable and thread-safe.
/// </remarks>
public sealed class ModelFilter
{
    private readonly GlobPattern[] _include;
    private readonly GlobPattern[] _exclude;

    private ModelFilter(GlobPattern[] include, GlobPattern[] exclude)
    {
        _include = include;
        _exclude = exclude;
    }

    /// <summary>Everything.</summary>
    public static ModelFilter All { get; } = new([], []);

    /// <summary>A filter of globs; <see langword="null"/> or empty collections do not restrict.</summary>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidPattern"/> naming the pattern, the reason and the remedy.</exception>
    public static ModelFilter Create(IReadOnlyCollection<string>? include, IReadOnlyCollection<string>? exclude)
    {
        var included = Parse(include);
        var excluded = Parse(exclude);
        return included.Length == 0 && excluded.Length == 0 ? All : new ModelFilter(included, excluded);
    }

    /// <summary>Whether a relative key is wanted. Any text is a valid key here; nothing in it is normalised.</summary>
    public bool Matches(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        if (_include.Length == 0 && _exclude.Length == 0)
            return true;
        var key = new SegmentedKey(relativePath);
        return (_include.Length == 0 || AnyMatches(_include, ref key)) && !AnyMatches(_exclude, ref key);
    }

    private static GlobPattern[] Parse(IReadOnlyCollection<string>? patterns)
        => patterns is null ? [] : patterns.Select(GlobParser.Parse).ToArray();

    private static bool AnyMatches(GlobPattern[] patterns, ref SegmentedKey key)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(ref key))
                return true;
        }

        return false;
    }
}
