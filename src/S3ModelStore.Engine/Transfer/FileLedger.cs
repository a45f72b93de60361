using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Transfer;

/// <summary>Collects what became of each file of a plan. Thread-safe.</summary>
internal sealed class FileLedger
{
    private readonly DownloadPlan _plan;
    private readonly S3ModelFileResult?[] _results;
    private readonly ModelStoreException?[] _failures;
    private readonly List<ManifestEntry> _entries = [];
    private readonly object _gate = new();

    public FileLedger(DownloadPlan plan)
    {
        _plan = plan;
        _results = new S3ModelFileResult?[plan.Files.Count];
        _failures = new ModelStoreException?[plan.Files.Count];
        for (var i = 0; i < plan.Files.Count; i++)
            Enter(i, plan.Files[i]);
    }

    /// <summary>A failure that every other file would meet too, so that none of them needs to be tried.</summary>
    public ModelStoreException? Fatal { get; private set; }

    /// <summary>Manifest entries of all files in place.</summary>
    public IReadOnlyCollection<ManifestEntry> Entries => _entries;

    public bool IsSettled(int index)
    {
        lock (_gate)
            return _results[index] is not null;
    }

    public void Unchanged(FileTransfer file, ManifestEntry entry)
    {
        Settle(file.Index, ResultOf(file, S3ModelFileStatus.Unchanged) with { Verification = entry.Verification, Checksum = entry.Digest }, entry);
    }

    public void Completed(FileTransfer file, ManifestEntry entry, string? note)
    {
        var status = file.Counter.Reused > 0 ? S3ModelFileStatus.Resumed : S3ModelFileStatus.Downloaded;
        if (file.WasDamaged)
            status = S3ModelFileStatus.Repaired;
        Settle(file.Index, ResultOf(file, status) with { Verification = entry.Verification, Checksum = entry.Digest, VerificationNote = note }, entry);
    }

    /// <param name="file">The file.</param>
    /// <param name="failure">Why.</param>
    /// <param name="bytesKept">Bytes that the same command would not have to fetch again.</param>
    public void Failed(FileTransfer file, ModelStoreException failure, long bytesKept)
    {
        // When a whole store is given up, it is on account of another file.
        var target = failure.InnerException is ModelStoreException ? file.Source.Uri : failure.Target;
        Failed(file.Index, failure.OfFile(target, 1 + file.Counter.Retries, bytesKept), ResultOf(file, S3ModelFileStatus.Failed));
    }

    /// <summary>A file that could not even be begun.</summary>
    public void Failed(int index, ModelStoreException failure)
        => Failed(index, failure.OfFile(failure.Target, attempts: 0, _plan.Files[index].ResumableBytes), Blank(_plan.Files[index], S3ModelFileStatus.Failed));

    /// <summary>A file that was given up because of <paramref name="fatal"/>, which is reported once, with the file that met it.</summary>
    public void NotAttempted(int index, ModelStoreException fatal)
        => Settle(index, Blank(_plan.Files[index], S3ModelFileStatus.Failed) with { ErrorCode = fatal.Code, ErrorMessage = fatal.Message }, entry: null);

    /// <summary>The results in the order of the plan.</summary>
    public IReadOnlyList<S3ModelFileResult> Results() => [.. _results.Select(result => result!)];

    /// <summary>The errors of failed files in the order of the plan, without repetitions of a fatal one.</summary>
    public IReadOnlyList<ModelStoreException> Failures() => [.. _failures.OfType<ModelStoreException>()];

    private static bool IsFatal(ModelStoreErrorCode code) => code is
        ModelStoreErrorCode.InsufficientDiskSpace or ModelStoreErrorCode.BucketNotFound or ModelStoreErrorCode.InvalidCredentials
        or ModelStoreErrorCode.CredentialsNotFound or ModelStoreErrorCode.ExpiredCredentials or ModelStoreErrorCode.EndpointUnreachable;

    private void Failed(int index, ModelStoreException failure, S3ModelFileResult result)
    {
        lock (_gate)
        {
            _failures[index] = failure;
            if (IsFatal(failure.Code))
                Fatal ??= failure;
        }

        Settle(index, result with { ErrorCode = failure.Code, ErrorMessage = failure.Message }, entry: null);
    }

    private void Enter(int index, PlannedFile planned)
    {
        if (planned.State == S3ModelPlannedFileState.Skipped)
        {
            _results[index] = Blank(planned, S3ModelFileStatus.Skipped) with { ErrorCode = ModelStoreErrorCode.UnsafePath, ErrorMessage = planned.SkipReason };
        }
        else if (planned.Present is { } entry)
        {
            _results[index] = Blank(planned, S3ModelFileStatus.Unchanged) with
            {
                BytesReused = planned.Source.Size,
                Verification = entry.Verification,
                Checksum = entry.Digest,
            };
            _entries.Add(entry);
        }
    }

    private S3ModelFileResult ResultOf(FileTransfer file, S3ModelFileStatus status) => Blank(file.Planned, status) with
    {
        Size = file.Source.Size,
        ETag = file.Source.ETag,
        BytesDownloaded = file.Counter.Received,
        BytesReused = file.Counter.Reused,
        Seconds = file.Counter.Elapsed.TotalSeconds,
        Retries = file.Counter.Retries,
    };

    private S3ModelFileResult Blank(PlannedFile planned, S3ModelFileStatus status) => new()
    {
        RelativePath = planned.Source.RelativePath,
        Path = _plan.PathOf(planned),
        Uri = planned.Source.Uri,
        Size = planned.Source.Size,
        ETag = planned.Source.ETag,
        Status = status,
    };

    private void Settle(int index, S3ModelFileResult result, ManifestEntry? entry)
    {
        lock (_gate)
        {
            _results[index] = result;
            if (entry is not null)
                _entries.Add(entry);
        }
    }
}
