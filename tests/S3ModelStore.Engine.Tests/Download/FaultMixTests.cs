using System.Globalization;
using S3ModelStore.TestServer.Protocol;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Everything goes wrong, again and again.</summary>
public sealed class FaultMixTests
{
    [Fact]
    public async Task Every_fault_at_once_leaves_right_files()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = 256 * 1024, MaxRetries = 100, IdleTimeout = TimeSpan.FromSeconds(1) };
        var contents = Enumerable.Range(0, 6).Select(i => fixture.Put(string.Create(CultureInfo.InvariantCulture, $"m/{i}.bin"), MiB + i, seed: i)).ToList();
        fixture.Server.Faults.OnGet().WithProbability(0.2, seed: 1).Status(503);
        fixture.Server.Faults.OnGet().WithProbability(0.2, seed: 2).Truncate(50_000);
        fixture.Server.Faults.OnGet().WithProbability(0.2, seed: 3).ResetMidBody(90_000);
        fixture.Server.Faults.OnGet().WithProbability(0.1, seed: 4).DropConnectionBeforeHeaders();
        fixture.Server.Faults.OnGet().WithProbability(0.1, seed: 5).ShiftContentRange(1);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.True(fixture.Server.Log.RequestsOf(S3Operation.GetObject) > 6 * 5);
        for (var i = 0; i < contents.Count; i++)
            fixture.AssertHolds(string.Create(CultureInfo.InvariantCulture, $"{i}.bin"), contents[i]);
    }
}
