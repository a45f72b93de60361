using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Selection;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>A plan that was looked at first is what is downloaded, or nothing is.</summary>
public sealed class MeasuredPlanTests
{
    [Fact]
    public async Task A_measured_plan_is_run_as_it_was_measured()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/new.bin", 10);
        var request = (await fixture.PlanAsync()).ToEstimate().ToRequest();
        fixture.Put("m/later.bin", 10);
        fixture.Server.Log.Reset();

        var outcome = await fixture.SaveAsync(request);

        outcome.AssertSucceeded();
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.ListObjects));
        Assert.Equal(["new.bin"], fixture.Files());
    }

    [Fact]
    public async Task What_was_replaced_since_it_was_measured_is_not_brought()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/new.bin", 10);
        var request = (await fixture.PlanAsync()).ToEstimate().ToRequest();
        fixture.Put("m/new.bin", 10, seed: 99);

        var outcome = await fixture.SaveAsync(request);

        outcome.OnlyFailure(ModelStoreErrorCode.ObjectChanged);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task A_look_without_the_source_is_no_plan()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 10);
        (await fixture.SaveAsync()).AssertSucceeded();
        var found = await ModelStore.InspectAsync(fixture.Destination, ModelFilter.All, new TransferMonitor(), CancellationToken.None);

        Assert.Equal(ModelStoreErrorCode.InvalidOption, Assert.Throws<ModelStoreException>(found.ToRequest).Code);
    }
}
