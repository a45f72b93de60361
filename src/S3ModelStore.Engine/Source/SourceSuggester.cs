namespace S3ModelStore.Engine.Source;

/// <summary>What may follow a source that is only half written: buckets, then level by level what is in one.</summary>
internal sealed class SourceSuggester
{
    private const string Scheme = "s3://";
    private readonly IObjectStore _store;

    public SourceSuggester(IObjectStore store) => _store = store;

    /// <param name="typed">The beginning of a URI; empty for none.</param>
    /// <param name="cancellation">Ends the one request that this takes.</param>
    /// <returns>URIs that begin so, with a slash at the end where more can follow.</returns>
    public async Task<IReadOnlyList<string>> SuggestAsync(string typed, CancellationToken cancellation)
    {
        if (typed.Length < Scheme.Length)
            return Scheme.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? await BucketsAsync(string.Empty, cancellation) : [];
        if (!typed.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return [];
        var rest = typed[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return await BucketsAsync(rest, cancellation);

        // What cannot be a source cannot be asked for.
        if (!S3ModelUri.TryParse(typed, out var source))
            return [];
        var names = await StoreReader.Apart(() => _store.ListLevel(source.Bucket, source.Key, cancellation), cancellation);
        return [.. names.Where(name => name != source.Key).Select(name => $"{Scheme}{source.Bucket}/{name}").Order(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<string>> BucketsAsync(string typed, CancellationToken cancellation)
        => [.. (await StoreReader.Apart(() => _store.ListBuckets(cancellation), cancellation))
            .Where(bucket => bucket.StartsWith(typed, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(bucket => $"{Scheme}{bucket}/")];
}
