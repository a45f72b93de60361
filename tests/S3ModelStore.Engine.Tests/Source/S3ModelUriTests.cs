using CsCheck;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Source;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source;

public sealed class S3ModelUriTests
{
    [Theory]
    [InlineData("s3://bucket", "bucket", "", "")]
    [InlineData("s3://bucket/", "bucket", "", "")]
    [InlineData("S3://bucket/llm", "bucket", "llm", "llm/")]
    [InlineData("s3://bucket/llm/", "bucket", "llm/", "llm/")]
    [InlineData("s3://my.Old_Bucket-1/a/b.bin", "my.Old_Bucket-1", "a/b.bin", "a/b.bin/")]
    [InlineData("s3://b/a%20b+c#d?e=f", "b", "a%20b+c#d?e=f", "a%20b+c#d?e=f/")]
    [InlineData("s3://b/ sp ace ", "b", " sp ace ", " sp ace /")]
    [InlineData("s3://b//a//b", "b", "/a//b", "/a//b/")]
    [InlineData("s3://b/../x", "b", "../x", "../x/")]
    [InlineData("s3://b/模型\\x", "b", "模型\\x", "模型\\x/")]
    public void The_key_is_literal_text(string text, string bucket, string key, string prefix)
    {
        var uri = S3ModelUri.Parse(text);

        Assert.Equal(bucket, uri.Bucket);
        Assert.Equal(key, uri.Key);
        Assert.Equal(prefix, uri.Prefix);
        Assert.True(S3ModelUri.TryParse(text, out var same));
        Assert.Equal(uri, same);
        Assert.Equal(uri, S3ModelUri.Parse(uri.ToString()));
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("bucket/key", "begin with s3://")]
    [InlineData("https://bucket.s3.amazonaws.com/key", "begin with s3://")]
    [InlineData("s3:/bucket", "begin with s3://")]
    [InlineData(" s3://bucket", "begin with s3://")]
    [InlineData("s3://", "bucket is missing")]
    [InlineData("s3:///key", "bucket is missing")]
    [InlineData("s3://..", "not a bucket name")]
    [InlineData("s3://bu cket/key", "character ' '")]
    [InlineData("s3://user@bucket", "character '@'")]
    [InlineData("s3://bucket:9000/key", "character ':'")]
    [InlineData("s3://b/a\0b", "NUL")]
    public void Anything_else_is_refused_and_says_what_was_expected(string? text, string reason)
    {
        Assert.False(S3ModelUri.TryParse(text, out var none));
        Assert.Null(none);
        var error = Assert.Throws<ModelStoreException>(() => S3ModelUri.Parse(text));

        Assert.Equal(ModelStoreErrorCode.InvalidUri, error.Code);
        Assert.StartsWith($"'{text}' is not an S3 URI: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("s3://bucket/prefix", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(text ?? string.Empty, error.Target);
    }

    [Fact]
    public void Names_have_the_lengths_S3_allows()
    {
        Assert.Equal(1024, S3ModelUri.Parse("s3://b/" + new string('k', 1024)).Key.Length);
        Assert.Contains("1024 bytes", Assert.Throws<ModelStoreException>(() => S3ModelUri.Parse("s3://b/" + new string('é', 513))).Message, StringComparison.Ordinal);
        Assert.Contains("255", Assert.Throws<ModelStoreException>(() => S3ModelUri.Parse("s3://" + new string('b', 256))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_and_parts_are_each_others_inverse()
        => Gen.String[Gen.Char['\u0001', '\u07FF'], 0, 100].Sample(key =>
        {
            var uri = S3ModelUri.ForKey("bucket", key);
            Assert.Equal(uri, S3ModelUri.Parse(uri.ToString()));
        });
}
