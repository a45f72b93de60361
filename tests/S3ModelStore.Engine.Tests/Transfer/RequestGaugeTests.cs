using Microsoft.Extensions.Time.Testing;
using S3ModelStore.Engine.Transfer;
using Xunit;

namespace S3ModelStore.Engine.Tests.Transfer;

/// <summary>What requests tell about the way to the store.</summary>
public sealed class RequestGaugeTests
{
    [Fact]
    public void The_distance_is_the_least_that_an_answer_took_over_a_warm_connection()
    {
        var gauge = new RequestGauge(new FakeTimeProvider());
        gauge.Answered(TimeSpan.FromMilliseconds(2), warmWait: null);
        Assert.Equal(TimeSpan.Zero, gauge.Distance);

        foreach (var milliseconds in (ReadOnlySpan<int>)[30, 20, 40])
            gauge.Answered(TimeSpan.FromMilliseconds(milliseconds + 5), TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(TimeSpan.FromMilliseconds(20), gauge.Distance);
    }
}
