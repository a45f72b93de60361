using System.Security.Cryptography;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// One file under way: its data, its journal, its hash, and how many of its work items are outstanding. Items may run on any worker;
/// the worker that ends the last one settles the file, alone.
/// </summary>
internal sealed class FileTransfer : IDisposable
{
    private readonly CancellationTokenSource _cut;
    private readonly object _gate = new();
    private ModelStoreException? _failure;
    private IncrementalHash? _inlineHash;
    private int _outstanding;

    public FileTransfer(int index, PlannedFile planned, string id, Proof proof, FileCounter counter, CancellationToken job)
    {
        Index = index;
        Planned = planned;
        Id = id;
        Proof = proof;
        Source = planned.Source;
        Counter = counter;
        _cut = CancellationTokenSource.CreateLinkedTokenSource(job);
    }

    /// <summary>Place in the plan.</summary>
    public int Index { get; }

    public PlannedFile Planned { get; }

    /// <summary>Names its lock, partial and journal.</summary>
    public string Id { get; }

    /// <summary>The version being fetched: the planned one, or what replaced it.</summary>
    public S3ModelObject Source { get; private init; }

    /// <summary>Weakened once, when an answer tells that the ETag is no MD5.</summary>
    public Proof Proof { get; set; }

    public FileCounter Counter { get; }

    public PartialFile? Data { get; set; }

    public ResumeJournal? Journal { get; set; }

    /// <summary>Follows behind the writers of a file of several parts.</summary>
    public SequentialHasher? Hasher { get; private set; }

    /// <summary>The data is the finished file itself: a job died between its rename and its log.</summary>
    public bool IsInPlace { get; set; }

    /// <summary>The object was replaced once already.</summary>
    public bool WasReplaced { get; private init; }

    /// <summary>Its bytes were wrong once already.</summary>
    public bool WasWrong { get; private init; }

    /// <summary>Cancelled with the job, or when the file has failed and its other parts are in vain.</summary>
    public CancellationToken Cancellation => _cut.Token;

    /// <summary>What went wrong first.</summary>
    public ModelStoreException? Failure
    {
        get
        {
            lock (_gate)
                return _failure;
        }
    }

    public ObjectRange RangeOf(long offset, long length) => new()
    {
        Bucket = Source.Bucket,
        Key = Source.Key,
        VersionId = Source.VersionId,
        ETag = Source.ETag,
        Size = Source.Size,
        Offset = offset,
        Length = length,
    };

    /// <summary>The same file once more from nothing, as <paramref name="source"/>.</summary>
    public FileTransfer Successor(S3ModelObject source, Proof proof, bool wasReplaced, bool wasWrong, CancellationToken job)
    {
        Close();
        Counter.Restart(source.Size);
        Counter.AddRetry();
        return new FileTransfer(Index, Planned, Id, proof, Counter, job) { Source = source, WasReplaced = wasReplaced, WasWrong = wasWrong };
    }

    /// <summary>What the manifest says of the finished file.</summary>
    public ManifestEntry ToEntry(FileInfo final, VerificationLevel level, string? digest) => new()
    {
        Path = Planned.LocalPath,
        Uri = Source.Uri,
        Key = Source.Key,
        ETag = Source.ETag,
        Version = Source.VersionId,
        Size = Source.Size,
        ModifiedAt = new DateTimeOffset(final.LastWriteTimeUtc, TimeSpan.Zero),
        Digest = digest,
        Verification = level,
    };

    /// <summary>A file of several parts is hashed behind its writers.</summary>
    public void Follow()
    {
        var data = Data!;
        Hasher = Proof.NeedsHash ? new SequentialHasher(Proof.Algorithm, (buffer, offset) => data.Read(buffer.Span, offset)) : null;
    }

    /// <summary>A file of one part is hashed as its bytes pass.</summary>
    public void HashInline() => _inlineHash = Proof.NeedsHash ? IncrementalHash.CreateHash(Proof.Algorithm) : null;

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
            throw DiskErrors.From(e, Planned.LocalPath);
        }

        _inlineHash?.AppendData(bytes);
    }

    /// <summary>A part is whole.</summary>
    public void PartWritten(JournalPart part)
    {
        Journal?.Append(part);
        Hasher?.Written(part.Offset, part.Length);
    }

    /// <summary>The digest of all bytes in lower-case hexadecimal; <see langword="null"/> when the proof needs none.</summary>
    public async Task<string?> DigestAsync()
    {
        if (_inlineHash is not null)
            return Convert.ToHexString(_inlineHash.GetHashAndReset()).ToLowerInvariant();
        return Hasher is null ? null : await Hasher.FinishAsync();
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

        _cut.Cancel();
    }

    public void Expect(int work) => Interlocked.Add(ref _outstanding, work);

    /// <summary>One piece of work ended.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool WorkDone() => Interlocked.Decrement(ref _outstanding) == 0;

    /// <summary>Closes the data, keeping it on disk.</summary>
    public void Close()
    {
        Hasher?.Dispose();
        Hasher = null;
        _inlineHash?.Dispose();
        _inlineHash = null;
        Journal?.Dispose();
        Journal = null;
        Data?.Dispose();
        Data = null;
    }

    public void Dispose()
    {
        Close();
        _cut.Dispose();
    }
}
