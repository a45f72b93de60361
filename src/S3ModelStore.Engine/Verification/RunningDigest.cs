using System.Security.Cryptography;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Engine.Verification;

/// <summary>A digest over bytes in their order. As text, hashes are lower-case hexadecimal and CRCs base64, as their publishers tell them.</summary>
internal sealed class RunningDigest : IDisposable
{
    private readonly IncrementalHash? _hash;
    private readonly RunningCrc? _crc;

    /// <param name="algorithm">One of <see cref="ServerChecksum.Algorithms"/>, or <c>MD5</c>.</param>
    public RunningDigest(string algorithm)
    {
        Algorithm = algorithm;
        switch (algorithm)
        {
            case "CRC64NVME":
                _crc = new RunningCrc(ChecksumAlgorithm.Crc64Nvme);
                break;
            case "CRC32C":
                _crc = new RunningCrc(ChecksumAlgorithm.Crc32C);
                break;
            case "CRC32":
                _crc = new RunningCrc(ChecksumAlgorithm.Crc32);
                break;
            default:
                _hash = IncrementalHash.CreateHash(new HashAlgorithmName(algorithm));
                break;
        }
    }

    public string Algorithm { get; }

    public static bool Knows(string algorithm) => algorithm == "MD5" || ServerChecksum.Algorithms.Contains(algorithm);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _crc?.Append(bytes);
        _hash?.AppendData(bytes);
    }

    /// <summary>The digest of everything appended, raw; CRCs with the most significant byte first.</summary>
    public byte[] Finish() => _crc is not null ? Convert.FromBase64String(_crc.ToChecksum().ToBase64()) : _hash!.GetHashAndReset();

    /// <summary>The same as text.</summary>
    public string FinishText() => _crc is not null ? _crc.ToChecksum().ToBase64() : Convert.ToHexString(_hash!.GetHashAndReset()).ToLowerInvariant();

    public void Dispose() => _hash?.Dispose();
}
