using System.Text.Json;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Storage;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using S3ModelStore.TestServer.Samples;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>The main job: a model from a server to a directory.</summary>
public sealed class SaveTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task A_model_arrives_byte_for_byte()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var sample = SampleModel.Put(fixture.Server.Objects, EngineFixture.Bucket, "m", new SampleModelOptions { WeightBytes = 40 * MiB, MultipartPartSize = 8 * MiB });

        var (result, failures) = await fixture.SaveAsync();

        Assert.Empty(failures);
        Assert.True(result.Success);
        Assert.Equal(sample.Objects.Count, result.FilesDownloaded);
        Assert.Equal(sample.TotalBytes, result.BytesDownloaded);
        Assert.Equal(sample.TotalBytes, result.TotalBytes);
        foreach (var stored in sample.Objects)
            fixture.AssertHolds(stored.Key["m/".Length..], stored.Content);
        Assert.Equal(sample.Objects.Count, fixture.Files().Count);
    }

    [Fact]
    public async Task Saving_again_costs_the_listing_and_nothing_else()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/config.json", 700);
        fixture.Put("m/sub/weights.bin", 20 * MiB, etag: "0123456789abcdef0123456789abcdef-3");
        await fixture.SaveAsync();
        fixture.Server.Log.Reset();

        var (result, _) = await fixture.SaveAsync();

        Assert.True(result.Success);
        Assert.Equal(2, result.FilesUnchanged);
        Assert.Equal(0, result.BytesDownloaded);
        Assert.Equal(20 * MiB + 700, result.BytesReused);
        Assert.Equal(1, fixture.Server.Log.Requests);
        Assert.Equal(1, fixture.Server.Log.RequestsOf(S3Operation.ListObjects));
    }

    [Fact]
    public async Task Workers_go_where_the_fewest_are()
    {
        await using var fixture = await EngineFixture.StartAsync();
        const int Parts = 12;
        fixture.Options = fixture.Options with { PartSize = 64 * 1024, MaxConcurrency = 3 };
        var (sync, begun, running, crowded) = (new Lock(), new Dictionary<string, int>(), new Dictionary<string, int>(), 0);
        foreach (var key in (string[])["m/a.bin", "m/b.bin", "m/c.bin"])
        {
            (begun[key], running[key]) = (0, 0);
            fixture.Put(key, Parts * 64 * 1024);
            fixture.Server.Faults.OnGet(key).Always().Custom(async _ =>
            {
                lock (sync)
                {
                    begun[key]++;
                    // Three workers and three files with something to begin.
                    crowded += ++running[key] > 1 && begun.Values.All(parts => parts < Parts) ? 1 : 0;
                }

                await Task.Delay(5);
                lock (sync)
                    running[key]--;
                return false;
            });
        }

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.Equal(0, crowded);
        Assert.All(begun.Values, parts => Assert.Equal(Parts, parts));
    }

    [Fact]
    public async Task Large_files_come_first_and_small_ones_beside_those_that_share_their_lock()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = 8 * MiB, MaxConcurrency = 1 };
        foreach (var (name, size) in (ReadOnlySpan<(string, int)>)[("b", MiB), ("z", 3 * MiB), ("c", MiB - 1), ("y", 2 * MiB)])
            fixture.Put($"m/{name}", size);
        for (var i = 0; i < 30; i++)
            fixture.Put($"m/{i}.json", i * 100, seed: i);

        (await fixture.SaveAsync()).AssertSucceeded();

        var fetched = fixture.Server.Log.Entries.Where(entry => entry.Operation == S3Operation.GetObject).Select(entry => entry.Key!["m/".Length..]).ToList();
        Assert.Equal(["z", "y", "b"], fetched[..3]);
        Assert.Equal(31, fetched[3..].Count);
        Assert.Equal(fetched[3..].OrderBy(StateDirectory.IdOf, StringComparer.Ordinal), fetched[3..]);
    }

    [Fact]
    public async Task Small_files_cost_one_request_each()
    {
        await using var fixture = await EngineFixture.StartAsync();
        for (var i = 0; i < 50; i++)
            fixture.Put($"m/{i}.json", 4096, seed: i);

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(50, result.FilesDownloaded);
        Assert.Equal(50, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
        Assert.Equal(51, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task A_changed_object_replaces_the_file_and_leaves_the_others()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000, seed: 1);
        fixture.Put("m/b.bin", 1000, seed: 2);
        await fixture.SaveAsync();
        var changed = fixture.Put("m/b.bin", 1000, seed: 3);

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(1, result.FilesDownloaded);
        Assert.Equal(1, result.FilesUnchanged);
        fixture.AssertHolds("b.bin", changed);
    }

    [Fact]
    public async Task An_edited_file_is_brought_again()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put("m/a.bin", 1000);
        await fixture.SaveAsync();
        await File.WriteAllBytesAsync(fixture.PathOf("a.bin"), new byte[1000]);

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(1, result.FilesDownloaded);
        fixture.AssertHolds("a.bin", content);
    }

    [Fact]
    public async Task A_file_that_another_program_brought_is_proved_instead_of_fetched()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put("m/a.bin", 3 * MiB);
        Directory.CreateDirectory(fixture.Destination);
        await File.WriteAllBytesAsync(fixture.PathOf("a.bin"), content.ToArray());

        var (result, _) = await fixture.SaveAsync();

        Assert.Equal(S3ModelFileStatus.Unchanged, Assert.Single(result.Files).Status);
        Assert.Equal(VerificationLevel.ETagMd5, result.Verification);
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    [Fact]
    public async Task Force_fetches_everything_again()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        await fixture.SaveAsync();

        var (result, _) = await fixture.SaveAsync(fixture.Request() with { Force = true });

        Assert.Equal(1, result.FilesDownloaded);
    }

    [Fact]
    public async Task Empty_files_arrive_and_directory_markers_do_not()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/", ObjectContent.Empty);
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/sub/", ObjectContent.Empty);
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/__init__.py", ObjectContent.Empty);

        var (result, _) = await fixture.SaveAsync();

        Assert.True(result.Success);
        Assert.Equal(["__init__.py"], fixture.Files());
        Assert.Equal(0, new FileInfo(fixture.PathOf("__init__.py")).Length);
    }

    [Fact]
    public async Task One_failed_file_does_not_stop_the_others()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        fixture.Put("m/locked.bin", 1000);
        fixture.Put("m/z.bin", 1000);
        fixture.Server.Faults.OnGet("m/locked.bin").Always().AccessDenied();

        var (result, failures) = await fixture.SaveAsync();

        Assert.False(result.Success);
        Assert.Equal(2, result.FilesDownloaded);
        Assert.Equal(1, result.FilesFailed);
        var failure = Assert.Single(failures);
        Assert.Equal(ModelStoreErrorCode.AccessDenied, failure.Code);
        Assert.Contains("locked.bin", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Remedy);
        Assert.Equal(["a.bin", "z.bin"], fixture.Files());
    }

    [Fact]
    public async Task The_manifest_names_every_file_with_its_proof()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        await fixture.SaveAsync();

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(fixture.StateDirectory, "manifest.json")));

        Assert.Equal(1, manifest.RootElement.GetProperty("version").GetInt32());
        Assert.Equal("s3://models/m", manifest.RootElement.GetProperty("source").GetString());
        var file = Assert.Single(manifest.RootElement.GetProperty("files").EnumerateArray());
        Assert.Equal("a.bin", file.GetProperty("path").GetString());
        Assert.Equal(1000, file.GetProperty("size").GetInt64());
        Assert.Equal("ETagMd5", file.GetProperty("verification").GetString());
        Assert.StartsWith("MD5:", file.GetProperty("digest").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_of_a_newer_version_is_refused_and_left_alone()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        Directory.CreateDirectory(fixture.StateDirectory);
        var path = Path.Combine(fixture.StateDirectory, "manifest.json");
        await File.WriteAllTextAsync(path, """{"version":99,"news":true}""");

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.SaveAsync());

        Assert.Equal(ModelStoreErrorCode.UnsupportedState, error.Code);
        Assert.Contains("news", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_carry_the_time_of_their_objects()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var modified = new DateTimeOffset(2025, 3, 4, 5, 6, 7, TimeSpan.Zero);
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/a.bin", ObjectContent.Generated(100, 1), new() { LastModified = modified });

        await fixture.SaveAsync();

        Assert.Equal(modified.UtcDateTime, File.GetLastWriteTimeUtc(fixture.PathOf("a.bin")));
    }
}
