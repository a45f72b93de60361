using System.Collections.Concurrent;
using S3ModelStore.TestServer.Content;

namespace S3ModelStore.TestServer.Catalog;

/// <summary>Buckets and their objects. Everything may be called at any time, also while requests run.</summary>
public sealed class ObjectCatalog
{
    private readonly ConcurrentDictionary<string, BucketContents> _buckets = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    internal ObjectCatalog(TimeProvider clock) => _clock = clock;

    /// <summary>Creates the bucket unless it exists, and returns its policy for changing.</summary>
    public BucketPolicy CreateBucket(string bucket) => GetOrCreate(bucket).Policy;

    /// <summary>The policy of a bucket that exists.</summary>
    public BucketPolicy Policy(string bucket) => Existing(bucket).Policy;

    /// <summary>The names of all buckets, sorted.</summary>
    public IReadOnlyList<string> Buckets => [.. _buckets.Keys.Order(StringComparer.Ordinal)];

    public bool RemoveBucket(string bucket) => _buckets.TryRemove(bucket, out _);

    /// <summary>Stores an object, creating its bucket if needed. An object of this key is replaced; requests under way keep reading the old one.</summary>
    public StoredObject Put(string bucket, string key, ObjectContent content, PutOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return GetOrCreate(bucket).Put(key, content, options ?? new PutOptions());
    }

    /// <summary>Removes the current version of an object; older versions stay readable by their id.</summary>
    public bool Remove(string bucket, string key) => Find(bucket)?.Remove(key) == true;

    /// <summary>The object as it is now (or one of its versions), or null.</summary>
    public StoredObject? Find(string bucket, string key, string? versionId = null) => Find(bucket)?.Find(key, versionId);

    /// <summary>The keys of a bucket that exists, in the order of their UTF-8 bytes.</summary>
    public IReadOnlyList<string> Keys(string bucket) => Existing(bucket).SortedKeys();

    internal BucketContents? Find(string bucket) => _buckets.GetValueOrDefault(bucket);

    private BucketContents Existing(string bucket) =>
        Find(bucket) ?? throw new KeyNotFoundException($"The server has no bucket '{bucket}'.");

    private BucketContents GetOrCreate(string bucket)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        return _buckets.GetOrAdd(bucket, static (name, clock) => new BucketContents(name, clock), _clock);
    }
}
