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
        for (var i = 0; i < ConcurrencyControl.Start; i++)
            gauge.Answered(TimeSpan.FromMilliseconds(2));
        Assert.Equal(TimeSpan.Zero, gauge.Distance);

        gauge.Answered(TimeSpan.FromMilliseconds(30));
        gauge.Answered(TimeSpan.FromMilliseconds(20));
        gauge.Answered(TimeSpan.FromMilliseconds(40));

        Assert.Equal(TimeSpan.FromMilliseconds(20), gauge.Distance);
    }
}
