using Microsoft.Extensions.Time.Testing;
using S3ModelStore.Engine.Transfer;
using Xunit;

namespace S3ModelStore.Engine.Tests.Transfer;

/// <summary>The climb to as many requests as help, on a clock that does not run by itself.</summary>
public sealed class ConcurrencyControlTests
{
    private readonly FakeTimeProvider _clock = new();
    private long _received;

    [Fact]
    public void It_climbs_while_every_connection_brings_its_share()
    {
        var control = new ConcurrencyControl(fixedLimit: null, _clock);

        for (var i = 0; i < 10; i++)
            Period(control, limit => limit * 1000);

        Assert.Equal(ConcurrencyControl.Ceiling, control.Limit);
    }

    [Fact]
    public void It_steps_back_where_more_brings_nothing()
    {
        var control = new ConcurrencyControl(fixedLimit: null, _clock);

        for (var i = 0; i < 6; i++)
            Period(control, limit => Math.Min(limit, 16) * 1000);

        Assert.Equal(16, control.Limit);
    }

    [Fact]
    public void It_stays_where_it_is_while_too_little_work_waits()
    {
        var control = new ConcurrencyControl(fixedLimit: null, _clock);

        for (var i = 0; i < 5; i++)
            Period(control, limit => limit * 1000, saturated: false);

        Assert.Equal(ConcurrencyControl.Start, control.Limit);
    }

    [Fact]
    public void Complaints_of_one_moment_halve_it_once()
    {
        var control = new ConcurrencyControl(fixedLimit: 64, _clock);

        for (var i = 0; i < 20; i++)
            control.SlowDown();

        Assert.Equal(32, control.Limit);
    }

    [Fact]
    public void It_never_ends_below_one()
    {
        var control = new ConcurrencyControl(fixedLimit: 2, _clock);
        for (var i = 0; i < 5; i++)
        {
            control.SlowDown();
            _clock.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Equal(1, control.Limit);
    }

    [Fact]
    public void A_fixed_number_is_found_again_and_never_passed()
    {
        var control = new ConcurrencyControl(fixedLimit: 24, _clock);
        control.SlowDown();
        Assert.Equal(12, control.Limit);

        for (var i = 0; i < 20; i++)
            Period(control, limit => limit * 1000);

        Assert.Equal(24, control.Limit);
    }

    private void Period(ConcurrencyControl control, Func<int, long> bytes, bool saturated = true)
    {
        _clock.Advance(ConcurrencyControl.Period);
        _received += bytes(control.Limit);
        control.Observe(_received, saturated);
    }
}
