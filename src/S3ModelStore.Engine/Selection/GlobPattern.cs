using Microsoft.Extensions.FileSystemGlobbing.Internal;

namespace S3ModelStore.Engine.Selection;

/// <summary>One glob: runs of segments with any number of segments (a <c>**</c>) between each run and the next.</summary>
/// <remarks>
/// The segments are those of Microsoft.Extensions.FileSystemGlobbing; the walk over them is not. Its own walk is made for a disk: it
/// never lets <c>**</c> cross a directory called <c>..</c>, and it keeps its state in contexts that would have to be made anew for
/// every key and pattern. A key is only text, so <c>..</c> and empty segments have to match like any other name: dropping such a
/// key here, silently, would hide it from the check that refuses it by name.
/// https://github.com/dotnet/runtime/blob/main/src/libraries/Microsoft.Extensions.FileSystemGlobbing/src/Internal/PatternContexts/PatternContextRagged.cs
/// </remarks>
internal sealed class GlobPattern
{
    private readonly IPathSegment[][] _runs;

    /// <param name="runs">One run: the whole key. More: the first at its begin, the last at its end; only these two may be empty.</param>
    public GlobPattern(IPathSegment[][] runs) => _runs = runs;

    public bool Matches(ref SegmentedKey key)
    {
        // By far the most common shape, *.json: no need to cut the whole key.
        if (_runs is [[], [var name]])
            return name.Match(key.Name);
        var segments = key.Segments;
        return _runs.Length == 1
            ? segments.Length == _runs[0].Length && MatchesAt(_runs[0], segments, 0)
            : MatchesRuns(segments);
    }

    // Taking each middle run at its first occurrence is enough: a later one leaves less room for what follows.
    private bool MatchesRuns(string[] segments)
    {
        var last = _runs[^1];
        // a/** is what lies below a, never a itself: something has to be left for a trailing **.
        var end = segments.Length - Math.Max(last.Length, 1);
        var position = _runs[0].Length;
        if (position > end || !MatchesAt(_runs[0], segments, 0) || !MatchesAt(last, segments, end))
            return false;
        for (var i = 1; i < _runs.Length - 1; i++)
        {
            var run = _runs[i];
            while (position + run.Length <= end && !MatchesAt(run, segments, position))
                position++;
            position += run.Length;
            if (position > end)
                return false;
        }

        return true;
    }

    private static bool MatchesAt(IPathSegment[] run, string[] segments, int position)
    {
        for (var i = 0; i < run.Length; i++)
        {
            if (!run[i].Match(segments[position + i]))
                return false;
        }

        return true;
    }
}
