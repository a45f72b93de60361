using System.Globalization;
using S3ModelStore.TestServer.Content;

namespace S3ModelStore.TestServer.Catalog;

internal sealed class BucketContents(string name, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredObject> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, string VersionId), StoredObject> _versions = [];
    private string[]? _sortedKeys;
    private int _lastVersion;

    public BucketPolicy Policy { get; } = new();

    public StoredObject Put(string key, ObjectContent content, PutOptions options)
    {
        lock (_lock)
        {
            var versionId = Policy.IsVersioned ? options.VersionId ?? NextVersionId() : null;
            var stored = new StoredObject(name, key, content, versionId, WholeSeconds(options.LastModified ?? clock.GetUtcNow()), options);
            if (!_current.ContainsKey(key))
                _sortedKeys = null;

            _current[key] = stored;
            if (versionId is not null)
                _versions[(key, versionId)] = stored;

            return stored;
        }
    }

    public bool Remove(string key)
    {
        lock (_lock)
        {
            if (!_current.Remove(key))
                return false;

            _sortedKeys = null;
            return true;
        }
    }

    public StoredObject? Find(string key, string? versionId = null)
    {
        lock (_lock)
            return versionId is null ? _current.GetValueOrDefault(key) : _versions.GetValueOrDefault((key, versionId));
    }

    /// <summary>
    /// The keys in S3's order at this moment. Sorted when first asked for after a key came or went,
    /// so that paging through 100,000 keys sorts them once.
    /// </summary>
    public string[] SortedKeys()
    {
        lock (_lock)
        {
            if (_sortedKeys is null)
            {
                _sortedKeys = [.. _current.Keys];
                Array.Sort(_sortedKeys, KeyOrder.Instance);
            }

            return _sortedKeys;
        }
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private string NextVersionId() => string.Create(CultureInfo.InvariantCulture, $"v{++_lastVersion:D8}.Kx9-test_version");
}
