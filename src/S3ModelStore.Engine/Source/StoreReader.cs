using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Transfer;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Source;

/// <summary>Listings and HEADs with a time limit and retries.</summary>
internal sealed class StoreReader
{
    private const int MostQuestions = 8;

    private readonly IObjectStore _store;
    private readonly RetryPolicy _retry;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    public StoreReader(IObjectStore store, RetryPolicy retry, TimeSpan timeout, TimeProvider clock)
    {
        _store = store;
        _retry = retry;
        _timeout = timeout;
        _clock = clock;
    }

    public Task<ListingPage> ListPageAsync(string bucket, string prefix, string? continuation, CancellationToken cancellation)
        => RunAsync(token => _store.ListPageAsync(bucket, prefix, continuation, token), $"s3://{bucket}", cancellation);

    public Task<StoredObject?> HeadAsync(string bucket, string key, CancellationToken cancellation)
        => RunAsync(token => _store.HeadAsync(bucket, key, versionId: null, token), $"s3://{bucket}/{key}", cancellation);

    /// <summary>What the store tells about an object's bytes; nothing when it does not tell.</summary>
    public async Task<ObjectEvidence> DescribeAsync(ObjectRange whole, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(token => _store.DescribeAsync(whole, token), $"s3://{whole.Bucket}/{whole.Key}", cancellation);
        }
        catch (ModelStoreException)
        {
            // Evidence is welcome, not needed: if the object cannot be read, its GET will say so.
            return ObjectEvidence.None;
        }
    }

    /// <summary>The sizes of all parts that an object was uploaded in, in their order; nothing unless the store tells every one and they make the object.</summary>
    public async Task<IReadOnlyList<long>?> FindPartSizesAsync(ObjectRange whole, int count, CancellationToken cancellation)
    {
        var sizes = new long?[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = MostQuestions, CancellationToken = cancellation }, async (index, token) =>
        {
            // A store that does not tell one of them is not asked for ten thousand.
            if (sizes[0] is not null || index < MostQuestions)
                sizes[index] = await RunAsync(each => _store.FindPartSizeAsync(whole, index + 1, count, each), $"s3://{whole.Bucket}/{whole.Key}", token);
        });
        return Array.TrueForAll(sizes, size => size is > 0) && sizes.Sum() == whole.Size ? [.. sizes.Select(size => size!.Value)] : null;
    }

    /// <summary>Reads one byte of an object, or nothing of an empty one: proof that it can be read.</summary>
    public Task<bool> ReadFirstByteAsync(string bucket, StoredObject found, CancellationToken cancellation)
    {
        var range = new ObjectRange
        {
            Bucket = bucket,
            Key = found.Key,
            VersionId = found.VersionId,
            ETag = found.ETag,
            Size = found.Size,
            Offset = 0,
            Length = Math.Min(1, found.Size),
        };
        return RunAsync(token => ReadAsync(range, token), $"s3://{bucket}/{found.Key}", cancellation);
    }

    private async Task<bool> ReadAsync(ObjectRange range, CancellationToken cancellation)
    {
        using var body = await _store.GetAsync(range, cancellation);
        try
        {
            return await body.Content.ReadAsync(new byte[1], cancellation) == range.Length
                ? true
                : throw new EndOfStreamException(Messages.AnswerEndedEarly);
        }
        catch (IOException e)
        {
            throw StoreErrors.FromConnection(e, Messages.StoreWithin, $"s3://{range.Bucket}/{range.Key}");
        }
    }

    private Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> request, string target, CancellationToken cancellation)
        => _retry.RunAsync(
            async token =>
            {
                using var limit = new CancellationTokenSource(_timeout, _clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
                try
                {
                    return await request(either.Token);
                }
                catch (OperationCanceledException e) when (!token.IsCancellationRequested)
                {
                    throw StoreErrors.FromConnection(new TimeoutException("The time limit is over.", e), Messages.StoreAtStart, target);
                }
            },
            new RetryState(),
            cancellation);
}
