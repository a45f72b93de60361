using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>What an interrupted run left of a file that needs none of it any more goes with the file's next save.</summary>
public sealed class LeftOverTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task The_journal_of_an_object_that_was_replaced_by_one_of_one_part_goes()
    {
        await using var fixture = await InterruptedAsync();
        var content = fixture.Put("m/a.bin", 1000, seed: 2);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.StateDirectory, "partial")));
    }

    [Fact]
    public async Task A_torn_journal_goes_when_the_file_is_fetched_in_one_part()
    {
        await using var fixture = await InterruptedAsync();
        var journal = Assert.Single(Directory.GetFiles(Path.Combine(fixture.StateDirectory, "partial"), "*.journal"));
        await File.WriteAllBytesAsync(journal, new byte[5], TestContext.Current.CancellationToken);
        fixture.Options = fixture.Options with { PartSize = 8 * MiB };

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.StateDirectory, "partial")));
    }

    // Two of three parts are there.
    private static async Task<EngineFixture> InterruptedAsync()
    {
        var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Options = fixture.Options with { MaxRetries = 0 };
        fixture.Put("m/a.bin", 3 * MiB);
        fixture.Server.Faults.OnGet("m/a.bin").FromOffset(2 * MiB).Always().Status(500);
        Assert.False((await fixture.SaveAsync()).Result.Success);
        fixture.Server.Faults.Clear();
        return fixture;
    }
}
