using S3ModelStore.Engine.Source.Http;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Http;

public sealed class RetryAfterTests
{
    // Retry-After, seconds.
    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("5", 5.0)]
    [InlineData(" 5 ", 5.0)]
    [InlineData("86400", 60.0)]
    [InlineData("99999999999999999999", 60.0)]
    [InlineData("Sun, 30 Aug 2026 12:00:07 GMT", 7.0)]
    [InlineData("Sun, 30 Aug 2026 11:00:00 GMT", 0.0)]
    [InlineData("Sun, 30 Aug 2037 12:00:00 GMT", 60.0)]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("soon", null)]
    public void Reads_seconds_and_dates_within_bounds(string? value, double? seconds)
    {
        var now = new DateTimeOffset(2026, 8, 30, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(seconds, RetryAfter.Parse(value, now, TimeSpan.FromMinutes(1))?.TotalSeconds);
    }
}
