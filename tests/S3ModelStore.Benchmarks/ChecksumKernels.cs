using System.IO.Hashing;
using BenchmarkDotNet.Attributes;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Benchmarks;

/// <summary>What proving a file costs per byte, and per part to combine.</summary>
[MemoryDiagnoser]
public class ChecksumKernels
{
    private byte[] _buffer = [];

    /// <summary>A short answer, one read of a socket, and the buffer that the downloader fills.</summary>
    [Params(100, 4 * 1024, 256 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _buffer = new byte[Bytes];
        Random.Shared.NextBytes(_buffer);
    }

    [Benchmark]
    public ulong Crc64NvmeAsChosen() => Crc64Nvme.Append(0, _buffer);

    [Benchmark]
    public ulong Crc64NvmeByTable() => Crc64NvmeTable.Advance(ulong.MaxValue, _buffer);

    [Benchmark]
    public uint Crc32CAsChosen() => Crc32C.Append(0, _buffer);

    [Benchmark]
    public uint Crc32CInSingleFile() => Crc32C.AdvanceInFile(uint.MaxValue, _buffer);

    [Benchmark]
    public uint Crc32OfTheFramework() => Crc32.HashToUInt32(_buffer);

    [Benchmark]
    public ulong Crc64OfTheFramework() => Crc64.HashToUInt64(_buffer);
}
