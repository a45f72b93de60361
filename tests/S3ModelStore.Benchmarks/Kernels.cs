using System.IO.Hashing;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using S3ModelStore.Engine.Source.Http;

namespace S3ModelStore.Benchmarks;

/// <summary>What every request or every byte costs: signing, paths, hashes.</summary>
[MemoryDiagnoser]
public class Kernels
{
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly SigV4Signer _signer = new("us-east-1");
    private readonly SigV4Credentials _keys = new("TESTACCESSKEY", "not-a-secret", null);
    private readonly DateTimeOffset _now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [GlobalSetup]
    public void Fill() => Random.Shared.NextBytes(_buffer);

    [Benchmark]
    public int SignOneGet()
    {
        ReadOnlySpan<SigV4Header> headers = [new("if-match", "\"0123456789abcdef0123456789abcdef\""), new("range", "bytes=0-8388607")];
        var request = new SigV4Request { Method = "GET", Host = "127.0.0.1:9000", Path = "/bench/model.safetensors", Headers = headers };
        return _signer.Sign(request, _keys, _now).Authorization.Length;
    }

    [Benchmark]
    public string EncodePlainKey() => S3PathEncoder.Path("/bench/", "llm/model-00001-of-00042.safetensors");

    [Benchmark]
    public string EncodeAwkwardKey() => S3PathEncoder.Path("/bench/", "llm/ä b+c%20#1/tokenizer (1).json");

    [Benchmark]
    public uint Crc32Of256KiB() => Crc32.HashToUInt32(_buffer);

    [Benchmark]
    public byte[] Md5Of256KiB() => CryptographicOperations.HashData(HashAlgorithmName.MD5, _buffer);

    [Benchmark]
    public byte[] Sha256Of256KiB() => SHA256.HashData(_buffer);
}
