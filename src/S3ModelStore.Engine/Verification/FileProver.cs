using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification.Checksums;
using S3ModelStore.Engine.Verification.Composite;

namespace S3ModelStore.Engine.Verification;

/// <summary>
/// Gathers what proves one file while its bytes arrive: the CRCs of its parts in any order, and, where the evidence is a digest over the
/// bytes in order, that digest. What the evidence is, the listing tells first and the store decides. Thread-safe.
/// </summary>
internal sealed class FileProver : IDisposable
{
    private readonly long _size;
    private readonly string _etag;
    private readonly string? _sha256;
    private readonly VerificationLevel _strongest;
    private readonly SortedList<long, JournalPart> _parts = [];
    private readonly Dictionary<long, byte[]> _partDigests = [];
    private readonly object _gate = new();
    private Func<Memory<byte>, long, int>? _read;
    private bool _isInline;
    private RunningDigest? _inline;
    private SequentialHasher? _follower;
    private bool _isDecided;
    private bool _etagIsNoMd5;
    private bool _storeTellsParts;

    /// <param name="size">Bytes.</param>
    /// <param name="etag">Of the version that is fetched, without quotes.</param>
    /// <param name="sha256">What the caller gave, lower case.</param>
    /// <param name="strongest">The strongest evidence worth its effort.</param>
    public FileProver(long size, string etag, string? sha256, VerificationLevel strongest)
    {
        _size = size;
        _etag = etag;
        _sha256 = sha256;
        _strongest = strongest;
        Proof = Proof.Choose(size, etag, sha256, strongest, ObjectEvidence.None);
    }

    /// <summary>What the file will be held against, as far as it is known.</summary>
    public Proof Proof { get; private set; }

    /// <summary>Whether the store may know something stronger.</summary>
    public bool MayImprove => !_isDecided && Proof.MayImprove(_strongest);

    /// <summary>The parts that are there, in order.</summary>
    public IReadOnlyList<JournalPart> Parts
    {
        get
        {
            lock (_gate)
                return [.. _parts.Values];
        }
    }

    /// <summary>Where what was written can be read again. Said before any of it is.</summary>
    /// <param name="read">Fills a buffer from an offset of the file.</param>
    /// <param name="isInline">The file has one part: it is digested as it passes, and its first answer decides. Otherwise what has to be
    /// digested in order is read behind the writers.</param>
    public void Attach(Func<Memory<byte>, long, int> read, bool isInline)
    {
        lock (_gate)
        {
            _read = read;
            _isInline = isInline;
            if (_isDecided)
                BeginDigest();
            else if (!isInline && !MayImprove)
                Decide(ObjectEvidence.None);
        }
    }

    /// <summary>A GET was answered. The first answer to a file of one part decides; any may tell that the ETag is no MD5.</summary>
    public void Answered(ObjectEvidence evidence)
    {
        lock (_gate)
        {
            // Kept, because the store's own word may still come, and may say nothing.
            _etagIsNoMd5 |= !evidence.ETagMayBeMd5;
            if (_isInline)
                Decide(evidence);
            else if (!evidence.ETagMayBeMd5 && Proof is { Level: VerificationLevel.ETagMd5 } or { Composite.Algorithm: "MD5" })
                Proof = Proof.Choose(_size, _etag, _sha256, _strongest, evidence);
        }
    }

    /// <summary>What the store told settles what the file is held against. Later words do not count.</summary>
    public void Decide(ObjectEvidence evidence)
    {
        lock (_gate)
        {
            if (_isDecided)
                return;
            _isDecided = true;
            _storeTellsParts |= evidence.FirstPartSize is not null;
            var guessed = Proof.Composite;
            Proof = Proof.Choose(_size, _etag, _sha256, _strongest, evidence with { ETagMayBeMd5 = evidence.ETagMayBeMd5 && !_etagIsNoMd5 });
            // Digests that were taken on a guess are of no use to another value, or to other parts.
            if (Proof.Composite?.Algorithm != guessed?.Algorithm || Proof.Composite?.Layouts[0] != guessed?.Layouts[0])
                _partDigests.Clear();
            if (_read is not null)
                BeginDigest();
        }
    }

    /// <summary>The first answer left the parts of the upload to be guessed, and the store was not asked for more.</summary>
    public bool CanBeToldLayout => _isInline && Proof.Composite is { IsLayoutKnown: false };

    /// <summary>How large those parts were, if the store says so now. Nothing else it says counts: the bytes have passed.</summary>
    public void LayoutTold(ObjectEvidence evidence)
    {
        lock (_gate)
        {
            _storeTellsParts |= evidence.FirstPartSize is not null;
            var told = Proof.Choose(_size, _etag, _sha256, _strongest, evidence with { ETagMayBeMd5 = evidence.ETagMayBeMd5 && !_etagIsNoMd5 });
            if (told.Composite is { IsLayoutKnown: true } composite && composite.Expected == Proof.Composite?.Expected)
                Proof = told;
        }
    }

    /// <summary>Bytes pass in order; only a file of one part cares.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _inline?.Append(bytes);

    /// <summary>Takes the digest of a part that the uploader had too, as its bytes pass; <see langword="null"/> for other ranges and proofs.</summary>
    public RunningDigest? DigestOfPart(long offset, long length)
    {
        var composite = Proof.Composite;
        return composite is not null && IsUploaded(composite, offset, length) ? new RunningDigest(composite.Algorithm) : null;
    }

    /// <summary>The bytes of a part are on disk and have this CRC.</summary>
    public void PartThere(JournalPart part, RunningDigest? digest)
    {
        lock (_gate)
        {
            _parts[part.Offset] = part;
            // The store may have told of another value, or of other parts, since this one was begun.
            if (digest is not null && Proof.Composite is { } composite && composite.Algorithm == digest.Algorithm && IsUploaded(composite, part.Offset, part.Length))
                _partDigests[part.Offset / composite.Layouts[0].PartSize] = digest.Finish();
            _follower?.Written(part.Offset, part.Length);
        }
    }

    /// <summary>Holds the file against its proof, once all of it is there.</summary>
    public Verdict Judge()
    {
        var proof = Proof;
        if (proof.Composite is { } composite)
            return new CompositeJudge(composite, _read!).Judge(_partDigests, () => CombinedCrc().ToString());
        if (proof.NeedsDigest && _inline is null && _follower is not null)
            return Judge(proof, proof.Name(_follower.Finish()));
        // What the proof wants, else the CRC that is known anyway.
        return Judge(proof, proof.NeedsDigest && _inline is not null ? proof.Name(_inline.FinishText()) : CombinedCrc().ToString());
    }

    /// <summary>
    /// How many parts' sizes would decide: the first one's, which the store told, does not prove the file, and parts need not be equal.
    /// <see langword="null"/> when nothing is in doubt, or the store does not tell.
    /// </summary>
    public int? PartsInDoubt(Verdict verdict)
        => _storeTellsParts && Proof.Composite is { } composite && (verdict.Expected is not null || verdict.Level < VerificationLevel.Composite) ? composite.PartCount : null;

    /// <summary>Holds the file against its value over parts of these sizes.</summary>
    public Verdict Judge(IReadOnlyList<long> partSizes)
    {
        var offset = 0L;
        var parts = new List<ByteRange>(partSizes.Count);
        foreach (var size in partSizes)
        {
            parts.Add(new ByteRange(offset, size));
            offset += size;
        }

        return new CompositeJudge(Proof.Composite!, _read!).Judge(parts);
    }

    public void Dispose()
    {
        _follower?.Dispose();
        _inline?.Dispose();
    }

    private bool IsUploaded(CompositeExpectation composite, long offset, long length)
        => composite.Layouts[0].PartSize is var partSize && offset % partSize == 0 && length == Math.Min(partSize, _size - offset);

    private void BeginDigest()
    {
        if (!Proof.NeedsDigest)
            return;
        if (_isInline)
        {
            _inline = new RunningDigest(Proof.Algorithm);
            return;
        }

        _follower = new SequentialHasher(Proof.Algorithm, _read!);
        foreach (var part in _parts.Values)
            _follower.Written(part.Offset, part.Length);
    }

    private static Verdict Judge(Proof proof, string computed)
        => proof.Expected is { } expected && computed != proof.Name(expected)
            ? new Verdict(proof.Level, computed, Expected: proof.Name(expected))
            : new Verdict(proof.Level, computed);

    private ChecksumValue CombinedCrc()
    {
        var combiner = CrcCombiner.For(ChecksumAlgorithm.Crc64Nvme);
        var crc = 0UL;
        foreach (var part in Parts)
            crc = combiner.Combine(crc, part.Crc, part.Length);
        return new ChecksumValue(ChecksumAlgorithm.Crc64Nvme, crc);
    }
}
