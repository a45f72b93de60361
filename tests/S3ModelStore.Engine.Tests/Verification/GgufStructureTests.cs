using System.Buffers.Binary;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Verification.Structure;
using Xunit;
using static S3ModelStore.Engine.Tests.Verification.StructureBench;

namespace S3ModelStore.Engine.Tests.Verification;

public sealed class GgufStructureTests : IDisposable
{
    private readonly StructureBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(1, true)]
    public void Known_versions_are_valid_in_both_byte_orders(uint version, bool isBigEndian)
        => Assert.Equal(StructureReport.Valid, _bench.Check("m.GGUF", Gguf(version, 2, 3, isBigEndian, 100)));

    [Theory]
    [InlineData(4, false)]
    [InlineData(4, true)]
    [InlineData(65535, false)]
    public void Later_versions_are_unknown_and_named(uint version, bool isBigEndian)
    {
        var report = _bench.Check("m.gguf", Gguf(version, 2, 3, isBigEndian, 100));

        Assert.Equal(S3ModelStructure.Unknown, report.State);
        Assert.Contains($"version {version} ", report.Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_0_never_was()
        => AssertInvalid("version 0", _bench.Check("m.gguf", Gguf(0, 0, 0, isBigEndian: false, 0)));

    [Theory]
    [InlineData(2, 3, 87, true)]
    [InlineData(2, 3, 86, false)]
    [InlineData(0, 0, 0, true)]
    [InlineData(1, 0, 0, false)]
    [InlineData(ulong.MaxValue, 0, 1000, false)]
    [InlineData(0, ulong.MaxValue, 1000, false)]
    public void Counts_must_fit_the_file(ulong tensors, ulong pairs, int room, bool fits)
    {
        var report = _bench.Check("m.gguf", Gguf(3, tensors, pairs, isBigEndian: false, room));

        Assert.Equal(fits ? S3ModelStructure.Valid : S3ModelStructure.Invalid, report.State);
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 24)]
    [InlineData(3, 24)]
    public void A_head_cut_off_anywhere_is_invalid(uint version, int headSize)
    {
        var head = Gguf(version, 0, 0, isBigEndian: false, 0);

        Assert.All(Enumerable.Range(0, headSize), size => Assert.Equal(S3ModelStructure.Invalid, _bench.Check("m.gguf", head[..size]).State));
        Assert.Equal(StructureReport.Valid, _bench.Check("m.gguf", head[..headSize]));
    }

    [Fact]
    public void Another_magic_is_invalid()
        => AssertInvalid("does not begin with GGUF", _bench.Check("m.gguf", [.. "GGML"u8, .. new byte[100]]));

    private static byte[] Gguf(uint version, ulong tensors, ulong pairs, bool isBigEndian, int room)
    {
        T Ordered<T>(T value, Func<T, T> reverse) => isBigEndian ? reverse(value) : value;
        var file = new byte[(version == 1 ? 16 : 24) + room];
        "GGUF"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), Ordered(version, BinaryPrimitives.ReverseEndianness));
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), Ordered((uint)tensors, BinaryPrimitives.ReverseEndianness));
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), Ordered((uint)pairs, BinaryPrimitives.ReverseEndianness));
            return file;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(8), Ordered(tensors, BinaryPrimitives.ReverseEndianness));
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(16), Ordered(pairs, BinaryPrimitives.ReverseEndianness));
        return file;
    }
}
