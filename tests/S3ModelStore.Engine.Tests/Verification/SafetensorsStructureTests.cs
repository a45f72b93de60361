using System.Text;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Verification.Structure;
using Xunit;
using static S3ModelStore.Engine.Tests.Verification.StructureBench;

namespace S3ModelStore.Engine.Tests.Verification;

public sealed class SafetensorsStructureTests : IDisposable
{
    private readonly StructureBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, int> Good => new()
    {
        { "{}", 0 },
        { "{}      ", 0 },
        { "{\"__metadata__\":{\"format\":\"pt\",\"note\":\"\\u00e9\"}}", 0 },
        { "{\"__metadata__\":null," + Tensor("a", "F32", "2,2", 0, 16) + "}", 16 },
        { "{" + Tensor("b", "F16", "4", 16, 24) + "," + Tensor("a", "F32", "2,2", 0, 16) + "}", 24 },
        { "{" + Tensor("scalar", "I64", "", 0, 8) + "}", 8 },
        { "{" + Tensor("a", "F32", "4", 0, 16) + "," + Tensor("empty", "F32", "0,9", 16, 16) + "," + Tensor("b", "U8", "1", 16, 17) + "}", 17 },
        { "{" + Tensor("packed", "F4", "3,2", 0, 3) + "," + Tensor("six", "F6_E2M3", "4", 3, 6) + "}", 6 },
        { "{" + Tensor("later", "F128_NEW", "4", 0, 7) + "}", 7 },
        { "{\"a\":{\"data_offsets\":[0,1],\"x\":{\"y\":[[1],{}]},\"shape\":[1],\"dtyp\\u0065\":\"U8\"}}", 1 },
    };

    public static TheoryData<string, int, string> Bad => new()
    {
        { "", 0, "does not begin with a brace" },
        { " {}", 0, "does not begin with a brace" },
        { "[]", 0, "does not begin with a brace" },
        { "{", 0, "not proper JSON" },
        { "{}{}", 0, "not proper JSON" },
        { "{}\0", 0, "not proper JSON" },
        { "{\"\\ud800\":{}}", 0, "not proper JSON" },
        { "{" + string.Concat(Enumerable.Repeat("\"a\":{", 200)), 0, "not proper JSON" },
        { "{}", 1, "1 bytes of data where its header describes 0" },
        { "{\"__metadata__\":[]}", 0, "not an object" },
        { "{\"__metadata__\":{\"a\":1}}", 0, "'a' is not a string" },
        { "{\"a\":1}", 0, "tensor 'a' that is not described by an object" },
        { "{\"a\":{}}", 0, "has no dtype" },
        { "{\"a\":{\"dtype\":\"U8\"}}", 0, "has no shape" },
        { "{\"a\":{\"dtype\":\"U8\",\"shape\":[]}}", 0, "has no data_offsets" },
        { "{\"a\":{\"dtype\":8}}", 0, "dtype that is not a string" },
        { "{\"a\":{\"shape\":8}}", 0, "not a list of sizes" },
        { "{" + Tensor("a", "U8", "-1", 0, 1) + "}", 1, "not a list of sizes" },
        { "{" + Tensor("a", "U8", "1.5", 0, 1) + "}", 1, "not a list of sizes" },
        { "{" + Tensor("a", "U8", "[1]", 0, 1) + "}", 1, "not a list of sizes" },
        { "{\"a\":{\"data_offsets\":[1]}}", 0, "not two offsets" },
        { "{\"a\":{\"data_offsets\":[1,2,3]}}", 0, "not two offsets" },
        { "{\"a\":{\"data_offsets\":[0,-1]}}", 0, "not two offsets" },
        { "{" + Tensor("a", "F32", "2,2", 0, 15) + "}", 15, "has 15 bytes of data where its shape and dtype need 16" },
        { "{" + Tensor("a", "F4", "3", 0, 2) + "}", 2, "whole byte" },
        { "{" + Tensor("a", "U8", "1", 1, 0) + "}", 1, "ends before it begins" },
        { "{" + Tensor("a", "U8", "4294967296,4294967296", 0, 1) + "}", 1, "more elements than can be counted" },
        { "{" + Tensor("a", "F64", "9223372036854775808", 0, 1) + "}", 1, "more bytes than can be counted" },
        { "{" + Tensor("a", "U8", "4", 0, 4) + "," + Tensor("b", "U8", "4", 3, 7) + "}", 7, "overlap at byte 3" },
        { "{" + Tensor("a", "U8", "4", 0, 4) + "," + Tensor("b", "U8", "4", 5, 9) + "}", 9, "hole in its data, from byte 4 to 5" },
        { "{" + Tensor("a", "U8", "4", 0, 4) + "}", 5, "5 bytes of data where its header describes 4" },
        { "{" + Tensor("a", "U8", "4", 0, 4) + "}", 3, "3 bytes of data where its header describes 4" },
        { "{" + Tensor("a", "F128_NEW", "1", 0, ulong.MaxValue) + "}", 3, "header describes 18446744073709551615" },
        { "{" + Tensor("late", "F128_NEW", "4", 1, 7) + "}", 7, "hole in its data" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void What_the_format_allows_is_valid(string header, int dataLength)
        => Assert.Equal(StructureReport.Valid, _bench.CheckSafetensors(header, dataLength));

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_loaders_refuse_is_invalid_and_says_why(string header, int dataLength, string reason)
        => AssertInvalid(reason, _bench.CheckSafetensors(header, dataLength));

    [Theory]
    [InlineData(0UL, "does not begin with a brace")]
    [InlineData(9UL, "claims a header of 9 bytes and has 8")]
    [InlineData(100_000_000UL, "claims a header of 100000000 bytes and has 8")]
    [InlineData(100_000_001UL, "the most its format allows")]
    [InlineData(1UL << 63, "the most its format allows")]
    [InlineData(ulong.MaxValue, "the most its format allows")]
    public void A_header_outside_the_file_is_invalid(ulong length, string reason)
        => AssertInvalid(reason, _bench.Check("m.safetensors", [.. BitConverter.GetBytes(length), .. "{}      "u8]));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_without_a_length_is_invalid(int size)
        => AssertInvalid($"has {size} bytes", _bench.Check("m.safetensors", new byte[size]));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_invalid()
        => AssertInvalid("not proper JSON", _bench.Check("m.safetensors", Safetensors([.. "{\"__metadata__\":{\"a\":\""u8, 0xC3, 0x28, .. "\"}}"u8], 0)));

    [Fact]
    public void A_file_cut_off_anywhere_is_invalid()
    {
        var whole = Safetensors(Encoding.UTF8.GetBytes("{" + Tensor("a", "U8", "9", 0, 9) + "}"), 9);
        Assert.Equal(StructureReport.Valid, _bench.Check("m.safetensors", whole));

        Assert.All(Enumerable.Range(0, whole.Length), size => Assert.Equal(S3ModelStructure.Invalid, _bench.Check("m.safetensors", whole[..size]).State));
    }

    /// <summary>Ten thousand tensors and a string of megabytes cross the buffer's edge in every way.</summary>
    [Fact]
    public void A_header_larger_than_the_buffer_is_read_whole()
    {
        var tensors = Enumerable.Range(0, 10_000).Select(i => Tensor("layer." + i, "BF16", "1,2", (ulong)i * 4, ((ulong)i * 4) + 4));
        var header = $"{{\"__metadata__\":{{\"run\":\"{new string('é', 1_500_000)}\"}},{string.Join(",", tensors)}}}";

        Assert.Equal(StructureReport.Valid, _bench.CheckSafetensors(header, 40_000));
        AssertInvalid("data where its header describes 40000", _bench.CheckSafetensors(header, 40_001));
    }

    [Fact]
    public void A_string_beyond_the_limit_is_left_unjudged()
        => Assert.Equal(
            S3ModelStructure.Unknown,
            _bench.CheckSafetensors($"{{\"__metadata__\":{{\"a\":\"{new string('x', JsonTokens.LongestToken * 2)}\"}}}}", 0).State);

    [Fact]
    public void A_fault_of_the_text_says_where()
        => AssertInvalid("not proper JSON, as line 2 shows at byte 3", _bench.CheckSafetensors("{\n  x}", 0));

    [Fact]
    public void A_name_cannot_write_to_the_terminal()
    {
        var report = _bench.CheckSafetensors("{\"\\u001b[2J\\u202e" + new string('y', 500) + "\":1}", 0);

        AssertInvalid("tensor '\uFFFD[2J\uFFFDyyy", report);
        Assert.True(report.Reason!.Length < 200);
    }
}
