using CsCheck;
using S3ModelStore.Engine.Verification.Checksums;

namespace S3ModelStore.Engine.Tests.Verification.Checksums;

/// <summary>What the checksum tests draw from.</summary>
internal static class Samples
{
    public static readonly Gen<ChecksumAlgorithm> Algorithm = Gen.Enum<ChecksumAlgorithm>();

    // Short ones are where the kernels change their minds: around one block, one round of lanes, one stretch.
    public static readonly Gen<int> Length = Gen.OneOf(Gen.Int[0, 300], Gen.Int[0, 10_000]);

    /// <summary>Bytes that begin anywhere within 64, so at every alignment a vector can have.</summary>
    public static readonly Gen<ReadOnlyMemory<byte>> Data =
        Gen.Select(Length, Gen.Int[0, 63], Gen.Int, (length, offset, seed) =>
        {
            var bytes = new byte[offset + length];
            new Random(seed).NextBytes(bytes);
            return (ReadOnlyMemory<byte>)bytes.AsMemory(offset);
        });

    /// <summary>Places to cut at, in permille of the length; the same place twice makes an empty piece.</summary>
    public static readonly Gen<int[]> Cuts = Gen.Int[0, 1000].Array[0, 12];

    public static IEnumerable<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> data, int[] cuts)
    {
        var start = 0;
        foreach (var end in cuts.Select(c => (int)((long)c * data.Length / 1000)).Order().Append(data.Length))
        {
            yield return data[start..end];
            start = end;
        }
    }

    public static ulong Crc(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> data)
    {
        var crc = new RunningCrc(algorithm);
        crc.Append(data);
        return crc.Value;
    }
}
