using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification.Structure;

namespace S3ModelStore.Engine.Transfer;

/// <summary>One download from its plan to its result: join the destination, transfer, write the manifest when all went well.</summary>
internal sealed class DownloadRun
{
    private readonly DownloadPlan _plan;
    private readonly TransferServices _services;
    private readonly TransferMonitor _monitor;
    private readonly FileLedger _ledger;
    private readonly HashSet<string> _relativePaths;

    public DownloadRun(DownloadPlan plan, TransferServices services, TransferMonitor monitor)
    {
        _plan = plan;
        _services = services;
        _monitor = monitor;
        _ledger = new FileLedger(plan);
        _relativePaths = plan.Files.Select(file => file.Source.RelativePath).ToHashSet(StringComparer.Ordinal);
    }

    public async Task<DownloadOutcome> RunAsync(CancellationToken cancellation)
    {
        var started = _services.Clock.GetTimestamp();
        Announce();
        using var destination = await Destination.OpenAsync(_plan.Request.Destination!, cancellation);
        var statistics = await TransferAsync(destination, cancellation);

        _monitor.Enter(TransferPhase.Finishing);
        var review = new StructureReview(IsPresent);
        var files = _ledger.Results().Select(review.Look).ToList();
        IReadOnlyList<ModelStoreException> failures = _ledger.Failures();
        var removal = new OrphanRemoval(destination);
        if (failures.Count == 0)
            removal.Remove(_plan.OrphanEntries);
        var result = Summarise([.. files, .. removal.Results], statistics, _services.Clock.GetElapsedTime(started));
        if (result.Success && await FinishAsync(destination, result.Fingerprint!, removal.Forgotten, cancellation) is { } failure)
        {
            result = result with { Success = false, Fingerprint = null, ErrorMessage = failure.Message };
            failures = [failure];
        }

        _monitor.Enter(TransferPhase.Completed);
        return new DownloadOutcome(result, failures) { Warnings = [.. Repairs(result.Files), .. review.Warnings, .. removal.Warnings], Notes = [.. statistics.Notes, .. review.Notes] };
    }

    // Bytes that rot do so for a reason, which is a person's business.
    private static IEnumerable<string> Repairs(IEnumerable<S3ModelFileResult> files)
        => files.Where(file => file.Status == S3ModelFileStatus.Repaired).Select(file => Messages.FileRepaired(file.Path, file.BytesDownloaded, file.Size));

    // What an index names may be missing because nobody wanted it.
    private bool IsPresent(string relativePath)
        => _plan.Request.Objects is not null
            || !_plan.Request.Filter.Matches(relativePath)
            || _relativePaths.Contains(relativePath);

    private async Task<TransferStatistics> TransferAsync(Destination destination, CancellationToken cancellation)
    {
        try
        {
            using var job = new TransferJob(_plan, destination, _services, _ledger, _monitor, cancellation);
            await job.RunAsync();
            return job.Statistics();
        }
        catch (Exception e) when (e is not (ModelStoreException or OperationCanceledException))
        {
            throw new ModelStoreException(
                ModelStoreErrorCode.Internal,
                Messages.Unexpected(e.GetType().Name, e.Message),
                Messages.UnexpectedInTransferRemedy,
                _plan.Request.Source.ToString(),
                e);
        }
    }

    // Every file is in place by now: that the record of it cannot be written is a failure, but not the loss of the result.
    private async Task<ModelStoreException?> FinishAsync(Destination destination, string fingerprint, IReadOnlyCollection<ManifestEntry> forgotten, CancellationToken cancellation)
    {
        var source = _plan.Request.Source;
        try
        {
            // A job that found everything in place leaves everything as it is.
            if (forgotten.Count == 0 && _plan.Files.All(file => file.Present is not null) && destination.Says(source, _services.Endpoint, fingerprint))
                return null;
            await destination.WriteManifestAsync(source, _services.Endpoint, fingerprint, _services.Clock.GetUtcNow(), _ledger.Entries, forgotten, cancellation);
            return null;
        }
        catch (ModelStoreException e)
        {
            return e;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiskErrors.From(e, destination.State.ManifestPath);
        }
    }

    private void Announce()
    {
        _monitor.Begin(_plan.FileCount, _plan.TotalBytes);
        foreach (var present in _plan.Files.Where(file => file.Present is not null))
        {
            _monitor.AddDone(present.Source.Size);
            _monitor.FileDone();
        }
    }

    private S3ModelDownloadResult Summarise(IReadOnlyList<S3ModelFileResult> files, TransferStatistics statistics, TimeSpan duration)
    {
        var received = files.Sum(file => file.BytesDownloaded);
        var failed = files.Where(file => file.Status == S3ModelFileStatus.Failed).ToList();
        var proved = files.Where(file => file.Status is not (S3ModelFileStatus.Failed or S3ModelFileStatus.Skipped or S3ModelFileStatus.Removed)).ToList();
        return new S3ModelDownloadResult
        {
            Uri = _plan.Request.Source.ToString(),
            Destination = _plan.Request.Destination!,
            Success = failed.Count == 0,
            Fingerprint = failed.Count == 0 ? Manifest.FingerprintOf(_ledger.Entries) : null,
            FilesDownloaded = files.Count(file => file.Status == S3ModelFileStatus.Downloaded),
            FilesResumed = files.Count(file => file.Status == S3ModelFileStatus.Resumed),
            FilesUnchanged = files.Count(file => file.Status == S3ModelFileStatus.Unchanged),
            FilesRepaired = files.Count(file => file.Status == S3ModelFileStatus.Repaired),
            FilesRemoved = files.Count(file => file.Status == S3ModelFileStatus.Removed),
            FilesFailed = failed.Count,
            BytesDownloaded = received,
            BytesReused = files.Sum(file => file.BytesReused),
            TotalBytes = files.Where(file => file.Status is not (S3ModelFileStatus.Skipped or S3ModelFileStatus.Removed)).Sum(file => file.Size),
            Duration = duration,
            BytesPerSecond = duration > TimeSpan.Zero ? received / duration.TotalSeconds : 0,
            Retries = files.Sum(file => file.Retries),
            PeakConnections = statistics.PeakConnections,
            Connections = statistics.Connections,
            BytesReassigned = statistics.BytesReassigned,
            Verification = proved.Count == 0 ? VerificationLevel.None : proved.Min(file => file.Verification),
            ErrorMessage = failed.Count == 0 ? null : Messages.FilesFailed(failed.Count, files.Count, failed[0].ErrorMessage),
            Files = files,
        };
    }
}
