using System.Globalization;
using CsCheck;
using S3ModelStore.Engine.Source.Http;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Http;

public sealed class ContentRangeTests
{
    [Theory]
    [InlineData("bytes 0-9/100", 0L, 9L, 100L)]
    [InlineData("bytes 0-0/1", 0L, 0L, 1L)]
    [InlineData("Bytes 90-99/100", 90L, 99L, 100L)]
    [InlineData("bytes 5-6/*", 5L, 6L, null)]
    [InlineData("bytes */100", null, null, 100L)]
    [InlineData("bytes */0", null, null, 0L)]
    [InlineData("bytes 0-9223372036854775806/9223372036854775807", 0L, long.MaxValue - 1, long.MaxValue)]
    public void Reads_a_range(string text, long? first, long? last, long? total)
    {
        Assert.True(ContentRange.TryParse(text, out var range));
        Assert.Equal(new ContentRange(first, last, total), range);
        Assert.Equal(last - first + 1, range.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes ")]
    [InlineData("bytes */*")]
    [InlineData("bytes 0-9")]
    [InlineData("bytes 0-9/")]
    [InlineData("bytes -9/10")]
    [InlineData("bytes 0-/10")]
    [InlineData("bytes 9-0/10")]
    [InlineData("bytes 0-10/10")]
    [InlineData("bytes=0-9/10")]
    [InlineData("bytes  0-9/10")]
    [InlineData("bytes 0 - 9/10")]
    [InlineData("bytes 0-9/10 ")]
    [InlineData("bytes 0-9/10\0")]
    [InlineData("bytes 0-9/10/11")]
    [InlineData("bytes +0-9/10")]
    [InlineData("bytes 0--9/10")]
    [InlineData("bytes 0-1,3-4/10")]
    [InlineData("bytes 0-9/1e3")]
    [InlineData("bytes \u0661-\u0662/\u0663")]
    [InlineData("items 0-9/10")]
    [InlineData("bytes 0-9223372036854775807/*")]
    [InlineData("bytes 0-9/9223372036854775808")]
    public void Refuses_everything_else(string text) => Assert.False(ContentRange.TryParse(text, out _));

    // What is read says exactly what was written: writing it again gives the same text, leading zeros aside.
    [Fact]
    public void Never_reads_more_than_is_there()
        => Gen.OneOf(
                Gen.String[Gen.Char["bytes 0123456789-/*+\0"], 0, 30],
                Gen.Select(Gen.Long[-2, long.MaxValue], Gen.Long[0, 20], Gen.Long[-1, 40], (a, b, c) => string.Create(CultureInfo.InvariantCulture, $"bytes {a}-{b}/{c}")),
                Gen.Select(Gen.Long[0, 12], Gen.Long[0, 12], Gen.Long[0, 12], (a, b, c) => string.Create(CultureInfo.InvariantCulture, $"bytes {a}-{b}/{c}")))
            .Sample(text =>
            {
                if (!ContentRange.TryParse(text, out var range))
                    return;
                var bounds = range.First is null ? "*" : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}");
                var total = range.Total?.ToString(CultureInfo.InvariantCulture) ?? "*";
                Assert.Equal($"bytes {bounds}/{total}", text);
                Assert.True(range.First is null || range.Length > 0);
                Assert.True(range.Last is null || range.Total is null || range.Last < range.Total);
            }, iter: 20_000);
}
