using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Storage;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Engine.Verification;

/// <summary>
/// Gathers what proves one file while its bytes arrive: the CRCs of its parts in any order, and, where the evidence is a digest over the
/// bytes in order, that digest. What the evidence is, the listing tells first and the store decides. Thread-safe.
/// </summary>
internal sealed class FileProver : IDisposable
{
    private readonly string _etag;
    private readonly string? _sha256;
    private readonly VerificationLevel _strongest;
    private readonly SortedList<long, JournalPart> _parts = [];
    private readonly object _gate = new();
    private Func<Memory<byte>, long, int>? _read;
    private RunningDigest? _inline;
    private SequentialHasher? _follower;
    private bool _isDecided;

    /// <param name="etag">Of the version that is fetched, without quotes.</param>
    /// <param name="sha256">What the caller gave, lower case.</param>
    /// <param name="strongest">The strongest evidence worth its effort.</param>
    public FileProver(string etag, string? sha256, VerificationLevel strongest)
    {
        _etag = etag;
        _sha256 = sha256;
        _strongest = strongest;
        Proof = Proof.Choose(etag, sha256, strongest, ObjectEvidence.None);
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

    /// <summary>A file of several parts is read behind its writers when it has to be digested; one of a single part is digested as it passes.</summary>
    /// <param name="read">Fills a buffer from an offset of the file.</param>
    public void Follow(Func<Memory<byte>, long, int> read)
    {
        _read = read;
        if (!MayImprove)
            Decide(ObjectEvidence.None);
    }

    /// <summary>A GET was answered. The first answer to a file of one part decides; any may tell that the ETag is no MD5.</summary>
    public void Answered(ObjectEvidence evidence)
    {
        lock (_gate)
        {
            if (_read is null)
                Decide(evidence);
            else if (!evidence.ETagMayBeMd5 && Proof.Level == VerificationLevel.ETagMd5)
                Proof = Proof.Choose(_etag, _sha256, _strongest, evidence);
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
            Proof = Proof.Choose(_etag, _sha256, _strongest, evidence);
            if (!Proof.NeedsDigest)
                return;
            if (_read is null)
            {
                _inline = new RunningDigest(Proof.Algorithm);
                return;
            }

            _follower = new SequentialHasher(Proof.Algorithm, _read);
            foreach (var part in _parts.Values)
                _follower.Written(part.Offset, part.Length);
        }
    }

    /// <summary>Bytes pass in order; only a file of one part cares.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _inline?.Append(bytes);

    /// <summary>The bytes of a part are on disk and have this CRC.</summary>
    public void PartThere(JournalPart part)
    {
        lock (_gate)
        {
            _parts[part.Offset] = part;
            _follower?.Written(part.Offset, part.Length);
        }
    }

    /// <summary>Algorithm and value over all bytes: what the proof wants, else the CRC that is known anyway.</summary>
    public async Task<string> DigestAsync()
    {
        if (Proof.NeedsDigest && _inline is not null)
            return Proof.Name(_inline.Finish());
        if (Proof.NeedsDigest && _follower is not null)
            return Proof.Name(await _follower.FinishAsync());
        return CombinedCrc().ToString();
    }

    public void Dispose()
    {
        _follower?.Dispose();
        _inline?.Dispose();
    }

    private ChecksumValue CombinedCrc()
    {
        var combiner = CrcCombiner.For(ChecksumAlgorithm.Crc64Nvme);
        var crc = 0UL;
        foreach (var part in Parts)
            crc = combiner.Combine(crc, part.Crc, part.Length);
        return new ChecksumValue(ChecksumAlgorithm.Crc64Nvme, crc);
    }
}
