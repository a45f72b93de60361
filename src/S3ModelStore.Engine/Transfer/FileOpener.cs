using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Transfer;

/// <summary>Looks at what is on disk for a file, now that its lock is held, and says what has to be done.</summary>
internal sealed class FileOpener
{
    // S3's own limit for the parts of an upload.
    private const long SmallestUploaded = 5L * 1024 * 1024;

    private readonly DownloadPlan _plan;
    private readonly StateDirectory _state;
    private readonly LiveIndex _index;
    private readonly TransferServices _services;
    private readonly HashSet<string> _journals;

    public FileOpener(DownloadPlan plan, Destination destination, TransferServices services)
    {
        _plan = plan;
        _state = destination.State;
        _index = destination.Index;
        _services = services;
        _journals = _state.JournalIds();
    }

    /// <summary>The file in its place, if one of the right size is there and may be kept.</summary>
    public FileInfo? FindThere(FileTransfer file)
        => !_plan.Request.Force && new FileInfo(file.FinalPath) is { Exists: true } there && there.Length == file.Source.Size ? there : null;

    /// <summary>Another job brought it since the plan was made.</summary>
    public ManifestEntry? FindRecorded(FileTransfer file, FileInfo there)
        => !_plan.Request.Repair && _index.Current().FindUnchanged(file.Source, file.Planned.LocalPath, there) is { } known && IsEnough(file, known) ? known : null;

    /// <summary>In a repair: the finished file and its record. A link is not followed; what it stands for is fetched.</summary>
    public Suspect? FindSuspect(FileTransfer file)
        => _plan.Request.Repair
            && new FileInfo(file.FinalPath) is { Exists: true, LinkTarget: null } there
            && _index.Current().Find(file.Source, file.Planned.LocalPath) is { } known
            && IsEnough(file, known)
            && (known.Parts is not null || known.WholeDigest() is not null)
            ? new Suspect(known, there.Length)
            : null;

    /// <summary>Has every recorded part of a finished file read again.</summary>
    public static IReadOnlyCollection<FileWork> Examine(FileTransfer file, Suspect suspect, IReadOnlyList<JournalPart> parts)
    {
        file.Examine(PartialFile.OpenFinished(file.FinalPath), suspect);
        return [.. parts.Select(part => new CheckWork(file, part))];
    }

    /// <summary>Begins a file that is not finished after all: from what is sound of a damaged one, or from nothing.</summary>
    public IReadOnlyCollection<FileWork> OpenAgain(FileTransfer file)
    {
        if (file.Salvaged is not { Count: > 0 } sound)
            return OpenAnew(file);
        // The journal first: killed between the two, the damaged file is in its place with its record, to be repaired once more.
        using (var journal = ResumeJournal.Create(_state.JournalPath(file.Id), IdentityOf(file)))
        {
            foreach (var part in sound)
                journal.Append(part);
        }

        return AtomicRename.TryMove(file.FinalPath, _state.PartialPath(file.Id)) ? Open(file) : OpenAnew(file);
    }

    /// <summary>Another program brought it, and its digest proves it. Reading what is there is cheaper than fetching it.</summary>
    public static ManifestEntry? FindProved(FileTransfer file, FileInfo there, Span<byte> buffer, CancellationToken cancellation)
    {
        var proof = file.Prover.Proof;
        if (proof.Composite is { } composite)
        {
            using var data = PartialFile.OpenFinished(there.FullName);
            var verdict = new CompositeJudge(composite, (chunk, offset) => data.Read(chunk.Span, offset)).Judge(new Dictionary<long, byte[]>(), () => string.Empty);
            return verdict is { Level: VerificationLevel.Composite, Expected: null } ? file.ToEntry(ManifestEntry.TimeOf(there), verdict) : null;
        }

        return proof.Expected is { } expected && LocalBytes.Digest(there.FullName, proof.Algorithm, buffer, cancellation) == expected
            ? file.ToEntry(ManifestEntry.TimeOf(there), new Verdict(proof.Level, proof.Name(expected)))
            : null;
    }

    /// <summary>Opens or continues the partial file: parts an earlier run recorded are to be checked, the rest fetched.</summary>
    public IReadOnlyCollection<FileWork> Open(FileTransfer file)
    {
        // A file of one part records nothing; what it has, it has from a run with smaller parts.
        if (_plan.Request.Force || (file.Source.Size <= PartSizeOf(file) && file is { Planned.ResumableBytes: 0, Salvaged: null }))
            return OpenAnew(file);
        var journalPath = _state.JournalPath(file.Id);
        if (ResumeJournal.TryOpen(journalPath, IdentityOf(file), out var parts) is not { } journal)
            return OpenAnew(file);

        file.Journal = journal;
        var partialPath = _state.PartialPath(file.Id);
        var final = file.FinalPath;
        if (PartialFile.Exists(partialPath))
        {
            file.Opened(PartialFile.Open(partialPath), isOnePart: false);
        }
        else if (parts.Sum(part => part.Length) == file.Source.Size && new FileInfo(final) is { Exists: true } there && there.Length == file.Source.Size)
        {
            // A job died between the rename and its log. The journal proves the finished file as well as the partial one.
            file.Opened(PartialFile.OpenFinished(final), isOnePart: false);
            file.IsInPlace = true;
        }
        else
        {
            journal.Dispose();
            return OpenAnew(file);
        }

        return [.. Describe(file), .. parts.Select(part => new CheckWork(file, part)), .. Gaps(parts, file.Source.Size).SelectMany(gap => Fetches(file, gap))];
    }

    /// <summary>Begins with nothing.</summary>
    public IReadOnlyCollection<FileWork> OpenAnew(FileTransfer file)
    {
        var isOnePart = file.Source.Size <= PartSizeOf(file);
        file.Opened(PartialFile.Open(_state.PartialPath(file.Id)), isOnePart);
        var journalPath = _state.JournalPath(file.Id);
        if (isOnePart)
        {
            // One request either arrives or not: there is nothing to record. Even an empty object is asked for: that it can be read is part
            // of the proof. A journal can be left from a larger version, or torn: nobody else would remove it.
            if (_journals.Contains(file.Id) || file.WasReplaced || file.WasWrong || file.WasDamaged)
                File.Delete(journalPath);
            return [new FetchWork(file, 0, file.Source.Size)];
        }

        file.Journal = ResumeJournal.Create(journalPath, IdentityOf(file));
        return [.. Describe(file), .. Fetches(file, new ByteRange(0, file.Source.Size))];
    }

    /// <summary>A recorded part has other bytes than were recorded: fetch it again.</summary>
    public IReadOnlyCollection<FileWork> Replace(FileTransfer file, JournalPart part)
        => file.IsInPlace
            ? throw new ModelStoreException(
                ModelStoreErrorCode.ChecksumMismatch,
                Messages.NotAsJournalled(file.FinalPath),
                Messages.RunAgain,
                file.Source.Uri)
            : [.. Fetches(file, new ByteRange(part.Offset, part.Length))];

    private static IEnumerable<ByteRange> Gaps(IReadOnlyList<JournalPart> parts, long size)
    {
        var written = new ByteRanges();
        foreach (var part in parts)
            written.Add(new ByteRange(part.Offset, part.Length));
        return written.Gaps(size);
    }

    private static IEnumerable<FileWork> Describe(FileTransfer file) => file.Prover.MayImprove ? [new DescribeWork(file)] : [];

    private bool IsEnough(FileTransfer file, ManifestEntry known)
        => known.Verification >= _plan.Request.MinimumVerification && known.Answers(file.Planned.Spec);

    // The uploader's own parts, where they are of a size to fetch: their digests can then be taken as they pass.
    private long PartSizeOf(FileTransfer file)
        => _services.Options.PartSize is null && file.Prover.Proof.Composite?.Layouts[0].PartSize is { } uploaded and >= SmallestUploaded and <= PartLayout.LargestAutomatic
            ? uploaded
            : PartLayout.Create(file.Source.Size, _services.Options.PartSize).PartSize;

    private IEnumerable<FetchWork> Fetches(FileTransfer file, ByteRange range)
        => PartLayout.Split(range, PartSizeOf(file)).Select(part => new FetchWork(file, part.Offset, part.Length));

    private ObjectIdentity IdentityOf(FileTransfer file) => file.IdentityAt(_services.Endpoint);
}
