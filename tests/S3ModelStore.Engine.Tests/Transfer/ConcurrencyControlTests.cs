using Microsoft.Extensions.Time.Testing;
using S3ModelStore.Engine.Transfer;
using Xunit;

namespace S3ModelStore.Engine.Tests.Transfer;

/// <summary>The search for as many requests as help, on a clock that does not run by itself.</summary>
public sealed class ConcurrencyControlTests
{
    private const int MB = 1_000_000;

    private readonly FakeTimeProvider _clock = new();
    private long _bytes;
    private long _requests;

    [Fact]
    public void It_climbs_to_the_ceiling_within_a_second_while_every_connection_brings_its_share()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);

        Run(control, TimeSpan.FromSeconds(1), limit => limit * 20 * MB);

        Assert.Equal(128, control.Limit);
    }

    [Fact]
    public void It_never_passes_the_ceiling_it_was_given()
    {
        var control = new ConcurrencyControl(ceiling: 24, _clock);

        Run(control, TimeSpan.FromMinutes(1), limit => limit * 20 * MB, () => Assert.InRange(control.Limit, 1, 24));

        Assert.Equal(24, control.Limit);
    }

    [Fact]
    public void A_step_that_brings_nothing_is_taken_back()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);
        var peak = 0;

        Run(control, TimeSpan.FromSeconds(2), limit => Math.Min(limit, 16) * 20 * MB, () => peak = Math.Max(peak, control.Limit));

        Assert.Equal((32, 16), (peak, control.Limit));
    }

    [Fact]
    public void Steps_are_longer_while_every_connection_brings_its_share_and_end_between_where_one_does_not()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);
        var seen = new List<int>();

        Run(control, TimeSpan.FromSeconds(2), limit => Math.Min(limit, 20) * 20 * MB, () => seen.Add(control.Limit));

        // 16 bring a fifth less than 32.
        Assert.Equal([4, 8, 32, 16, 32], seen.Where((limit, i) => i == 0 || limit != seen[i - 1]));
    }

    [Fact]
    public void A_step_that_does_harm_is_taken_back_sooner()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);
        var raised = 0;

        Run(control, TimeSpan.FromSeconds(2), limit => limit > 4 ? 300 * MB : 800 * MB, () => raised += control.Limit > 4 ? 1 : 0);

        Assert.Equal((3, 4), (raised, control.Limit));
    }

    [Fact]
    public void Where_few_connections_bring_as_much_as_many_the_rest_are_given_up()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);

        Run(control, TimeSpan.FromMinutes(2), limit => Math.Min(limit, 2) * 500 * MB);

        Assert.Equal(2, control.Limit);
    }

    [Fact]
    public void Steps_down_in_a_row_do_not_add_up_their_losses()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);
        // Each halving costs four in a hundred, which one of them may.
        Run(control, TimeSpan.FromMinutes(5), limit => 1000 * MB * Math.Pow(0.96, Math.Log2(4.0 / Math.Min(limit, 4))));

        Assert.InRange(control.Limit, 2, 4);
    }

    [Fact]
    public void Of_small_files_requests_are_what_counts()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);

        // 30 ms for each request, and files that shrink from 64 KiB to nothing: bytes alone would fall with every step.
        var size = 64 * 1024.0;
        for (var i = 0; i < 10; i++)
        {
            var requests = control.Limit * 100 / 30;
            _requests += requests;
            _bytes += (long)(requests * size);
            size /= 2;
            Look(control);
        }

        Assert.Equal(128, control.Limit);
    }

    [Fact]
    public void A_store_far_away_gets_the_time_to_show_what_new_connections_bring()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);
        var latency = TimeSpan.FromMilliseconds(700);
        var (effective, pending) = (control.Limit, TimeSpan.Zero);

        // What a connection brings begins a second after it was permitted.
        for (var time = TimeSpan.Zero; time < TimeSpan.FromSeconds(8); time += ConcurrencyControl.Period)
        {
            pending = effective == control.Limit ? TimeSpan.Zero : pending + ConcurrencyControl.Period;
            if (pending >= TimeSpan.FromSeconds(1))
                effective = control.Limit;
            _bytes += effective * 2 * MB;
            Look(control, latency: latency);
        }

        Assert.Equal(128, control.Limit);
    }

    [Theory]
    [InlineData(null, 32)]
    [InlineData(12, 12)]
    public void A_store_far_away_gets_more_to_begin_with(int? ceiling, int expected)
    {
        var control = new ConcurrencyControl(ceiling, _clock);

        _bytes += 100 * MB;
        Look(control, latency: TimeSpan.FromMilliseconds(30));

        Assert.Equal(expected, control.Limit);
        Assert.Equal([$"0.1 s: 4 → {expected} connections: the store takes 30 ms to answer."], control.Notes);
    }

    [Theory]
    [InlineData(3, 2 * ConcurrencyControl.Start)]
    [InlineData(30, ConcurrencyControl.StartWhenFar)]
    public void Late_first_answers_alone_do_not_make_a_store_far(int milliseconds, int expected)
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);

        // How far it is turns out while more is tried already.
        for (var i = 0; i < 3; i++)
        {
            _bytes += 100 * MB;
            Look(control, latency: TimeSpan.FromMilliseconds(30), distance: i < 2 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.Equal(expected, control.Limit);
    }

    [Fact]
    public void It_stays_where_it_is_while_too_little_work_waits()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);

        Run(control, TimeSpan.FromSeconds(10), limit => limit * 20 * MB, saturated: false);

        Assert.Equal(ConcurrencyControl.Start, control.Limit);
    }

    [Fact]
    public void More_is_tried_again_after_a_while_because_networks_change()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);
        Run(control, TimeSpan.FromSeconds(3), limit => Math.Min(limit, 8) * 20 * MB);
        Assert.Equal(8, control.Limit);

        Run(control, TimeSpan.FromMinutes(1), limit => limit * 20 * MB);

        Assert.Equal(128, control.Limit);
    }

    [Fact]
    public void More_is_tried_at_once_where_the_work_becomes_another()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);
        // Large files fill the machine; then come small ones, of which every connection brings its share.
        Run(control, TimeSpan.FromSeconds(2), limit => Math.Min(limit, 4) * 100 * MB);
        Assert.Equal(4, control.Limit);

        Run(control, TimeSpan.FromSeconds(1), limit => limit * 5 * MB);

        Assert.Equal(128, control.Limit);
    }

    [Fact]
    public void A_burst_at_the_beginning_does_not_keep_it_low()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);
        Run(control, TimeSpan.FromSeconds(0.2), limit => limit * 40 * MB);

        Run(control, TimeSpan.FromSeconds(2), limit => limit * 20 * MB);

        Assert.Equal(128, control.Limit);
    }

    [Fact]
    public void Complaints_of_one_moment_halve_it_once()
    {
        var control = new ConcurrencyControl(ceiling: 8, _clock);

        for (var i = 0; i < 20; i++)
            control.SlowDown();

        Assert.Equal(ConcurrencyControl.Start / 2, control.Limit);
    }

    [Fact]
    public void It_never_ends_below_one()
    {
        var control = new ConcurrencyControl(ceiling: 2, _clock);
        for (var i = 0; i < 5; i++)
        {
            control.SlowDown();
            _clock.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Equal(1, control.Limit);
    }

    [Fact]
    public void After_a_complaint_it_comes_back_step_by_step_to_where_it_was()
    {
        var control = new ConcurrencyControl(ceiling: 64, _clock);
        Run(control, TimeSpan.FromSeconds(1), limit => limit * 20 * MB);
        Assert.Equal(64, control.Limit);
        control.SlowDown();
        Assert.Equal(32, control.Limit);

        var seen = new List<int>();
        Run(control, TimeSpan.FromSeconds(8), limit => limit * 20 * MB, () => seen.Add(control.Limit));

        Assert.Equal([32, 40, 48, 56, 64], seen.Distinct());
    }

    [Fact]
    public void Every_decision_leaves_its_reason()
    {
        var control = new ConcurrencyControl(ceiling: null, _clock);
        Run(control, TimeSpan.FromSeconds(1.6), limit => Math.Min(limit, 16) * 20 * MB);
        control.SlowDown();

        Assert.Equal(
            [
                "0.3 s: 4 → 8 connections: 160.0 MB/s instead of 80.0 MB/s.",
                "0.9 s: 8 → 32 connections: 320.0 MB/s instead of 160.0 MB/s.",
                "1.5 s: 32 → 16 connections: fewer bring as much, 320.0 MB/s.",
                "1.6 s: 16 → 8 connections: the store asks to slow down.",
            ],
            control.Notes);
    }

    private void Run(ConcurrencyControl control, TimeSpan time, Func<int, double> bytesPerSecond, Action? look = null, bool saturated = true)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += ConcurrencyControl.Period)
        {
            _bytes += (long)(bytesPerSecond(control.Limit) * ConcurrencyControl.Period.TotalSeconds);
            Look(control, saturated);
            look?.Invoke();
        }
    }

    private void Look(ConcurrencyControl control, bool saturated = true, TimeSpan latency = default, TimeSpan? distance = null)
    {
        _clock.Advance(ConcurrencyControl.Period);
        control.Observe(new TransferSample(_bytes, _requests, control.Limit, saturated, latency, distance ?? latency));
    }
}
