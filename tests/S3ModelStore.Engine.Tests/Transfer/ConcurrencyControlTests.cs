using Microsoft.Extensions.Time.Testing;
using S3ModelStore.Engine.Transfer;
using Xunit;

namespace S3ModelStore.Engine.Tests.Transfer;

public sealed class ConcurrencyControlTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_fixed_limit_gives_way_to_a_store_that_complains_and_comes_back()
    {
        var control = new ConcurrencyControl(8, _clock);

        control.SlowDown();
        Assert.Equal(4, control.Limit);
        Assert.False(Observe(control, TimeSpan.FromSeconds(1)));
        Assert.Equal(4, control.Limit);
        Assert.True(Observe(control, TimeSpan.FromSeconds(2)));
        Assert.Equal(8, control.Limit);
        Assert.False(Observe(control, TimeSpan.FromMinutes(1)));
        Assert.Equal(8, control.Limit);
    }

    [Fact]
    public void Requests_that_complain_together_count_once()
    {
        var control = new ConcurrencyControl(64, _clock);

        for (var i = 0; i < 10; i++)
            control.SlowDown();

        Assert.Equal(32, control.Limit);
    }

    [Fact]
    public void One_request_always_stays()
    {
        var control = new ConcurrencyControl(1, _clock);

        control.SlowDown();

        Assert.Equal(1, control.Limit);
    }

    [Fact]
    public void The_climb_goes_on_while_it_pays_and_steps_back_when_not()
    {
        var control = new ConcurrencyControl(fixedLimit: null, _clock);
        Assert.Equal(ConcurrencyControl.Start, control.Limit);

        Assert.True(Observe(control, ConcurrencyControl.Period, received: 100));
        Assert.Equal(16, control.Limit);
        Assert.True(Observe(control, ConcurrencyControl.Period, received: 300));
        Assert.Equal(32, control.Limit);
        Assert.False(Observe(control, ConcurrencyControl.Period, received: 510));
        Assert.Equal(16, control.Limit);
    }

    private bool Observe(ConcurrencyControl control, TimeSpan later, long received = 0)
    {
        _clock.Advance(later);
        return control.Observe(received, saturated: true);
    }
}
