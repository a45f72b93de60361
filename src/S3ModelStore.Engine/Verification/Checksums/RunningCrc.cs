using System.IO.Hashing;

namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>The CRC of bytes while they pass, in the algorithm that a file is proved by. Not thread-safe; one per part in hand.</summary>
internal sealed class RunningCrc
{
    // Of the three, the only one whose kernel is not ours, and it keeps its state to itself.
    private readonly Crc32? _crc32;
    private ulong _crc;

    public RunningCrc(ChecksumAlgorithm algorithm)
    {
        Algorithm = algorithm;
        if (algorithm == ChecksumAlgorithm.Crc32)
            _crc32 = new Crc32();
    }

    public ChecksumAlgorithm Algorithm { get; }

    /// <summary>The finished CRC of everything appended, 0 for nothing. More may be appended afterwards.</summary>
    public ulong Value => _crc32?.GetCurrentHashAsUInt32() ?? _crc;

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_crc32 is not null)
            _crc32.Append(data);
        else if (Algorithm == ChecksumAlgorithm.Crc32C)
            _crc = Crc32C.Append((uint)_crc, data);
        else
            _crc = Crc64Nvme.Append(_crc, data);
    }

    /// <summary>Begins again with nothing.</summary>
    public void Reset()
    {
        _crc32?.Reset();
        _crc = 0;
    }

    public ChecksumValue ToChecksum() => new(Algorithm, Value);
}
