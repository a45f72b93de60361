namespace S3ModelStore.Engine.Selection;

/// <summary>A relative key cut at its slashes, once for all patterns and only as far as they ask.</summary>
internal struct SegmentedKey
{
    private readonly string _key;
    private string? _name;
    private string[]? _segments;

    public SegmentedKey(string key) => _key = key;

    /// <summary>The last segment.</summary>
    public string Name => _name ??= _key.LastIndexOf('/') is >= 0 and var slash ? _key[(slash + 1)..] : _key;

    /// <summary>All segments; empty, <c>.</c> and <c>..</c> ones are segments like any other.</summary>
    public string[] Segments => _segments ??= _key.Split('/');
}
