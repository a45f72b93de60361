using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Planning;

/// <summary>Gives every key of a model its own safe path below a destination, or a reason why not. Looks at names only, never at the disk.</summary>
internal sealed class PathMapper
{
    private readonly PlatformNames _names;
    private readonly NamePolicy _policy;
    private readonly SegmentRules _rules;
    private readonly SegmentEscaper _escaper;

    public PathMapper(PlatformNames names, NamePolicy policy)
    {
        _names = names;
        _policy = policy;
        _rules = new SegmentRules(names);
        _escaper = new SegmentEscaper(names, _rules);
    }

    /// <param name="relativePaths">Relative keys, with <c>/</c> between their segments.</param>
    /// <param name="destination">Full path; only its length matters here.</param>
    public PathMap Map(IReadOnlyList<string> relativePaths, string destination)
    {
        var paths = new string?[relativePaths.Count];
        var refusals = new SortedDictionary<int, PathRefusal>();
        var rootLength = _names.PathLength(destination) + (destination.EndsWith(_names.Separator) ? 0 : 1);
        for (var i = 0; i < paths.Length; i++)
        {
            if (TryMap(relativePaths[i], rootLength, out var path) is { } fault)
                refusals.Add(i, new PathRefusal(ModelStoreErrorCode.UnsafePath, fault));
            else
                paths[i] = path;
        }

        foreach (var (index, refusal) in new NameClashes(_names, relativePaths, paths).Find())
        {
            refusals.Add(index, refusal);
            paths[index] = null;
        }

        return new PathMap(relativePaths, paths, refusals, destination, _policy);
    }

    private string? TryMap(string key, int rootLength, out string path)
    {
        path = key;
        if (_policy == NamePolicy.Escape)
        {
            if (SegmentRules.HalfSurrogate(key) is { } half)
                return half;
            path = _escaper.Escape(key);
        }

        // Escaped names go through the same rules: what makes a path safe is this check, not the care of the escaping.
        if (_rules.FaultOf(path) is { } fault)
            return fault;
        if (rootLength + _names.PathLength(path) > _names.MaxPath)
            return _names.CountsPathBytes ? Messages.PathTooManyBytes(_names.MaxPath, _names.Name) : Messages.PathTooManyCharacters(_names.MaxPath, _names.Name);
        if (_names.Separator != '/')
            path = path.Replace('/', _names.Separator);
        return null;
    }
}
