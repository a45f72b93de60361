using BenchmarkDotNet.Attributes;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Benchmarks;

/// <summary>What each part of a file costs when their CRCs are combined.</summary>
[MemoryDiagnoser]
public class CombineKernels
{
    private readonly CrcCombiner _crc64 = CrcCombiner.For(ChecksumAlgorithm.Crc64Nvme);
    private readonly CrcCombiner _crc32 = CrcCombiner.For(ChecksumAlgorithm.Crc32);

    /// <summary>The parts of a plan, a last one of any length, and the longest there can be.</summary>
    [Params(8L << 20, 5_123_457L, long.MaxValue)]
    public long Length { get; set; }

    [Benchmark]
    public ulong CombineCrc64Nvme() => _crc64.Combine(0x0123456789ABCDEF, 0xFEDCBA9876543210, Length);

    [Benchmark]
    public ulong CombineCrc32() => _crc32.Combine(0x01234567, 0xFEDCBA98, Length);
}
