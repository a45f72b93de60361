using System.Text;
using CsCheck;
using S3ModelStore.Engine.Verification.Checksums;
using Xunit;

namespace S3ModelStore.Engine.Tests.Verification.Checksums;

public sealed class ChecksumValueTests
{
    // The first rows are in the tests of AWS's own SDKs (JavaScript, Java, .NET), "data" is what AWS answered to a PUT of these four
    // bytes, and the greeting with its line feed is in the manual of https://github.com/robertgrimm/crc64nvme.
    [Theory]
    [InlineData("", "AAAAAA==", "AAAAAA==", "AAAAAAAAAAA=")]
    [InlineData("abc", "NSRBwg==", "Nks/tw==", "BeXKuz/B+us=")]
    [InlineData("Hello world", "i9aeUg==", "crUfeA==", "OOJZ0D8xKts=")]
    [InlineData("data", null, null, "7a5hQ478J4A=")]
    [InlineData("Hello, World!\n", null, null, "SoXXbx67KpE=")]
    public void Writes_and_reads_what_S3_writes(string text, string? crc32, string? crc32C, string? crc64)
    {
        var data = Encoding.ASCII.GetBytes(text);
        Check(ChecksumAlgorithm.Crc32, crc32);
        Check(ChecksumAlgorithm.Crc32C, crc32C);
        Check(ChecksumAlgorithm.Crc64Nvme, crc64);

        void Check(ChecksumAlgorithm algorithm, string? expected)
        {
            if (expected is null)
                return;
            var crc = new RunningCrc(algorithm);
            crc.Append(data);
            Assert.Equal(expected, crc.ToChecksum().ToBase64());
            Assert.True(ChecksumValue.TryParse(algorithm, expected, out var read));
            Assert.Equal(crc.ToChecksum(), read);
        }
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32, 0xCBF43926UL, "CRC32:y/Q5Jg==", "cbf43926", "x-amz-checksum-crc32")]
    [InlineData(ChecksumAlgorithm.Crc32C, 0xE3069283UL, "CRC32C:4waSgw==", "e3069283", "x-amz-checksum-crc32c")]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, 0xAE8B14860A799888UL, "CRC64NVME:rosUhgp5mIg=", "ae8b14860a799888", "x-amz-checksum-crc64nvme")]
    [InlineData(ChecksumAlgorithm.Crc32, 1UL, "CRC32:AAAAAQ==", "00000001", "x-amz-checksum-crc32")]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, 1UL, "CRC64NVME:AAAAAAAAAAE=", "0000000000000001", "x-amz-checksum-crc64nvme")]
    internal void Says_its_name_and_value(ChecksumAlgorithm algorithm, ulong crc, string text, string hex, string header)
    {
        var value = new ChecksumValue(algorithm, crc);
        Assert.Equal(text, value.ToString());
        Assert.Equal(hex, value.ToHex());
        Assert.Equal(header, algorithm.ToHeaderName());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("rosUhgp5mIg")]
    [InlineData("rosUhgp5mIg==")]
    [InlineData("rosUhgp5mIg=-3")]
    [InlineData("rosUhgp5mIg= ")]
    [InlineData(" rosUhgp5mIg=")]
    [InlineData("rosU\nhgp5mIg=")]
    [InlineData("rosUhgp5mIh=")]
    [InlineData("rosUhgp5mIg_")]
    [InlineData("rosUhgp5-Ig=")]
    [InlineData("y/Q5Jg==")]
    [InlineData("y/Q5Jg==y/Q=")]
    [InlineData("AAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    [InlineData("ae8b14860a799888")]
    [InlineData("rosUhgp5mIg\uff1d")]
    public void Refuses_everything_else(string? text) => Assert.False(ChecksumValue.TryParse(ChecksumAlgorithm.Crc64Nvme, text, out _));

    [Theory]
    [InlineData("y/Q5Jg=")]
    [InlineData("y/Q5Jh==")]
    [InlineData("y/Q5Jg==-1")]
    [InlineData("rosUhgp5mIg=")]
    public void Refuses_everything_else_of_32_bits(string text) => Assert.False(ChecksumValue.TryParse(ChecksumAlgorithm.Crc32C, text, out _));

    [Fact]
    public void Every_value_survives_the_way_there_and_back()
        => Gen.Select(Samples.Algorithm, Gen.ULong).Sample((algorithm, crc) =>
        {
            var value = new ChecksumValue(algorithm, algorithm == ChecksumAlgorithm.Crc64Nvme ? crc : (uint)crc);
            Assert.True(ChecksumValue.TryParse(algorithm, value.ToBase64(), out var read));
            Assert.Equal(value, read);
        });

    // What is accepted is exactly what would be written; and nothing throws.
    [Fact]
    public void Never_reads_what_it_would_write_otherwise()
        => Gen.Select(Samples.Algorithm, Gen.OneOf(Gen.String[0, 20], Gen.String[Gen.Char["AQgwz09+/=- \n"], 0, 14])).Sample((algorithm, text) =>
        {
            if (ChecksumValue.TryParse(algorithm, text, out var value))
                Assert.Equal(text, value.ToBase64());
        }, iter: 20_000);
}
