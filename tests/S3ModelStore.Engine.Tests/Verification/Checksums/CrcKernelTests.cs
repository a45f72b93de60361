using System.Text;
using CsCheck;
using S3ModelStore.Engine.Verification.Checksums;
using Xunit;

namespace S3ModelStore.Engine.Tests.Verification.Checksums;

public sealed class CrcKernelTests
{
    // Check values: https://reveng.sourceforge.io/crc-catalogue/all.htm. The greeting: the tests of AWS's own SDKs.
    [Theory]
    [InlineData("123456789", 0xCBF43926, 0xE3069283, 0xAE8B14860A799888)]
    [InlineData("", 0u, 0u, 0UL)]
    [InlineData("Hello world", 0x8BD69E52, 0x72B51F78, 0x38E259D03F312ADB)]
    public void Gives_the_published_values(string text, uint crc32, uint crc32C, ulong crc64)
    {
        var data = Encoding.ASCII.GetBytes(text);
        Assert.Equal(crc32, Samples.Crc(ChecksumAlgorithm.Crc32, data));
        Assert.Equal(crc32C, Samples.Crc(ChecksumAlgorithm.Crc32C, data));
        Assert.Equal(crc64, Samples.Crc(ChecksumAlgorithm.Crc64Nvme, data));
    }

    // https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4 for CRC-32C; the others, and these too, in the tests of
    // https://github.com/awslabs/aws-checksums.
    [Fact]
    public void Gives_the_published_values_of_32_bytes()
    {
        var zeros = new byte[32];
        var ones = Enumerable.Repeat((byte)0xFF, 32).ToArray();
        var rising = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        Assert.Equal(0x190A55ADUL, Samples.Crc(ChecksumAlgorithm.Crc32, zeros));
        Assert.Equal(0x8A9136AAUL, Samples.Crc(ChecksumAlgorithm.Crc32C, zeros));
        Assert.Equal(0x62A8AB43UL, Samples.Crc(ChecksumAlgorithm.Crc32C, ones));
        Assert.Equal(0x46DD794EUL, Samples.Crc(ChecksumAlgorithm.Crc32C, rising));
        Assert.Equal(0xCF3473434D4ECF3B, Samples.Crc(ChecksumAlgorithm.Crc64Nvme, zeros));
        Assert.Equal(0xB9D9D4A8492CBD7F, Samples.Crc(ChecksumAlgorithm.Crc64Nvme, rising));
    }

    // From the NVM Command Set Specification 1.0c, as the tests of https://github.com/spdk/spdk quote it.
    [Fact]
    public void Gives_the_values_of_the_specification_for_4096_bytes()
    {
        Assert.Equal(0x6482D367EB22B64EUL, Crc64Nvme.Append(0, new byte[4096]));
        Assert.Equal(0xC0DDBA7302ECA3AC, Crc64Nvme.Append(0, Enumerable.Repeat((byte)0xFF, 4096).ToArray()));
    }

    // Each way is asked for by name, so that a machine with the instructions proves what one without them will run.
    [Fact]
    public void Folding_tables_and_bits_agree_on_crc64()
        => Gen.Select(Samples.Data, Gen.ULong).Sample((data, before) =>
        {
            var table = ~Crc64NvmeTable.Advance(~before, data.Span);
            if (CarrylessMultiplication.IsSupported && data.Length >= Crc64NvmeFolding.MinLength)
                Assert.Equal(table, ~Crc64NvmeFolding.Advance(~before, data.Span));
            Assert.Equal(table, Crc64Nvme.Append(before, data.Span));
            Assert.Equal(BitwiseCrc.Of(ChecksumAlgorithm.Crc64Nvme, data.Span), ~Crc64NvmeTable.Advance(ulong.MaxValue, data.Span));
        }, iter: 3000);

    [Fact]
    public void Three_abreast_single_file_and_bits_agree_on_crc32C()
        => Gen.Select(Samples.Data, Gen.UInt).Sample((data, before) =>
        {
            Assert.Equal(~Crc32C.AdvanceInFile(~before, data.Span), Crc32C.Append(before, data.Span));
            Assert.Equal(BitwiseCrc.Of(ChecksumAlgorithm.Crc32C, data.Span), Crc32C.Append(0, data.Span));
        }, iter: 3000);

    [Fact]
    public void Every_length_up_to_four_rounds_at_every_alignment()
    {
        var bytes = new byte[600];
        new Random(7).NextBytes(bytes);
        for (var offset = 0; offset < 16; offset++)
        {
            for (var length = 0; length <= 520; length++)
            {
                var data = bytes.AsSpan(offset, length);
                Assert.Equal(~Crc64NvmeTable.Advance(ulong.MaxValue, data), Crc64Nvme.Append(0, data));
            }
        }
    }

    [Fact]
    public void Pieces_give_what_the_whole_gives()
        => Gen.Select(Samples.Algorithm, Samples.Data, Samples.Cuts).Sample((algorithm, data, cuts) =>
        {
            var crc = new RunningCrc(algorithm);
            foreach (var piece in Samples.Cut(data, cuts))
                crc.Append(piece.Span);
            Assert.Equal(BitwiseCrc.Of(algorithm, data.Span), crc.Value);
            Assert.Equal(crc.Value, crc.Value);

            crc.Reset();
            Assert.Equal(0UL, crc.Value);
            crc.Append(data.Span);
            Assert.Equal(new ChecksumValue(algorithm, BitwiseCrc.Of(algorithm, data.Span)), crc.ToChecksum());
        }, iter: 1500);

    // Of every error of up to 32 (64) bits in a row, not one passes a CRC of that many bits; these are the shortest.
    [Fact]
    public void One_bit_more_or_less_is_another_value()
        => Gen.Select(Samples.Algorithm, Samples.Data, Gen.UInt).Where((_, data, _) => data.Length > 0).Sample((algorithm, data, at) =>
        {
            var changed = data.ToArray();
            changed[at % changed.Length] ^= (byte)(1 << (int)(at % 8));
            Assert.NotEqual(Samples.Crc(algorithm, data.Span), Samples.Crc(algorithm, changed));
        }, iter: 500);

    [Fact]
    public void Nothing_is_allocated()
    {
        var data = new byte[8192];
        RunningCrc[] all = [.. Enum.GetValues<ChecksumAlgorithm>().Select(a => new RunningCrc(a))];
        foreach (var crc in all)
            crc.Append(data);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var crc in all)
        {
            crc.Append(data);
            _ = crc.Value;
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
