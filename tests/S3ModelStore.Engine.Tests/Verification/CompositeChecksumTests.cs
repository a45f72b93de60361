using CsCheck;
using S3ModelStore.Engine.Verification.Composite;
using Xunit;

namespace S3ModelStore.Engine.Tests.Verification;

public sealed class CompositeChecksumTests
{
    private static readonly Gen<CompositeAlgorithm> Algorithms = Gen.Enum<CompositeAlgorithm>();

    /// <summary>
    /// Computed apart from this code, with Python's zlib and hashlib and a CRC-32C of eight steps a byte, for digests of counting bytes.
    /// </summary>
    [Theory]
    [InlineData("CRC32", "knDJZQ==")]
    [InlineData("CRC32C", "U4Oqug==")]
    [InlineData("SHA1", "yYcUsW+SyKdw6fwinfg00WiOKC8=")]
    [InlineData("SHA256", "CDWbEI+lZ/Xc8xn6NDTaarvB1ZX0JjcmZkR/Ccxah9w=")]
    public void It_is_the_digest_of_the_parts_digests(string name, string expected)
    {
        var algorithm = Enum.Parse<CompositeAlgorithm>(name, ignoreCase: true);
        var digests = Enumerable.Range(0, 3 * CompositeChecksum.DigestSizeOf(algorithm)).Select(i => (byte)i).ToArray();

        Assert.Equal(expected + "-3", CompositeChecksum.Of(algorithm, digests).ToString());
    }

    [Fact]
    public void What_is_computed_is_read_back()
        => Gen.Select(Algorithms, Gen.Int[1, 50], Gen.Byte.Array[32 * 50, 32 * 50]).Sample((algorithm, count, bytes) =>
        {
            var checksum = CompositeChecksum.Of(algorithm, bytes.AsSpan(0, count * CompositeChecksum.DigestSizeOf(algorithm)));

            Assert.Equal(count, checksum.PartCount);
            Assert.Equal(checksum, CompositeChecksum.TryParse(algorithm, checksum.ToString()));
        });

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-3")]
    [InlineData("AAAAAA==")]
    [InlineData("AAAAAA==-")]
    [InlineData("AAAAAA==-0")]
    [InlineData("AAAAAA==-10001")]
    [InlineData("AAAAAA==-03")]
    [InlineData("AAAAAA==-3-3")]
    [InlineData("AAAAAAA=-3")]
    [InlineData("AAAAAA-3")]
    [InlineData("AAAA====-3")]
    [InlineData("!AAAAA==-3")]
    public void Anything_else_is_none(string text)
        => Assert.Null(CompositeChecksum.TryParse(CompositeAlgorithm.Crc32, text));

    [Fact]
    public void A_digest_of_another_length_is_none()
        => Gen.Select(Algorithms, Gen.Byte.Array[0, 70]).Sample((algorithm, digest) =>
            Assert.Equal(digest.Length == CompositeChecksum.DigestSizeOf(algorithm), CompositeChecksum.TryParse(algorithm, Convert.ToBase64String(digest) + "-3") is not null));

    [Fact]
    public void Half_a_digest_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CompositeChecksum.Of(CompositeAlgorithm.Crc32, []));
        Assert.Throws<ArgumentException>(() => CompositeChecksum.Of(CompositeAlgorithm.Sha256, new byte[33]));
    }
}
