using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// Ends a file whose work is done: proves it and renames it into place, or decides that it begins once more, or writes it off with
/// everything kept that the next run can use.
/// </summary>
internal sealed class FileSettler
{
    private readonly DownloadPlan _plan;
    private readonly Destination _destination;
    private readonly TransferServices _services;
    private readonly FileLedger _ledger;
    private readonly SymlinkGuard _guard;

    public FileSettler(DownloadPlan plan, Destination destination, TransferServices services, FileLedger ledger)
    {
        _plan = plan;
        _destination = destination;
        _services = services;
        _ledger = ledger;
        _guard = new SymlinkGuard(destination.State.Destination, PlatformNames.ForCurrent());
    }

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.VerificationTooWeak"/>.</exception>
    public static void RequireStrength(FileTransfer file, VerificationLevel level, VerificationLevel minimum)
    {
        if (level >= minimum)
            return;
        throw new ModelStoreException(
            ModelStoreErrorCode.VerificationTooWeak,
            Messages.VerificationTooWeak(file.Source.Uri, level, minimum),
            Messages.VerificationTooWeakRemedy,
            file.Source.Uri);
    }

    /// <returns>What to fetch instead, from nothing; <see langword="null"/> when the file has its result.</returns>
    public FileTransfer? Settle(FileTransfer file, CancellationToken cancellation)
    {
        if (_ledger.IsSettled(file.Index))
            return null;
        var failure = file.Failure;
        try
        {
            if (failure is null)
            {
                if (file.Suspect is { } suspect)
                    return Judge(file, suspect, cancellation);
                ProveAndCommit(file, cancellation);
                return null;
            }
        }
        catch (ModelStoreException e)
        {
            failure = e;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = DiskErrors.From(e, file.FinalPath);
        }

        return TryAgain(file, failure!, cancellation);
    }

    // A file that is as recorded stays as it is; a damaged one leaves its place, for what is there must be right.
    private FileTransfer? Judge(FileTransfer file, Suspect suspect, CancellationToken cancellation)
    {
        if (suspect.IsSound)
        {
            _ledger.Unchanged(file, suspect.Entry.At(new FileInfo(file.FinalPath)));
            return null;
        }

        RequireSafe(file);
        return file.Repairer(suspect.Sound, cancellation);
    }

    private void ProveAndCommit(FileTransfer file, CancellationToken cancellation)
    {
        var verdict = Judge(file, cancellation);
        if (verdict.Expected is { } expected)
        {
            throw new ModelStoreException(
                ModelStoreErrorCode.ChecksumMismatch,
                Messages.ChecksumMismatch(file.Source.Uri, verdict.Checksum, expected),
                Messages.ChecksumMismatchRemedy,
                file.Source.Uri);
        }

        RequireStrength(file, verdict.Level, _plan.Request.MinimumVerification);
        RequireSafe(file);
        var modifiedAt = file.IsInPlace ? ManifestEntry.TimeOf(new FileInfo(file.FinalPath)) : Commit(file);
        var entry = file.ToEntry(modifiedAt, verdict);
        _destination.Complete(entry);
        _ledger.Completed(file, entry, verdict.Note);
        if (file.Journal is not null)
        {
            file.Close();
            Forget(_destination.State.JournalPath(file.Id));
        }
    }

    private DateTimeOffset Commit(FileTransfer file)
    {
        var directory = Path.GetDirectoryName(file.FinalPath)!;
        if (directory.Length > _destination.State.Destination.Length && !Directory.Exists(directory))
            Directory.CreateDirectory(directory);
        try
        {
            return file.Data!.Commit(file.FinalPath, file.Source.Size, file.Source.LastModified, file.Cancellation);
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && Directory.Exists(file.FinalPath))
        {
            throw Refused(file, new PathRefusal(ModelStoreErrorCode.NameConflict, Messages.FileWhereDirectoryIs(file.FinalPath)));
        }
    }

    // A file of one part is fetched without asking how it was uploaded: the guess is nearly always right. Where it is not, the store's
    // word tells whether the guess was wrong or the bytes are.
    private Verdict Judge(FileTransfer file, CancellationToken cancellation)
    {
        var whole = file.RangeOf(0, file.Source.Size);
        var verdict = file.Prover.Judge();
        if (verdict.Level < VerificationLevel.Composite && file.Prover.CanBeToldLayout)
        {
            file.Prover.LayoutTold(_services.Reader.Describe(whole, cancellation));
            verdict = file.Prover.Judge();
        }

        // Parts are nearly always equal, and one question tells then. Before bytes are called wrong, or not proved, all parts are asked for.
        return file.Prover.PartsInDoubt(verdict) is { } count && _services.Reader.FindPartSizes(whole, count, cancellation) is { } sizes
            ? file.Prover.Judge(sizes)
            : verdict;
    }

    // What cannot be deleted does no harm: a file in place is known as such, and what is left is checked before it is used.
    private static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    // Looked at again, and anew for every file: a link can have been planted since the plan was made.
    private void RequireSafe(FileTransfer file)
    {
        if (_guard.CheckDirectoryNow(file.Planned.LocalPath) is { } refusal)
            throw Refused(file, refusal);
    }

    private static ModelStoreException Refused(FileTransfer file, PathRefusal refusal)
        => new(refusal.Code, $"{file.Source.Uri} {refusal.Reason}.", Messages.InTheWayRemedy, file.Source.Uri);

    private FileTransfer? TryAgain(FileTransfer file, ModelStoreException failure, CancellationToken cancellation)
    {
        if (failure.Code == ModelStoreErrorCode.ChecksumMismatch && !file.WasWrong)
            return file.Successor(file.Source, file.WasReplaced, wasWrong: true, cancellation);
        if (failure.Code == ModelStoreErrorCode.ObjectChanged && _plan.Request.IsPinned)
        {
            failure = Changed(file);
        }
        else if (failure.Code == ModelStoreErrorCode.ObjectChanged && !file.WasReplaced)
        {
            try
            {
                return FollowReplacement(file, cancellation);
            }
            catch (ModelStoreException e)
            {
                failure = e;
            }
        }

        file.Close();
        if (failure.Code == ModelStoreErrorCode.ChecksumMismatch)
        {
            Forget(_destination.State.PartialPath(file.Id));
            Forget(_destination.State.JournalPath(file.Id));
        }

        _ledger.Failed(file, failure, BytesKept(file, failure));
        return null;
    }

    // As the next run of the same command will find it.
    private long BytesKept(FileTransfer file, ModelStoreException failure)
    {
        if (_plan.Request.Force || failure.Code == ModelStoreErrorCode.ObjectChanged)
            return 0;
        try
        {
            return ResumeJournal.RecordedBytes(_destination.State.JournalPath(file.Id), file.IdentityAt(_services.Endpoint));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static ModelStoreException Changed(FileTransfer file) => new(
        ModelStoreErrorCode.ObjectChanged,
        Messages.ChangedSinceMeasured(file.Source.Uri),
        Messages.ChangedSinceMeasuredRemedy,
        file.Source.Uri);

    private FileTransfer FollowReplacement(FileTransfer file, CancellationToken cancellation)
    {
        var old = file.Source;
        var now = _services.Reader.Head(old.Bucket, old.Key, cancellation);
        if (now is null)
            throw new ModelStoreException(ModelStoreErrorCode.ObjectNotFound, Messages.RemovedWhileRead(old.Uri), Messages.RemovedWhileReadRemedy, old.Uri);
        if (file.Planned.Spec?.Size is { } size && size != now.Size)
        {
            throw new ModelStoreException(
                ModelStoreErrorCode.FileSpecMismatch,
                Messages.ReplacedByOtherSize(old.Uri, now.Size, size),
                Messages.ReplacedByOtherSizeRemedy,
                old.Uri);
        }

        var source = old with { Size = now.Size, ETag = now.ETag, LastModified = now.LastModified, VersionId = now.VersionId };
        return file.Successor(source, wasReplaced: true, file.WasWrong, cancellation);
    }
}
