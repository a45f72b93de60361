using System.Net;
using System.Runtime.CompilerServices;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Selection;

namespace S3ModelStore.Engine.Source;

/// <summary>
/// The objects of a source: everything below its prefix, or, when nothing is, the object of that very name. A single object needs no
/// permission to list.
/// </summary>
internal sealed class SourceLister
{
    private readonly StoreReader _reader;

    public SourceLister(StoreReader reader) => _reader = reader;

    /// <summary>Streams what the filter wants; the next page is asked for while this one is used.</summary>
    public async IAsyncEnumerable<S3ModelObject> ListAsync(S3ModelUri source, ModelFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var any = false;
        var before = new HashSet<string>(StringComparer.Ordinal);
        ModelStoreException? denied = null;
        var pages = PagesAsync(source, cancellation).GetAsyncEnumerator(cancellation);
        await using (pages)
        {
            while (true)
            {
                try
                {
                    if (!await pages.MoveNextAsync())
                        break;
                }
                catch (ModelStoreException e) when (!any && e.Code == ModelStoreErrorCode.AccessDenied && MayBeObject(source))
                {
                    denied = e;
                    break;
                }

                // A key that comes and goes while pages are made can be told twice, at the end of one and at the beginning of the next.
                var page = pages.Current.Where(found => !before.Contains(found.Key)).DistinctBy(found => found.Key, StringComparer.Ordinal).ToList();
                before = pages.Current.Select(found => found.Key).ToHashSet(StringComparer.Ordinal);
                foreach (var found in page.Where(found => !IsDirectoryMarker(found)))
                {
                    any = true;
                    var model = ToModel(source.Bucket, found, found.Key[source.Prefix.Length..]);
                    if (filter.Matches(model.RelativePath))
                        yield return model;
                }
            }
        }

        if (any || !MayBeObject(source))
            yield break;
        if (await FindObjectAsync(source, denied, cancellation) is { } single && filter.Matches(single.RelativePath))
            yield return single;
    }

    /// <summary>A source that ends in a slash, or is a whole bucket, is a prefix and nothing else.</summary>
    private static bool MayBeObject(S3ModelUri source) => source.Key.Length > 0 && !source.Key.EndsWith('/');

    private static bool IsDirectoryMarker(StoredObject found) => found.Size == 0 && found.Key.EndsWith('/');

    private static S3ModelObject ToModel(string bucket, StoredObject found, string relativePath) => new()
    {
        Bucket = bucket,
        Key = found.Key,
        RelativePath = relativePath,
        Size = found.Size,
        ETag = found.ETag,
        LastModified = found.LastModified,
        StorageClass = found.StorageClass,
        VersionId = found.VersionId,
    };

    private async IAsyncEnumerable<IReadOnlyList<StoredObject>> PagesAsync(S3ModelUri source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        using var ahead = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var next = _reader.ListPageAsync(source.Bucket, source.Prefix, continuation: null, ahead.Token);
        try
        {
            while (next is not null)
            {
                var page = await next;
                if (page.Continuation is { } continuation && !asked.Add(continuation))
                    throw RunsInCircles(source);
                next = page.Continuation is null ? null : _reader.ListPageAsync(source.Bucket, source.Prefix, page.Continuation, ahead.Token);
                yield return page.Objects;
            }
        }
        finally
        {
            // Whoever has seen enough does not wait for the page that was asked for ahead.
            await ahead.CancelAsync();
            if (next is not null)
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ModelStoreException RunsInCircles(S3ModelUri source)
        => StoreErrors.FromAnswer((int)HttpStatusCode.OK, "ContinuationRepeated", Messages.ListingRunsInCircles, $"s3://{source.Bucket}", requestId: null);

    private async Task<S3ModelObject?> FindObjectAsync(S3ModelUri source, ModelStoreException? denied, CancellationToken cancellation)
    {
        StoredObject? found;
        try
        {
            found = await _reader.HeadAsync(source.Bucket, source.Key, cancellation);
        }
        catch (ModelStoreException e) when (e.Code == ModelStoreErrorCode.AccessDenied)
        {
            throw denied ?? e;
        }

        if (found is null)
            return denied is null ? null : throw denied;
        return ToModel(source.Bucket, found, source.Key[(source.Key.LastIndexOf('/') + 1)..]);
    }
}
