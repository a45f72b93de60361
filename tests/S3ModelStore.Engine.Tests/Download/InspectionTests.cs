using System.Text.Json.Nodes;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Selection;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>A destination is held against its own records, with no store to ask.</summary>
public sealed class InspectionTests
{
    private const long BigSize = (4 * MiB) + 100;

    [Fact]
    public async Task A_sound_directory_is_present_whole()
    {
        await using var fixture = await SavedAsync();

        var estimate = await InspectAsync(fixture);

        Assert.Equal((0, 0, 0, 0L), (estimate.FilesMissing, estimate.FilesDamaged, estimate.FilesForeign, estimate.BytesToDownload));
        Assert.Equal(("s3://models/m", 3, BigSize + 3000, BigSize + 3000), (estimate.Uri, estimate.FileCount, estimate.TotalBytes, estimate.BytesPresent));
        Assert.All(estimate.Files, file => Assert.Equal((S3ModelPlannedFileState.Present, null), (file.State, file.Reason)));
        Assert.Empty(fixture.Server.Log.Entries);
    }

    [Fact]
    public async Task Damaged_missing_and_foreign_files_are_named()
    {
        await using var fixture = await SavedAsync();
        FlipByte(fixture.PathOf("big.bin"), 2 * MiB);
        FlipByte(fixture.PathOf("config.json"), 7);
        File.Delete(fixture.PathOf("sub/vocab.txt"));
        Directory.CreateDirectory(fixture.PathOf("notes"));
        await File.WriteAllTextAsync(fixture.PathOf("notes/mine.txt"), "mine", TestContext.Current.CancellationToken);

        var estimate = await InspectAsync(fixture);

        Assert.Equal(
            [
                ("big.bin", S3ModelPlannedFileState.Damaged, MiB),
                ("config.json", S3ModelPlannedFileState.Damaged, 1000),
                ("sub/vocab.txt", S3ModelPlannedFileState.Missing, 0),
                ("notes/mine.txt", S3ModelPlannedFileState.Foreign, 0),
            ],
            estimate.Files.Select(file => (file.RelativePath, file.State, file.BytesDamaged)));
        Assert.All(estimate.Files, file => Assert.NotNull(file.Reason));
        Assert.Equal((1, 2, 1), (estimate.FilesMissing, estimate.FilesDamaged, estimate.FilesForeign));
        Assert.Equal((3, MiB + 1000 + 2000), (estimate.FileCount, estimate.BytesToDownload));
    }

    [Theory]
    [InlineData(BigSize - 1)]
    [InlineData(BigSize + 1)]
    [InlineData(0)]
    public async Task Another_length_is_damage(long length)
    {
        await using var fixture = await SavedAsync();
        using (var file = File.Open(fixture.PathOf("big.bin"), FileMode.Open))
            file.SetLength(length);

        var estimate = await InspectAsync(fixture);

        Assert.Equal(["big.bin"], estimate.Files.Where(file => file.State == S3ModelPlannedFileState.Damaged).Select(file => file.RelativePath));
    }

    [Fact]
    public async Task A_filter_looks_at_what_it_takes_only()
    {
        await using var fixture = await SavedAsync();
        FlipByte(fixture.PathOf("big.bin"), 0);

        var estimate = await InspectAsync(fixture, ModelFilter.Create(["*.json", "*.txt"], null));

        Assert.Equal(["config.json", "sub/vocab.txt"], estimate.Files.Select(file => file.RelativePath));
        Assert.Equal(0, estimate.FilesDamaged);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    public async Task A_directory_without_records_is_an_error_that_says_so(string? manifest)
    {
        await using var fixture = await SavedAsync();
        if (manifest is null)
            File.Delete(ManifestOf(fixture));
        else
            await File.WriteAllTextAsync(ManifestOf(fixture), manifest, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => InspectAsync(fixture));

        Assert.Equal(ModelStoreErrorCode.ManifestNotFound, error.Code);
        Assert.Contains(fixture.Destination, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Remedy);
    }

    [Fact]
    public async Task A_job_that_never_ended_is_known_by_its_log()
    {
        await using var fixture = await SavedAsync();
        fixture.Put("m/late.json", 10);
        fixture.Server.Faults.OnGet("m/late.json").Always().AccessDenied();
        File.Delete(ManifestOf(fixture));
        await fixture.SaveAsync(fixture.Request() with { Force = true });

        var estimate = await InspectAsync(fixture);

        Assert.Equal((3, 0), (estimate.FileCount, estimate.FilesDamaged));
    }

    [Theory]
    [InlineData("../victim")]
    [InlineData("/etc/passwd")]
    [InlineData(".s3modelstore/manifest.json")]
    public async Task Records_of_paths_that_no_download_has_do_not_count(string path)
    {
        await using var fixture = await SavedAsync();
        await RecordAsync(fixture, path);

        var estimate = await InspectAsync(fixture);

        Assert.Equal(["config.json", "sub/vocab.txt", "big.bin"], estimate.Files.Select(file => file.RelativePath));
    }

    [Fact]
    public async Task Records_that_lead_elsewhere_by_a_link_are_not_followed()
    {
        await using var fixture = await SavedAsync();
        Directory.CreateSymbolicLink(fixture.PathOf("link"), fixture.Root);
        await RecordAsync(fixture, "link/victim");

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => InspectAsync(fixture));

        Assert.Equal(ModelStoreErrorCode.UnsafePath, error.Code);
        Assert.Contains("link/victim", error.Message, StringComparison.Ordinal);
    }

    private static async Task RecordAsync(EngineFixture fixture, string path)
    {
        await File.WriteAllTextAsync(Path.Combine(fixture.Root, "victim"), "12345", TestContext.Current.CancellationToken);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(ManifestOf(fixture), TestContext.Current.CancellationToken))!;
        manifest["files"]![0]!["path"] = path;
        await File.WriteAllTextAsync(ManifestOf(fixture), manifest.ToJsonString(), TestContext.Current.CancellationToken);
    }

    private static string ManifestOf(EngineFixture fixture) => Path.Combine(fixture.StateDirectory, "manifest.json");

    private static Task<S3ModelDownloadEstimate> InspectAsync(EngineFixture fixture, ModelFilter? filter = null)
        => ModelStore.InspectAsync(fixture.Destination, filter ?? ModelFilter.All, new TransferMonitor(), TestContext.Current.CancellationToken);

    private static async Task<EngineFixture> SavedAsync()
    {
        var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Put("m/big.bin", BigSize, seed: 1, etag: MultipartETag);
        fixture.Put("m/config.json", 1000, seed: 2);
        fixture.Put("m/sub/vocab.txt", 2000, seed: 3);
        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.Server.Log.Reset();
        return fixture;
    }
}
