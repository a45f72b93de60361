using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// One file under way: its data, its journal, its proof, and how many of its work items are outstanding. Items may run on any worker;
/// the worker that ends the last one settles the file, alone.
/// </summary>
internal sealed class FileTransfer : IDisposable
{
    private readonly CancellationToken _job;
    private readonly VerificationLevel _strongest;
    private readonly object _gate = new();
    private CancellationTokenSource? _cut;
    private ModelStoreException? _failure;
    private int _outstanding;

    public FileTransfer(int index, PlannedFile planned, string id, string finalPath, S3ModelObject source, VerificationLevel strongest, FileCounter counter, CancellationToken job)
    {
        Index = index;
        Planned = planned;
        FinalPath = finalPath;
        Id = id;
        Source = source;
        _strongest = strongest;
        Prover = new FileProver(source.Size, source.ETag, planned.Spec?.Sha256, strongest);
        Counter = counter;
        _job = job;
    }

    /// <summary>Place in the plan.</summary>
    public int Index { get; }

    public PlannedFile Planned { get; }

    /// <summary>Full path of its place.</summary>
    public string FinalPath { get; }

    /// <summary>Names its lock, partial and journal.</summary>
    public string Id { get; }

    /// <summary>The version being fetched: the planned one, or what replaced it.</summary>
    public S3ModelObject Source { get; }

    /// <summary>What proves it.</summary>
    public FileProver Prover { get; }

    public FileCounter Counter { get; }

    public PartialFile? Data { get; private set; }

    public ResumeJournal? Journal { get; set; }

    /// <summary>The data is the finished file itself: a job died between its rename and its log.</summary>
    public bool IsInPlace { get; set; }

    /// <summary>In a repair: the finished file, while it is held against its record.</summary>
    public Suspect? Suspect { get; private set; }

    /// <summary>Parts of a damaged file that are sound; <see langword="null"/> unless there was one.</summary>
    public IReadOnlyList<JournalPart>? Salvaged { get; private init; }

    /// <summary>Its finished file was found to be damaged.</summary>
    public bool WasDamaged { get; set; }

    /// <summary>The object was replaced once already.</summary>
    public bool WasReplaced { get; private init; }

    /// <summary>Its bytes were wrong once already.</summary>
    public bool WasWrong { get; private init; }

    /// <summary>Cancelled with the job, or when the file has failed and its other parts are in vain.</summary>
    public CancellationToken Cancellation => _cut?.Token ?? _job;

    /// <summary>How many workers have something of it in hand; the <see cref="WorkQueue"/>'s own count.</summary>
    public int Workers { get; set; }

    /// <summary>What went wrong first.</summary>
    public ModelStoreException? Failure
    {
        get
        {
            lock (_gate)
                return _failure;
        }
    }

    /// <summary>What its journal is bound to.</summary>
    public ObjectIdentity IdentityAt(string endpoint) => new(endpoint, Source.Bucket, Source.Key, Source.ETag, Source.VersionId, Source.Size);

    public ObjectRange RangeOf(long offset, long length) => new()
    {
        Bucket = Source.Bucket,
        Key = Source.Key,
        VersionId = Source.VersionId,
        ETag = Source.ETag,
        Size = Source.Size,
        Offset = offset,
        Length = length,
        AskChecksum = Prover.MayImprove,
    };

    /// <summary>The same file once more from nothing, as <paramref name="source"/>.</summary>
    public FileTransfer Successor(S3ModelObject source, bool wasReplaced, bool wasWrong, CancellationToken job)
    {
        Close();
        Counter.Restart(source.Size);
        Counter.AddRetry();
        return new FileTransfer(Index, Planned, Id, FinalPath, source, _strongest, Counter, job) { WasReplaced = wasReplaced, WasWrong = wasWrong, WasDamaged = WasDamaged };
    }

    /// <summary>The same file, to be made whole from what is sound of it.</summary>
    public FileTransfer Repairer(IReadOnlyList<JournalPart> sound, CancellationToken job)
    {
        Close();
        Counter.Restart(Source.Size);
        return new FileTransfer(Index, Planned, Id, FinalPath, Source, _strongest, Counter, job) { Salvaged = sound, WasDamaged = true };
    }

    /// <summary>What the manifest says of the finished file.</summary>
    public ManifestEntry ToEntry(DateTimeOffset modifiedAt, Verdict verdict) => new()
    {
        Path = Planned.LocalPath,
        Uri = Source.Uri,
        Key = Source.Key,
        ETag = Source.ETag,
        Version = Source.VersionId,
        Size = Source.Size,
        ModifiedAt = modifiedAt,
        Digest = verdict.Checksum,
        Verification = verdict.Level,
        Parts = PartsToRecord(verdict),
    };

    /// <summary>The finished file is open to be read again.</summary>
    public void Examine(PartialFile data, Suspect suspect)
    {
        Data = data;
        Suspect = suspect;
        ExpectParts();
    }

    /// <summary>The data is open: lets the prover read it.</summary>
    public void Opened(PartialFile data, bool isOnePart)
    {
        Data = data;
        if (!isOnePart)
            ExpectParts();
        Prover.Attach((buffer, offset) => data.Read(buffer.Span, offset), isOnePart);
    }

    /// <summary>Stores bytes at their place.</summary>
    /// <exception cref="ModelStoreException">The disk refuses.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            Data!.Write(bytes, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.From(e, FinalPath, Source.Size);
        }

        Prover.Append(bytes);
    }

    /// <summary>A part was fetched.</summary>
    public void PartFetched(JournalPart part, RunningDigest? digest)
    {
        Journal?.Append(part);
        Prover.PartThere(part, digest);
    }

    /// <summary>Gives up: the first failure counts, running parts are cut.</summary>
    public void Fail(ModelStoreException failure)
    {
        lock (_gate)
        {
            if (_failure is not null)
                return;
            _failure = failure;
        }

        _cut?.Cancel();
    }

    public void Expect(int work) => Interlocked.Add(ref _outstanding, work);

    /// <summary>One piece of work ended.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool WorkDone() => Interlocked.Decrement(ref _outstanding) == 0;

    /// <summary>Closes the data, keeping it on disk.</summary>
    public void Close()
    {
        Prover.Dispose();
        Journal?.Dispose();
        Journal = null;
        Data?.Dispose();
        Data = null;
    }

    public void Dispose()
    {
        Close();
        _cut?.Dispose();
    }

    // Of many small files each has but one request at a time, and nothing to cut.
    private void ExpectParts() => _cut ??= CancellationTokenSource.CreateLinkedTokenSource(_job);

    // A digest over the only part says as much as the part's own CRC; one over the uploader's parts cannot be computed without them.
    private ManifestPart[]? PartsToRecord(Verdict verdict)
        => Source.Size > 0 && Prover.Parts is { Count: > 0 } parts && (parts.Count > 1 || verdict.Level == VerificationLevel.Composite)
            ? [.. parts.Select(ManifestPart.Of)]
            : null;
}
