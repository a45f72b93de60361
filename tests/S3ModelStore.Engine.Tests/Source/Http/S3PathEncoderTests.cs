using CsCheck;
using S3ModelStore.Engine.Source.Http;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Http;

public sealed class S3PathEncoderTests
{
    [Theory]
    [InlineData("", "/b/")]
    [InlineData("model.safetensors", "/b/model.safetensors")]
    [InlineData("AZaz09-._~/x", "/b/AZaz09-._~/x")]
    [InlineData("a/../b", "/b/a/../b")]
    [InlineData("./x", "/b/./x")]
    [InlineData("a//b/", "/b/a//b/")]
    [InlineData("%2E", "/b/%252E")]
    [InlineData("a+b c", "/b/a%2Bb%20c")]
    [InlineData("#?&=", "/b/%23%3F%26%3D")]
    [InlineData("!*'();:@,$[]\\", "/b/%21%2A%27%28%29%3B%3A%40%2C%24%5B%5D%5C")]
    [InlineData("\t\n\u007f", "/b/%09%0A%7F")]
    [InlineData("é", "/b/%C3%A9")]
    [InlineData("e\u0301", "/b/e%CC%81")]
    [InlineData("\U0001F999", "/b/%F0%9F%A6%99")]
    public void Encodes_a_key_once(string key, string path) => Assert.Equal(path, S3PathEncoder.Path("/b/", key));

    [Theory]
    [InlineData("a/b c", "a%2Fb%20c")]
    [InlineData("3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo", "3%2FL4kqtJlcpXroDTDmJ%2BrmSpXd3dIbrHY%2BMTRCxf3vjVBH40Nr8X8gdRQBpUMLUo")]
    public void Encodes_the_slash_too_in_a_query(string text, string encoded) => Assert.Equal(encoded, S3PathEncoder.Query(text));

    [Fact]
    public void Agrees_with_the_documentation_for_any_text()
        => Gen.String[Gen.OneOf(Gen.Char["aZ09-._~/ +%&?#=:@\\"], Gen.Char['\u0001', '\ud7ff'], Gen.Char['\ue000', '\ufffd']), 0, 1200]
            .Sample(
                text => S3PathEncoder.Path("/b/", text) == "/b/" + ReferenceSigV4.UriEncode(text, encodeSlash: false)
                    && S3PathEncoder.Query(text) == ReferenceSigV4.UriEncode(text, encodeSlash: true),
                iter: 2000);

    // No theory: the metadata of attributes is UTF-8 and cannot hold such text.
    [Fact]
    public void Refuses_half_a_character_rather_than_ask_for_another_key()
    {
        foreach (var key in (string[])["\ud83e", "a\udd99b"])
            Assert.ThrowsAny<ArgumentException>(() => S3PathEncoder.Path("/b/", key));
    }
}
