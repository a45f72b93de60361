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

    /// <summary>Away from the caller's thread and from the pool's, which must not wait.</summary>
    public static Task<T> Apart<T>(Func<T> work, CancellationToken cancellation)
        => Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public Task<ListingPage> ListPageAsync(string bucket, string prefix, string? continuation, CancellationToken cancellation)
        => Apart(() => Run(token => _store.ListPage(bucket, prefix, continuation, token), $"s3://{bucket}", cancellation), cancellation);

    public Task<StoredObject?> HeadAsync(string bucket, string key, CancellationToken cancellation) => Apart(() => Head(bucket, key, cancellation), cancellation);

    /// <inheritdoc cref="HeadAsync"/>
    public StoredObject? Head(string bucket, string key, CancellationToken cancellation)
        => Run(token => _store.Head(bucket, key, versionId: null, token), $"s3://{bucket}/{key}", cancellation);

    /// <summary>What the store tells about an object's bytes; nothing when it does not tell.</summary>
    public ObjectEvidence Describe(ObjectRange whole, CancellationToken cancellation)
    {
        try
        {
            return Run(token => _store.Describe(whole, token), $"s3://{whole.Bucket}/{whole.Key}", cancellation);
        }
        catch (ModelStoreException)
        {
            // Evidence is welcome, not needed: if the object cannot be read, its GET will say so.
            return ObjectEvidence.None;
        }
    }

    /// <summary>The sizes of all parts that an object was uploaded in, in their order; nothing unless the store tells every one and they make the object.</summary>
    public IReadOnlyList<long>? FindPartSizes(ObjectRange whole, int count, CancellationToken cancellation)
    {
        var sizes = new long?[count];
        // A store that does not tell one of them is not asked for ten thousand.
        for (var first = 0; first < count && (first == 0 || sizes[0] is not null); first += MostQuestions)
        {
            var questions = Enumerable.Range(first, Math.Min(MostQuestions, count - first))
                .Select(index => Apart(() => sizes[index] = Run(token => _store.FindPartSize(whole, index + 1, count, token), $"s3://{whole.Bucket}/{whole.Key}", cancellation), cancellation));
            Task.WhenAll(questions).GetAwaiter().GetResult();
        }

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
        return Apart(() => Run(token => Read(range, token), $"s3://{bucket}/{found.Key}", cancellation), cancellation);
    }

    private bool Read(ObjectRange range, CancellationToken cancellation)
    {
        using var body = _store.Get(range, cancellation);
        try
        {
            return body.Read(new byte[1], cancellation) == range.Length
                ? true
                : throw new EndOfStreamException(Messages.AnswerEndedEarly);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw StoreErrors.FromConnection(e, Messages.StoreWithin, $"s3://{range.Bucket}/{range.Key}");
        }
    }

    private T Run<T>(Func<CancellationToken, T> request, string target, CancellationToken cancellation)
        => _retry.Run(
            token =>
            {
                using var limit = new CancellationTokenSource(_timeout, _clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
                try
                {
                    return request(either.Token);
                }
                catch (OperationCanceledException e) when (!token.IsCancellationRequested)
                {
                    throw StoreErrors.FromConnection(new TimeoutException("The time limit is over.", e), Messages.StoreAtStart, target);
                }
            },
            new RetryState(),
            cancellation);
}
