using System.Text;
using CsCheck;
using S3ModelStore.Engine.Source.Http;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Http;

public sealed class S3ErrorBodyTests
{
    private const string WrongRegion =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>AuthorizationHeaderMalformed</Code><Message>The region 'us-east-1' is wrong; expecting 'eu-west-1'</Message><Region>eu-west-1</Region><Endpoint>b.s3.eu-west-1.amazonaws.com</Endpoint><BucketName>b</BucketName><RequestId>R1</RequestId><HostId>H/1=</HostId></Error>
        """;

    [Fact]
    public void Reads_every_field()
    {
        var error = Parse(WrongRegion);
        Assert.Equal("AuthorizationHeaderMalformed", error.Code);
        Assert.Equal("The region 'us-east-1' is wrong; expecting 'eu-west-1'", error.Message);
        Assert.Equal("eu-west-1", error.Region);
        Assert.Equal("b.s3.eu-west-1.amazonaws.com", error.Endpoint);
        Assert.Equal("b", error.BucketName);
        Assert.Equal("R1", error.RequestId);
        Assert.Equal("H/1=", error.HostId);
        Assert.Null(error.ServerTime);
    }

    [Fact]
    public void Reads_namespaces_entities_sections_and_the_servers_time()
    {
        var error = Parse(
            "\uFEFF\n<Error xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><!-- x --><Code>RequestTimeTooSkewed</Code>"
            + "<Message>a &amp; b <![CDATA[<c>]]></Message><ServerTime>2026-08-30T12:36:00Z</ServerTime><Bucket>b</Bucket><Code>Second</Code></Error>");
        Assert.Equal("RequestTimeTooSkewed", error.Code);
        Assert.Equal("a & b <c>", error.Message);
        Assert.Equal(new DateTimeOffset(2026, 8, 30, 12, 36, 0, TimeSpan.Zero), error.ServerTime);
        Assert.Equal("b", error.BucketName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("<")]
    [InlineData("<html><body><h1>502 Bad Gateway</h1><Error><Code>x</Code></Error></body></html>")]
    [InlineData("<!DOCTYPE html><html></html>")]
    [InlineData("<!DOCTYPE Error [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Error><Code>&x;</Code></Error>")]
    [InlineData("{\"Code\":\"NoSuchKey\"}")]
    [InlineData("upstream connect error")]
    [InlineData("<Error/>")]
    [InlineData("<Error></Error>")]
    [InlineData("<Error><Details><Code>x</Code></Details></Error>")]
    public void Says_nothing_where_there_is_nothing(string body) => Assert.Equal(S3ErrorBody.Empty, Parse(body));

    [Fact]
    public void Keeps_what_came_before_the_end_of_a_body_that_is_cut_off()
    {
        var error = Parse("<Error><Code>NoSuchKey</Code><Message>The specified k");
        Assert.Equal("NoSuchKey", error.Code);
        Assert.Null(error.Message);
    }

    [Fact]
    public void Ignores_the_encoding_that_the_document_claims()
        => Assert.Equal("SlowDown", Parse("<?xml version=\"1.0\" encoding=\"no-such\"?><Error><Code>SlowDown</Code></Error>").Code);

    [Fact]
    public void Lets_no_control_character_and_no_novel_through()
    {
        var error = Parse($"<Error><Code>A\u009b31mB\r\nC</Code><Message>{new string('m', 5000)}</Message></Error>");
        Assert.Equal("A 31mB C", error.Code);
        Assert.Equal(1024, error.Message!.Length);
    }

    [Fact]
    public void Reads_no_more_than_its_bound()
    {
        using var body = new BreakingStream(Encoding.UTF8.GetBytes("<Error><Code>SlowDown</Code><Message>" + new string('m', 1 << 20)));
        var error = S3ErrorBody.Read(buffer => body.Read(buffer.Span));
        Assert.Equal("SlowDown", error.Code);
        Assert.Equal(S3ErrorBody.MaxBytes, body.Position);
    }

    [Fact]
    public void Reads_a_body_that_comes_in_pieces_and_breaks_off()
    {
        using var body = new BreakingStream(Encoding.UTF8.GetBytes(WrongRegion[..^20]));
        var error = S3ErrorBody.Read(buffer => body.Read(buffer.Span));
        Assert.Equal("AuthorizationHeaderMalformed", error.Code);
        Assert.Equal("R1", error.RequestId);
        Assert.Null(error.HostId);
    }

    [Fact]
    public void Stops_when_it_is_cancelled()
        => Assert.ThrowsAny<OperationCanceledException>(() => S3ErrorBody.Read(_ => throw new OperationCanceledException()));

    [Fact]
    public void Never_throws()
    {
        var whole = Encoding.UTF8.GetBytes(WrongRegion);
        var mutated = Gen.Select(Gen.Int[0, whole.Length], Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length - 1], Gen.Byte).Select((cut, at, to, at2, to2) =>
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] = to;
            bytes[at2] = to2;
            return bytes[..cut];
        });
        var tokens = Gen.String[Gen.Char["<>/!?[]&;#xECode= \"'\n\0\u009b\ufffe"], 0, 60].Select(t => Encoding.UTF8.GetBytes("<Error>" + t));
        string[] words = ["<Error>", "</Error>", "<Code>", "</Code>", "<![CDATA[", "]]>", "&#x1b;", "&amp;", "<!--", "-->", "<?x ?>", "<!DOCTYPE a>", "x", "<ServerTime>", "</ServerTime>", "9999-99-99"];
        var pieces = Gen.Int[0, words.Length - 1].Array[0, 40].Select(p => Encoding.UTF8.GetBytes("<Error>" + string.Concat(p.Select(i => words[i]))));
        Gen.OneOf(mutated, tokens, pieces, Gen.Byte.Array[0, 300]).Sample(body =>
        {
            var error = S3ErrorBody.Parse(body);
            Assert.DoesNotContain(error.Code ?? "", char.IsControl);
            Assert.DoesNotContain(error.Message ?? "", char.IsControl);
        }, iter: 20_000);
    }

    private static S3ErrorBody Parse(string body) => S3ErrorBody.Parse(Encoding.UTF8.GetBytes(body));

    /// <summary>Gives seven bytes at a time and then the error of a connection that was reset.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
            => Position == Length
                ? throw new HttpIOException(HttpRequestError.ResponseEnded)
                : base.Read(buffer[..Math.Min(7, buffer.Length)]);
    }
}
