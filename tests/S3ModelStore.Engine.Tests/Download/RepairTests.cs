using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.TestServer.Protocol;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>A directory that was whole once is read again, and what rotted is fetched again: no more than that.</summary>
public sealed class RepairTests
{
    private const int Parts = 6;

    [Fact]
    public async Task A_sound_directory_costs_a_listing()
    {
        await using var fixture = await SavedAsync();

        var outcome = await RepairAsync(fixture);

        outcome.AssertSucceeded();
        Assert.Equal((3, 0, 0L), (outcome.Result.FilesUnchanged, outcome.Result.FilesRepaired, outcome.Result.BytesDownloaded));
        Assert.Equal(outcome.Result.TotalBytes, outcome.Result.BytesReused);
        Assert.All(fixture.Server.Log.Entries, entry => Assert.Equal(S3Operation.ListObjects, entry.Operation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData((3 * MiB) - 1)]
    [InlineData((Parts * MiB) + 99)]
    public async Task Only_the_damaged_part_is_fetched(long at)
    {
        await using var fixture = await SavedAsync();
        Damage(fixture.PathOf("big.bin"), at, keepTime: true);

        var outcome = await RepairAsync(fixture);

        outcome.AssertSucceeded();
        var file = outcome.File("big.bin");
        Assert.Equal(S3ModelFileStatus.Repaired, file.Status);
        Assert.Equal(at >= Parts * MiB ? 100 : MiB, file.BytesDownloaded);
        Assert.Equal([at / MiB * MiB], fixture.StartsOf("m/big.bin"));
        Assert.Equal((1, 2), (outcome.Result.FilesRepaired, outcome.Result.FilesUnchanged));
        AssertWhole(fixture);
    }

    [Fact]
    public async Task Without_repair_a_file_that_rotted_behind_its_time_is_not_looked_into()
    {
        await using var fixture = await SavedAsync();
        Damage(fixture.PathOf("big.bin"), 5, keepTime: true);

        var outcome = await fixture.SaveAsync();

        Assert.Equal(3, outcome.Result.FilesUnchanged);
    }

    [Fact]
    public async Task A_truncated_file_keeps_its_whole_parts()
    {
        await using var fixture = await SavedAsync();
        using (var file = File.Open(fixture.PathOf("big.bin"), FileMode.Open))
            file.SetLength((4 * MiB) + 7);

        var outcome = await RepairAsync(fixture);

        Assert.Equal(4 * MiB, outcome.File("big.bin").BytesReused);
        Assert.Equal((2 * MiB) + 100, outcome.File("big.bin").BytesDownloaded);
        AssertWhole(fixture);
    }

    [Fact]
    public async Task A_file_that_grew_is_cut_to_its_size()
    {
        await using var fixture = await SavedAsync();
        await File.AppendAllTextAsync(fixture.PathOf("big.bin"), "tail", TestContext.Current.CancellationToken);

        var outcome = await RepairAsync(fixture);

        Assert.Equal((S3ModelFileStatus.Repaired, 0L), (outcome.File("big.bin").Status, outcome.File("big.bin").BytesDownloaded));
        AssertWhole(fixture);
    }

    [Fact]
    public async Task A_touched_file_is_as_it_was()
    {
        await using var fixture = await SavedAsync();
        foreach (var name in fixture.Files())
            File.SetLastWriteTimeUtc(fixture.PathOf(name), DateTime.UnixEpoch.AddYears(40));

        var outcome = await RepairAsync(fixture);
        fixture.Server.Log.Reset();
        var again = await fixture.SaveAsync();

        Assert.Equal((3, 0L), (outcome.Result.FilesUnchanged, outcome.Result.BytesDownloaded));
        Assert.Equal((3, 0), (again.Result.FilesUnchanged, fixture.Server.Log.RequestsOf(S3Operation.HeadObject)));
    }

    [Fact]
    public async Task A_small_file_is_fetched_whole_and_a_missing_one_too()
    {
        await using var fixture = await SavedAsync();
        Damage(fixture.PathOf("config.json"), 3, keepTime: true);
        File.Delete(fixture.PathOf("sub/vocab.txt"));

        var outcome = await RepairAsync(fixture);

        Assert.Equal((S3ModelFileStatus.Repaired, S3ModelFileStatus.Downloaded), (outcome.File("config.json").Status, outcome.File("sub/vocab.txt").Status));
        Assert.Equal(2, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
        AssertWhole(fixture);
    }

    [Fact]
    public async Task What_changed_at_the_source_is_fetched_as_it_is_now()
    {
        await using var fixture = await SavedAsync();
        var content = fixture.Put("m/config.json", 3000, seed: 77);

        var outcome = await RepairAsync(fixture);

        Assert.Equal(S3ModelFileStatus.Downloaded, outcome.File("config.json").Status);
        fixture.AssertHolds("config.json", content);
    }

    [Fact]
    public async Task Without_a_manifest_the_source_proves_what_is_there()
    {
        await using var fixture = await SavedAsync();
        File.Delete(Path.Combine(fixture.StateDirectory, "manifest.json"));
        Damage(fixture.PathOf("config.json"), 3, keepTime: true);

        var outcome = await RepairAsync(fixture);

        Assert.Equal(S3ModelFileStatus.Unchanged, outcome.File("sub/vocab.txt").Status);
        AssertWhole(fixture);
    }

    [Fact]
    public async Task A_repair_that_is_broken_off_is_finished_by_any_save()
    {
        await using var fixture = await SavedAsync();
        Damage(fixture.PathOf("big.bin"), 1, keepTime: true);
        Damage(fixture.PathOf("big.bin"), 4 * MiB, keepTime: true);
        fixture.Options = fixture.Options with { MaxRetries = 0 };
        fixture.Server.Faults.OnGet("m/big.bin").Nth(2).Status(500);

        var broken = await RepairAsync(fixture);
        fixture.Server.Log.Reset();
        var outcome = await fixture.SaveAsync();

        broken.OnlyFailure(ModelStoreErrorCode.ServerError);
        outcome.AssertSucceeded();
        Assert.Equal(MiB, outcome.Result.BytesDownloaded);
        AssertWhole(fixture);
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_file_is_not_written_through()
    {
        await using var fixture = await SavedAsync();
        var victim = Path.Combine(fixture.Root, "victim");
        await File.WriteAllTextAsync(victim, "mine", TestContext.Current.CancellationToken);
        File.Delete(fixture.PathOf("big.bin"));
        File.CreateSymbolicLink(fixture.PathOf("big.bin"), victim);

        var outcome = await RepairAsync(fixture);

        outcome.AssertSucceeded();
        Assert.Equal("mine", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));
        AssertWhole(fixture);
    }

    [Fact]
    public async Task Force_and_repair_contradict_each_other()
    {
        await using var fixture = await SavedAsync();

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.PlanAsync(fixture.Request() with { Repair = true, Force = true }));

        Assert.Equal(ModelStoreErrorCode.InvalidOption, error.Code);
    }

    [Fact]
    public async Task The_plan_tells_what_will_be_read_and_what_is_known_to_be_missing()
    {
        await using var fixture = await SavedAsync();
        File.Delete(fixture.PathOf("config.json"));
        Damage(fixture.PathOf("big.bin"), 1, keepTime: false);

        var plan = await fixture.PlanAsync(fixture.Request() with { Repair = true });

        Assert.Equal(1000, plan.BytesToDownload);
        Assert.Equal((Parts * MiB) + 100 + 2000, plan.BytesToCheck);
    }

    private static async Task<EngineFixture> SavedAsync()
    {
        var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Put("m/big.bin", (Parts * MiB) + 100, seed: 1, etag: MultipartETag);
        fixture.Put("m/config.json", 1000, seed: 2);
        fixture.Put("m/sub/vocab.txt", 2000, seed: 3);
        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.Server.Log.Reset();
        return fixture;
    }

    private static Task<DownloadOutcome> RepairAsync(EngineFixture fixture) => fixture.SaveAsync(fixture.Request() with { Repair = true });

    private static void AssertWhole(EngineFixture fixture)
    {
        foreach (var (name, seed) in new[] { ("big.bin", 1), ("config.json", 2), ("sub/vocab.txt", 3) })
        {
            var size = seed switch { 1 => (Parts * MiB) + 100, 2 => 1000, _ => 2000 };
            fixture.AssertHolds(name, TestServer.Content.ObjectContent.Generated(size, seed));
        }

        Assert.Equal(["big.bin", "config.json", "sub/vocab.txt"], fixture.Files());
        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.StateDirectory, "partial")));
    }

    private static void Damage(string path, long at, bool keepTime)
    {
        var time = File.GetLastWriteTimeUtc(path);
        FlipByte(path, at);
        if (keepTime)
            File.SetLastWriteTimeUtc(path, time);
    }
}
