using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Source;

/// <summary>Stores whose clock is far from ours.</summary>
public sealed class ClockTests
{
    private const string Key = "m/w.bin";

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task A_clock_that_is_off_heals_while_listing(int minutes)
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 1000);
        fixture.Server.ClockOffset = TimeSpan.FromMinutes(minutes);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(2, fixture.Server.Log.RequestsOf(S3Operation.ListObjects));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task A_clock_that_is_off_heals_while_reading_and_costs_one_request(int minutes)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Verification = VerificationLevel.Size;
        var content = fixture.Put(Key, 3 * MiB, etag: MultipartETag);

        var outcome = await fixture.SaveAfterAsync(() => fixture.Server.ClockOffset = TimeSpan.FromMinutes(minutes));

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, 0, MiB, 2 * MiB], fixture.StartsOf(Key));
    }

    [Fact]
    public async Task Requests_that_are_refused_together_all_learn_the_clock()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxConcurrency = 4 };
        for (var i = 0; i < 4; i++)
            fixture.Put($"m/{i}.json", 1000, seed: i);
        var gate = new Gate();
        fixture.Server.Faults.OnGet().Times(4).Hold(gate).RequestTimeTooSkewed(DateTimeOffset.UtcNow.AddHours(2));

        var saving = fixture.SaveAsync();
        while (gate.Arrived < 4)
            await Task.Delay(1);
        fixture.Server.ClockOffset = TimeSpan.FromHours(2);
        gate.Release();

        (await saving).AssertSucceeded();
    }

    [Fact]
    public async Task A_store_with_a_wrong_clock_does_not_spoil_another_one()
    {
        await using var late = await EngineFixture.StartAsync();
        late.Put(Key, 1000);
        late.Server.ClockOffset = TimeSpan.FromHours(1);
        await using var right = await EngineFixture.StartAsync();
        right.Put(Key, 1000);

        (await late.SaveAsync()).AssertSucceeded();
        (await right.SaveAsync()).AssertSucceeded();
        Assert.Single(await late.ListAsync("s3://models/m"));
    }
}
