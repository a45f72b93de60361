using System.Text;
using CsCheck;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Verification.Structure;
using Xunit;
using static S3ModelStore.Engine.Tests.Verification.StructureBench;

namespace S3ModelStore.Engine.Tests.Verification;

public sealed class StructureCheckerTests : IDisposable
{
    private static readonly string[] Names = ["m.safetensors", "m.gguf", "m.safetensors.index.json"];

    // Pieces that lead deep into the parsers, so that chance does not stop at the first byte.
    private static readonly Gen<byte[]> Pieces = Gen.Frequency(
        (6, Gen.OneOf("{", "}", "[", "]", ",", ":", "\"a\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"weight_map\"", "\"F32\"")
            .Select(Encoding.UTF8.GetBytes)),
        (3, Gen.OneOf("0", "1", "16", "-1", "1e99", "18446744073709551615", "99999999999999999999", "null", "true", "\"\\ud800\"", "\"\\u0000\"", " ", "GGUF")
            .Select(Encoding.UTF8.GetBytes)),
        (2, Gen.OneOf("\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}", "\"weight_map\":{\"a\":\"b\"}").Select(Encoding.UTF8.GetBytes)),
        (1, Gen.Byte.Array[0, 20]));

    private static readonly Gen<byte[]> Texts = Pieces.Array[0, 30].Select(pieces => pieces.SelectMany(piece => piece).ToArray());

    private static readonly Gen<byte[]> Contents = Gen.Frequency(
        (2, Gen.Byte.Array[0, 64]),
        (2, Texts),
        (2, Gen.Select(Gen.ULong, Texts, (length, text) => (byte[])[.. BitConverter.GetBytes(length), .. text])),
        (6, Gen.Select(Texts, Gen.Int[0, 20], Safetensors)),
        (6, Gen.Select(Texts, Gen.Int[0, 20], (text, data) => Safetensors([.. "{"u8, .. text, .. "}"u8], data))),
        (2, Gen.Select(Gen.OneOf(0u, 1u, 2u, 3u, 4u, 1u << 24, 3u << 24), Gen.Byte.Array[0, 40], (version, rest) => (byte[])[.. "GGUF"u8, .. BitConverter.GetBytes(version), .. rest])));

    private readonly StructureBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void No_content_makes_it_throw()
        => Gen.Select(Gen.OneOf(Names), Contents).Sample(
            (name, content) =>
            {
                var report = Check(name, content);
                Assert.True(report.State == S3ModelStructure.Valid == report.Reason is null);
                Assert.True(report.Reason is null || (report.Reason.Length < 500 && !report.Reason.Any(char.IsControl)), report.Reason);
            },
            iter: 100_000);

    /// <summary>A valid file stays valid or becomes invalid, whatever byte of it is changed: never an exception, never a hang.</summary>
    [Fact]
    public void Flipped_bytes_never_make_it_throw()
    {
        var whole = Safetensors(Encoding.UTF8.GetBytes("{\"__metadata__\":{\"a\":\"é\"}," + Tensor("x", "F16", "2,3", 0, 12) + "}"), 12);
        Gen.Select(Gen.Int[0, whole.Length - 13], Gen.Byte).Sample(
            (offset, value) =>
            {
                var changed = whole.ToArray();
                changed[offset] = value;
                Assert.NotEqual(S3ModelStructure.Unknown, Check("m.safetensors", changed).State);
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("pytorch_model.bin")]
    [InlineData("safetensors")]
    [InlineData("README.md")]
    public void Other_files_are_not_opened(string name)
        => Assert.Equal(StructureReport.Other, StructureChecker.Check("/nowhere\0", name, _ => false));

    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("m.gguf")]
    [InlineData("m.safetensors.index.json")]
    public void What_cannot_be_read_is_unknown(string name)
    {
        Assert.Equal(S3ModelStructure.Unknown, StructureChecker.Check(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")), name, _ => false).State);
        Assert.Equal(S3ModelStructure.Unknown, StructureChecker.Check(Path.GetTempPath(), name, _ => false).State);
        Assert.Equal(S3ModelStructure.Unknown, StructureChecker.Check("a\0b", name, _ => false).State);
    }

    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("m.gguf")]
    public void A_pointer_of_Git_LFS_is_called_by_its_name(string name)
        => AssertInvalid(
            "Git LFS pointer",
            _bench.Check(name, Encoding.UTF8.GetBytes($"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('0', 64)}\nsize 1234567890\n")));

    private static StructureReport Check(string name, byte[] content)
        => StructureChecker.Check(() => new MemoryStream(content), name, _ => true);

    /// <summary>Padding is the format's own way to align data, and nothing bounds it but the header's limit.</summary>
    [Theory]
    [InlineData("{}", "")]
    [InlineData("{", "}")]
    [InlineData("{\"__metadata__\":", "{}}")]
    public void A_large_header_is_read_through_a_small_buffer(string before, string after)
    {
        const int Length = 90_000_000;
        var content = Safetensors(Encoding.UTF8.GetBytes(before + new string(' ', Length) + after), 0);
        using var stream = new MemoryStream(content);

        var start = GC.GetAllocatedBytesForCurrentThread();
        var report = StructureChecker.Check(() => stream, "m.safetensors", _ => true);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - start;

        Assert.Equal(StructureReport.Valid, report);
        Assert.InRange(allocated, 0, 1_000_000);
    }
}
