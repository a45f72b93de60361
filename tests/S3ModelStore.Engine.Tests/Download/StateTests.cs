using System.Text.Json.Nodes;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Selection;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>The module's own directory when it is not what it should be.</summary>
public sealed class StateTests
{
    [Theory]
    [InlineData("")]
    [InlineData("partial")]
    public async Task A_link_in_its_place_is_refused(string below)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        var elsewhere = Directory.CreateDirectory(Path.Combine(fixture.Root, "elsewhere")).FullName;
        var link = Path.Combine(fixture.StateDirectory, below).TrimEnd('/');
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        Directory.CreateSymbolicLink(link, elsewhere);

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.SaveAsync());

        Assert.Equal(ModelStoreErrorCode.UnsafePath, error.Code);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_written_is_a_failure_and_the_files_stay_known()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        var manifest = Path.Combine(fixture.StateDirectory, "manifest.json");
        Directory.CreateDirectory(Path.Combine(manifest, "in-the-way"));

        var (result, failures) = await fixture.SaveAsync();

        Assert.False(result.Success);
        Assert.Equal(1, result.FilesDownloaded);
        Assert.Equal(ModelStoreErrorCode.DestinationUnavailable, Assert.Single(failures).Code);
        Directory.Delete(manifest, recursive: true);
        Assert.Equal(1, (await fixture.SaveAsync()).Result.FilesUnchanged);
    }

    [Fact]
    public async Task A_store_without_etags_is_read_by_size()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = ObjectContent.Generated(3_000_000, 1);
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/a.bin", content, new() { ETag = string.Empty });
        fixture.Options = fixture.Options with { PartSize = 1_000_000 };

        var (result, _) = await fixture.SaveAsync();

        Assert.True(result.Success);
        fixture.AssertHolds("a.bin", content);
    }

    [Fact]
    public async Task A_job_that_finds_everything_in_place_leaves_the_manifest_as_it_is()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        fixture.Put("m/b/c.bin", 2000);
        (await fixture.SaveAsync()).AssertSucceeded();
        var before = await ManifestOfAsync(fixture);

        (await fixture.SaveAsync()).AssertSucceeded();

        Assert.Equal(before, await ManifestOfAsync(fixture));
    }

    [Fact]
    public async Task A_job_that_finds_everything_in_place_but_is_another_writes_that_down()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        fixture.Put("m/b.bin", 2000);
        (await fixture.SaveAsync()).AssertSucceeded();

        var part = await fixture.SaveAsync(fixture.Request() with { Filter = ModelFilter.Create(["a.bin"], []) });

        part.AssertSucceeded();
        Assert.Contains($"\"fingerprint\":\"{part.Result.Fingerprint}\"", (await ManifestOfAsync(fixture)).Text, StringComparison.Ordinal);
        Assert.Contains("b.bin", (await ManifestOfAsync(fixture)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_finds_everything_in_place_folds_in_what_a_killed_one_left()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        (await fixture.SaveAsync()).AssertSucceeded();
        // As a job leaves it that died between its last file and its manifest.
        var log = Path.Combine(fixture.StateDirectory, "completed", "0123.jsonl");
        var entry = JsonNode.Parse((await ManifestOfAsync(fixture)).Text)!["files"]![0]!;
        entry["path"] = "other.bin";
        await File.WriteAllTextAsync(log, entry.ToJsonString() + "\n");

        (await fixture.SaveAsync()).AssertSucceeded();

        Assert.False(File.Exists(log));
        Assert.Contains("other.bin", (await ManifestOfAsync(fixture)).Text, StringComparison.Ordinal);
    }

    private static async Task<(string Text, DateTime WrittenAt)> ManifestOfAsync(EngineFixture fixture)
    {
        var path = Path.Combine(fixture.StateDirectory, "manifest.json");
        return (await File.ReadAllTextAsync(path), File.GetLastWriteTimeUtc(path));
    }
}
