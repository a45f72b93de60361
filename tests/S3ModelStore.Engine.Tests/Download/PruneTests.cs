using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Selection;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>What the source no longer has goes here too, if it came from there and is still as it came.</summary>
public sealed class PruneTests
{
    [Fact]
    public async Task What_the_source_no_longer_has_is_removed_with_its_empty_directories()
    {
        await using var fixture = await SavedAsync();
        fixture.Server.Objects.Remove(EngineFixture.Bucket, "m/old/deep/b.bin");

        var outcome = await PruneAsync(fixture);
        var again = await PruneAsync(fixture);

        outcome.AssertSucceeded();
        Assert.Equal((S3ModelFileStatus.Removed, 1), (outcome.File("old/deep/b.bin").Status, outcome.Result.FilesRemoved));
        Assert.Equal(["a.json", "c.txt"], fixture.Files());
        Assert.False(Directory.Exists(fixture.PathOf("old")));
        Assert.Equal(3000 - 1000, outcome.Result.TotalBytes);
        Assert.Equal((0, 2), (again.Result.FilesRemoved, again.Result.FilesUnchanged));
    }

    [Fact]
    public async Task Without_prune_nothing_is_removed()
    {
        await using var fixture = await SavedAsync();
        fixture.Server.Objects.Remove(EngineFixture.Bucket, "m/c.txt");

        await fixture.SaveAsync();

        Assert.Contains("c.txt", fixture.Files());
    }

    [Fact]
    public async Task Files_of_others_stay_and_so_does_what_somebody_changed()
    {
        await using var fixture = await SavedAsync();
        fixture.Put("other/x.bin", 10);
        (await fixture.SaveAsync("s3://models/other")).AssertSucceeded();
        await File.WriteAllTextAsync(fixture.PathOf("mine.txt"), "mine", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(fixture.PathOf("c.txt"), "changed", TestContext.Current.CancellationToken);
        fixture.Server.Objects.Remove(EngineFixture.Bucket, "m/c.txt");

        var outcome = await PruneAsync(fixture);

        Assert.Equal(0, outcome.Result.FilesRemoved);
        Assert.Equal(["a.json", "c.txt", "mine.txt", "old/deep/b.bin", "x.bin"], fixture.Files());
        Assert.Contains("c.txt", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_filter_leaves_out_is_not_gone_from_the_source()
    {
        await using var fixture = await SavedAsync();
        fixture.Server.Objects.Remove(EngineFixture.Bucket, "m/c.txt");

        var outcome = await fixture.SaveAsync(fixture.Request() with { Prune = true, Filter = ModelFilter.Create(["*.json"], null) });

        Assert.Equal(0, outcome.Result.FilesRemoved);
        Assert.Equal(["a.json", "c.txt", "old/deep/b.bin"], fixture.Files());
    }

    [Fact]
    public async Task A_download_that_failed_removes_nothing()
    {
        await using var fixture = await SavedAsync();
        fixture.Server.Objects.Remove(EngineFixture.Bucket, "m/c.txt");
        fixture.Put("m/new.bin", 10);
        fixture.Server.Faults.OnGet("m/new.bin").Always().AccessDenied();

        var outcome = await PruneAsync(fixture);

        outcome.OnlyFailure(ModelStoreErrorCode.AccessDenied);
        Assert.Contains("c.txt", fixture.Files());
    }

    [Fact]
    public async Task A_link_to_elsewhere_is_not_gone_through()
    {
        await using var fixture = await SavedAsync();
        var elsewhere = Directory.CreateDirectory(Path.Combine(fixture.Root, "elsewhere", "deep")).Parent!.FullName;
        File.Move(fixture.PathOf("old/deep/b.bin"), Path.Combine(elsewhere, "deep", "b.bin"));
        Directory.Delete(fixture.PathOf("old"), recursive: true);
        Directory.CreateSymbolicLink(fixture.PathOf("old"), elsewhere);
        fixture.Server.Objects.Remove(EngineFixture.Bucket, "m/old/deep/b.bin");

        var outcome = await PruneAsync(fixture);

        Assert.Equal(0, outcome.Result.FilesRemoved);
        Assert.True(File.Exists(Path.Combine(elsewhere, "deep", "b.bin")));
    }

    [Fact]
    public async Task Only_what_was_approved_is_removed()
    {
        await using var fixture = await SavedAsync();
        fixture.Server.Objects.Remove(EngineFixture.Bucket, "m/c.txt");
        fixture.Server.Objects.Remove(EngineFixture.Bucket, "m/old/deep/b.bin");
        using var store = new ModelStore(fixture.Options);
        var plan = await store.PlanAsync(fixture.Request() with { Prune = true }, monitor: null, CancellationToken.None);

        var outcome = await store.DownloadAsync(plan.Removing(new HashSet<string> { fixture.PathOf("c.txt") }), new TransferMonitor(), CancellationToken.None);

        Assert.Equal([fixture.PathOf("c.txt"), fixture.PathOf("old/deep/b.bin")], plan.Orphans.Order(StringComparer.Ordinal));
        Assert.Equal(1, outcome.Result.FilesRemoved);
        Assert.Equal(["a.json", "old/deep/b.bin"], fixture.Files());
    }

    private static async Task<EngineFixture> SavedAsync()
    {
        var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.json", 1000, seed: 1);
        fixture.Put("m/old/deep/b.bin", 1000, seed: 2);
        fixture.Put("m/c.txt", 1000, seed: 3);
        (await fixture.SaveAsync()).AssertSucceeded();
        return fixture;
    }

    private static Task<DownloadOutcome> PruneAsync(EngineFixture fixture) => fixture.SaveAsync(fixture.Request() with { Prune = true });
}
