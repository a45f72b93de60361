using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Selection;

namespace S3ModelStore.Engine.Source;

/// <summary>Finds out whether a source can be downloaded from, by doing a little of it.</summary>
internal sealed class SourceProbe
{
    private readonly IObjectStore _store;
    private readonly StoreReader _reader;
    private readonly SourceLister _lister;
    private readonly TimeProvider _clock;

    public SourceProbe(IObjectStore store, StoreReader reader, SourceLister lister, TimeProvider clock)
    {
        _store = store;
        _reader = reader;
        _lister = lister;
        _clock = clock;
    }

    /// <summary>Never throws for an unavailable source; the status says why.</summary>
    public async Task<S3ModelSourceStatus> ProbeAsync(S3ModelUri source, ModelFilter filter, CancellationToken cancellation)
    {
        var started = _clock.GetTimestamp();
        var status = new S3ModelSourceStatus
        {
            Uri = source.ToString(),
            Available = false,
            Reason = ModelStoreErrorCode.None,
            Message = string.Empty,
            Bucket = source.Bucket,
            Prefix = source.Key,
        };
        try
        {
            status = await IdentifyAsync(status, cancellation);
            status = await ReadOneAsync(status, source, filter, cancellation);
        }
        catch (ModelStoreException e)
        {
            status = status with { Reason = e.Code, Message = e.Message, Remedy = e.Remedy };
        }

        // The region may have been learned on the way.
        return (await IdentifyAsync(status, cancellation)) with { Latency = _clock.GetElapsedTime(started) };
    }

    private async Task<S3ModelSourceStatus> IdentifyAsync(S3ModelSourceStatus status, CancellationToken cancellation)
    {
        try
        {
            var identity = await _store.IdentifyAsync(status.Bucket, cancellation);
            return status with { Endpoint = identity.Endpoint, Region = identity.Region, CredentialSource = identity.CredentialSource };
        }
        catch (ModelStoreException e)
        {
            return status with { Reason = e.Code, Message = e.Message, Remedy = e.Remedy };
        }
    }

    private async Task<S3ModelSourceStatus> ReadOneAsync(S3ModelSourceStatus status, S3ModelUri source, ModelFilter filter, CancellationToken cancellation)
    {
        if (status.Reason != ModelStoreErrorCode.None)
            return status;
        S3ModelObject? smallest = null;
        // The first page is enough: any object proves reading, and an unmatched filter has to look at all of them.
        await foreach (var found in _lister.ListAsync(source, filter, cancellation))
        {
            smallest = found;
            break;
        }

        if (smallest is null)
        {
            return status with
            {
                CanList = true,
                Reason = ModelStoreErrorCode.NoMatch,
                Message = Messages.NothingMatches(source),
                Remedy = Messages.NothingMatchesProbeRemedy,
            };
        }

        status = status with { CanList = smallest.Key != source.Key || await CanListAsync(source, cancellation) };
        var stored = new StoredObject(smallest.Key, smallest.Size, smallest.ETag, smallest.LastModified, smallest.StorageClass, smallest.VersionId);
        try
        {
            await _reader.ReadFirstByteAsync(source.Bucket, stored, cancellation);
        }
        catch (ModelStoreException e)
        {
            // Not let out: that it could be listed is worth knowing.
            return status with { Reason = e.Code, Message = e.Message, Remedy = e.Remedy };
        }

        return status with { Available = true, CanRead = true, Message = status.CanList ? Messages.SourceCanBeListedAndRead(source) : Messages.SourceCanBeRead(source) };
    }

    /// <summary>A single object is found with and without the permission to list.</summary>
    private async Task<bool> CanListAsync(S3ModelUri source, CancellationToken cancellation)
    {
        try
        {
            await _reader.ListPageAsync(source.Bucket, source.Prefix, continuation: null, cancellation);
            return true;
        }
        catch (ModelStoreException e) when (e.Code == ModelStoreErrorCode.AccessDenied)
        {
            return false;
        }
    }
}
