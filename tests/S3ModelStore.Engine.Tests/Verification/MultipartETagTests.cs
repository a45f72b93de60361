using CsCheck;
using S3ModelStore.Engine.Verification.Composite;
using Xunit;

namespace S3ModelStore.Engine.Tests.Verification;

public sealed class MultipartETagTests
{
    [Fact]
    public void It_is_read()
    {
        Assert.Equal(new MultipartETag("6bcf86bed8807b8e78f0fc6e0a53079d", 380), MultipartETag.TryParse("6bcf86bed8807b8e78f0fc6e0a53079d-380"));
        Assert.Equal(new MultipartETag("6bcf86bed8807b8e78f0fc6e0a53079d", 1), MultipartETag.TryParse("6BCF86BED8807B8E78F0FC6E0A53079D-1"));
        Assert.Equal(10_000, MultipartETag.TryParse("6bcf86bed8807b8e78f0fc6e0a53079d-10000")?.PartCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-5")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-0")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-05")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-+5")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d--5")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d- 5")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-5 ")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-5\0")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-5-5")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-٥")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-10001")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079d-99999999999")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079-380")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079dd-380")]
    [InlineData("6bcf86bed8807b8e78f0fc6e0a53079g-380")]
    [InlineData("\"6bcf86bed8807b8e78f0fc6e0a53079d-380\"")]
    public void Anything_else_is_none(string etag)
        => Assert.Null(MultipartETag.TryParse(etag));

    /// <summary>Known to the last digit: two parts of 5 MiB and 1 byte of zeros, computed with Python's hashlib.</summary>
    [Fact]
    public void It_is_the_MD5_of_the_parts_MD5s()
    {
        var digests = Convert.FromHexString("5f363e0e58a95f06cbe9bbc662c5dfb6" + "93b885adfe0da089cdf634904fd59f71");

        Assert.Equal("92f3a08aa3b1d7eb318ab9c2fc4a6ec3-2", MultipartETag.Of(digests).ToString());
    }

    [Fact]
    public void What_is_computed_is_read_back()
        => Gen.Byte.Array[16, 16].Array[1, 40].Sample(parts =>
        {
            var etag = MultipartETag.Of(parts.SelectMany(part => part).ToArray());

            Assert.Equal(parts.Length, etag.PartCount);
            Assert.Equal(etag, MultipartETag.TryParse(etag.ToString()));
        });

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Half_a_digest_is_refused(int length)
        => Assert.Throws<ArgumentException>(() => MultipartETag.Of(new byte[length]));
}
