using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Protocol;
using S3ModelStore.TestServer.Recording;

namespace S3ModelStore.Tests.Crash;

/// <summary>Which bytes of which version of each object a server was asked for. What was asked for may not have arrived.</summary>
internal sealed class AskedBytes
{
    private readonly Dictionary<(string Key, string ETag), List<(long First, long End)>> _ranges = [];

    public AskedBytes(IEnumerable<RequestLogEntry> requests, IEnumerable<StoredObject> versions)
    {
        var sizes = versions.ToDictionary(version => (version.Key, version.ETag), version => version.Size);
        foreach (var request in requests.Where(request => request.Operation == S3Operation.GetObject))
        {
            var version = (request.Key, request.IfMatch!.Trim('"'));
            if (!_ranges.TryGetValue(version, out var ranges))
                _ranges.Add(version, ranges = []);
            ranges.Add(request.Range is { First: { } first, Last: { } last } ? (first, last + 1) : (0, sizes[version]));
        }
    }

    /// <summary>Bytes that were asked for again, as often as they were.</summary>
    public long Again => _ranges.Values.Sum(ranges => ranges.Sum(range => range.End - range.First) - Covered(ranges));

    /// <summary>
    /// Bytes of ranges that took the end of an earlier one over: a request that is slow, as on a busy machine, is split or relieved.
    /// For the requests of one process.
    /// </summary>
    public long TakenOver => _ranges.Values.Sum(ranges => ranges
        .Where((range, i) => ranges.Take(i).Any(earlier => earlier.First < range.First && range.First < earlier.End)
            && ranges.Take(i).Any(earlier => range.End == earlier.End || range.End == earlier.First))
        .Sum(range => range.End - range.First));

    /// <summary>The sum of the longest ranges, so many of them: what so many workers had in hand at most.</summary>
    public long Longest(int count) => _ranges.Values.SelectMany(ranges => ranges).Select(range => range.End - range.First).OrderDescending().Take(count).Sum();

    /// <summary>Whether every byte of a version was asked for.</summary>
    public bool IsWhole(StoredObject version)
        => _ranges.TryGetValue((version.Key, version.ETag), out var ranges) && Covered(ranges) == version.Size;

    private static long Covered(List<(long First, long End)> ranges)
    {
        long covered = 0, end = 0;
        foreach (var range in ranges.Order())
        {
            covered += Math.Max(0, range.End - Math.Max(end, range.First));
            end = Math.Max(end, range.End);
        }

        return covered;
    }
}
