namespace S3ModelStore.TestServer.Catalog;

/// <summary>One page of a listing; <see cref="Next"/> is null on the last.</summary>
internal sealed record ListPage(IReadOnlyList<StoredObject> Objects, IReadOnlyList<string> CommonPrefixes, ListResumePoint? Next)
{
    public static ListPage Read(BucketContents bucket, ListQuery query)
    {
        var keys = bucket.SortedKeys();
        var objects = new List<StoredObject>();
        var prefixes = new List<string>();
        ListResumePoint? last = null;
        var index = FirstIndex(keys, query);
        while (index < keys.Length && keys[index].StartsWith(query.Prefix, StringComparison.Ordinal))
        {
            // S3 answers max-keys=0 with an empty page that is not truncated.
            if (objects.Count + prefixes.Count == query.MaxKeys)
                return new ListPage(objects, prefixes, last);

            var key = keys[index];
            if (CommonPrefixOf(key, query) is { } prefix)
            {
                prefixes.Add(prefix);
                last = new ListResumePoint(prefix, IsCommonPrefix: true);
                index = EndOfPrefix(keys, prefix, index);
                continue;
            }

            // A key may have gone since the keys were sorted.
            if (bucket.Find(key) is { } stored)
            {
                objects.Add(stored);
                last = new ListResumePoint(key, IsCommonPrefix: false);
            }

            index++;
        }

        return new ListPage(objects, prefixes, Next: null);
    }

    private static int FirstIndex(string[] keys, ListQuery query)
    {
        var start = After(keys, query.StartAfter);
        if (query.Resume is { } resume)
            start = Math.Max(start, resume.IsCommonPrefix ? EndOfPrefix(keys, resume.Entry, 0) : After(keys, resume.Entry));

        var atPrefix = Array.BinarySearch(keys, query.Prefix, KeyOrder.Instance);
        return Math.Max(start, atPrefix < 0 ? ~atPrefix : atPrefix);
    }

    private static int After(string[] keys, string key)
    {
        if (key.Length == 0)
            return 0;

        var found = Array.BinarySearch(keys, key, KeyOrder.Instance);
        return found < 0 ? ~found : found + 1;
    }

    /// <summary>The first index, not before the given one, whose key does not start with the prefix but comes after it.</summary>
    private static int EndOfPrefix(string[] keys, string prefix, int index)
    {
        var (low, high) = (index, keys.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var isBeyond = !keys[middle].StartsWith(prefix, StringComparison.Ordinal)
                && KeyOrder.Instance.Compare(keys[middle], prefix) > 0;
            if (isBeyond)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static string? CommonPrefixOf(string key, ListQuery query)
    {
        if (query.Delimiter.Length == 0)
            return null;

        var at = key.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + query.Delimiter.Length)];
    }
}
