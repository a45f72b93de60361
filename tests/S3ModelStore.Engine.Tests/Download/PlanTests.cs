using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>What a download would do, and what it does with what it was told about its files.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task An_estimate_without_a_destination_counts_everything()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.safetensors", 5000);
        fixture.Put("m/b.SAFETENSORS", 3000);
        fixture.Put("m/config.json", 100);
        fixture.Put("m/sub/README", 1);

        var estimate = (await fixture.PlanAsync(fixture.Request() with { Destination = null })).ToEstimate();

        Assert.Equal("s3://models/m", estimate.Uri);
        Assert.Equal(4, estimate.FileCount);
        Assert.Equal(8101, estimate.TotalBytes);
        Assert.Equal(8101, estimate.BytesToDownload);
        Assert.Equal("a.safetensors", estimate.LargestFile?.RelativePath);
        Assert.Equal([new(".safetensors", 2, 8000), new(".json", 1, 100), new(string.Empty, 1, 1)], estimate.ByExtension);
        Assert.Null(estimate.FreeBytes);
        Assert.Null(estimate.Fits);
        Assert.All(estimate.Files, file => Assert.Null(file.Path));
        Assert.Equal(1, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task An_estimate_knows_what_is_there_and_changes_nothing()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Options = fixture.Options with { MaxRetries = 0 };
        fixture.Put("m/different.bin", 500);
        fixture.Put("m/partial.bin", 3 * MiB, etag: MultipartETag);
        fixture.Put("m/present.bin", 1000);
        fixture.Server.Faults.OnGet("m/partial.bin").FromOffset(2 * MiB).Always().Status(500);
        await fixture.SaveAsync();
        fixture.Put("m/different.bin", 700, seed: 2);
        fixture.Put("m/missing.bin", 50);
        var before = Snapshot(fixture);
        fixture.Server.Log.Reset();

        var estimate = (await fixture.PlanAsync()).ToEstimate();

        Assert.Equal(
            [S3ModelPlannedFileState.Different, S3ModelPlannedFileState.Missing, S3ModelPlannedFileState.Partial, S3ModelPlannedFileState.Present],
            estimate.Files.Select(file => file.State));
        Assert.Equal(1000, estimate.BytesPresent);
        Assert.Equal(2 * MiB, estimate.BytesResumable);
        Assert.Equal(700 + 50 + MiB, estimate.BytesToDownload);
        Assert.Equal((3 * MiB) + 1750, estimate.TotalBytes);
        Assert.True(estimate.Fits);
        Assert.True(estimate.FreeBytes > 0);
        Assert.Equal(fixture.PathOf("present.bin"), estimate.Files[3].Path);
        Assert.Equal(before, Snapshot(fixture));
        Assert.Equal(1, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task An_estimate_creates_no_destination()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 500);

        var estimate = (await fixture.PlanAsync()).ToEstimate();

        Assert.False(Directory.Exists(fixture.Destination));
        Assert.True(estimate.FreeBytes > 0);
    }

    [Fact]
    public async Task A_smaller_file_than_a_part_resumes_what_smaller_parts_brought()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Options = fixture.Options with { MaxRetries = 0 };
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet().FromOffset(2 * MiB).Status(500);
        await fixture.SaveAsync();
        fixture.Options = fixture.Options with { PartSize = null };
        Assert.Equal(2 * MiB, (await fixture.PlanAsync()).ToEstimate().BytesResumable);
        fixture.Server.Log.Reset();

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.Equal(MiB, fixture.Server.Log.BytesSent);
        Assert.Equal(2 * MiB, outcome.Result.BytesReused);
    }

    [Fact]
    public async Task A_specified_file_that_is_missing_or_has_another_size_stops_everything()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 500);
        fixture.Put("m/b.bin", 500);
        var request = fixture.Request() with
        {
            FileSpecs = [new() { Path = "a.bin", Size = 501 }, new() { Path = "b.bin", Size = 500 }, new() { Path = "sub/gone.bin" }],
        };

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.SaveAsync(request));

        Assert.Equal(ModelStoreErrorCode.FileSpecMismatch, error.Code);
        Assert.Contains("'a.bin' has 500 bytes, 501 were specified", error.Message, StringComparison.Ordinal);
        Assert.Contains("'sub/gone.bin' is not there", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("b.bin'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
        Assert.False(Directory.Exists(fixture.Destination));
    }

    [Fact]
    public async Task Two_listed_objects_of_one_path_are_a_conflict_also_with_specifications()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 500);
        fixture.Put("n/a.bin", 600);
        var objects = (await fixture.ListAsync("s3://models/m")).Concat(await fixture.ListAsync("s3://models/n")).ToList();

        foreach (var specs in (S3ModelFileSpec[]?[])[null, [new() { Path = "a.bin" }]])
        {
            var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.PlanAsync(fixture.Request() with { Objects = objects, FileSpecs = specs }));
            Assert.Equal(ModelStoreErrorCode.NameConflict, error.Code);
        }
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(3 * MiB)]
    public async Task The_right_SHA256_is_the_strongest_proof(int size)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = MiB };
        var content = fixture.Put("m/a.bin", size, etag: MultipartETag);
        var sha256 = ContentHash.Sha256Hex(content);
        var request = fixture.Request() with
        {
            FileSpecs = [new() { Path = "a.bin", Sha256 = sha256 }],
            MinimumVerification = VerificationLevel.Sha256,
        };

        var outcome = await fixture.SaveAsync(request);

        outcome.AssertSucceeded();
        Assert.Equal(VerificationLevel.Sha256, outcome.File("a.bin").Verification);
        Assert.Equal("SHA256:" + sha256, outcome.File("a.bin").Checksum);
        Assert.Equal(VerificationLevel.Sha256, outcome.Result.Verification);
        Assert.Equal(S3ModelPlannedFileState.Present, Assert.Single((await fixture.PlanAsync(request)).ToEstimate().Files).State);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(3 * MiB)]
    public async Task A_wrong_SHA256_refuses_the_file(int size)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put("m/a.bin", size, etag: MultipartETag);
        var wrong = new string('0', 64);

        var outcome = await fixture.SaveAsync(fixture.Request() with { FileSpecs = [new() { Path = "a.bin", Sha256 = wrong }] });

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.ChecksumMismatch);
        Assert.Contains("SHA256", failure.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, failure.Message, StringComparison.Ordinal);
        Assert.Contains(ContentHash.Sha256Hex(content), failure.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Files());
        // Once, and once more from nothing.
        Assert.Equal(2L * size, fixture.Server.Log.BytesSent);
    }

    [Fact]
    public async Task A_file_from_elsewhere_with_the_right_SHA256_is_not_fetched()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put("m/a.bin", 5000, etag: MultipartETag);
        Directory.CreateDirectory(fixture.Destination);
        await File.WriteAllBytesAsync(fixture.PathOf("a.bin"), content.ToArray());

        var outcome = await fixture.SaveAsync(fixture.Request() with { FileSpecs = [new() { Path = "a.bin", Sha256 = ContentHash.Sha256Hex(content) }] });

        outcome.AssertSucceeded();
        Assert.Equal(S3ModelFileStatus.Unchanged, outcome.File("a.bin").Status);
        Assert.Equal(VerificationLevel.Sha256, outcome.File("a.bin").Verification);
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    [Fact]
    public async Task Evidence_that_is_too_weak_fails_the_file_before_a_byte_of_it_is_fetched()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/strong.bin", 500);
        fixture.Put("m/weak.bin", 500, etag: "opaque");

        var outcome = await fixture.SaveAsync(fixture.Request() with { MinimumVerification = VerificationLevel.ETagMd5 });

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.VerificationTooWeak);
        Assert.Equal("s3://models/m/weak.bin", failure.Target);
        Assert.Equal(["strong.bin"], fixture.Files());
        Assert.Empty(fixture.GetsOf("m/weak.bin"));
    }

    [Fact]
    public async Task A_file_that_was_proved_too_weakly_is_proved_again_without_fetching_it()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 500);
        await fixture.SaveAsync(fixture.Request() with { Verification = VerificationLevel.Size });
        fixture.Server.Log.Reset();

        var outcome = await fixture.SaveAsync(fixture.Request() with { MinimumVerification = VerificationLevel.ETagMd5 });

        outcome.AssertSucceeded();
        Assert.Equal(VerificationLevel.ETagMd5, outcome.Result.Verification);
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(3 * MiB)]
    public async Task An_ETag_that_encryption_makes_something_else_proves_nothing_and_hurts_nothing(int size)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = MiB };
        var content = fixture.Put("m/a.bin", size, etag: "0123456789abcdef0123456789abcdef");
        fixture.Server.Faults.OnGet().Always().Alter(answer => answer.Headers["x-amz-server-side-encryption"] = "aws:kms");

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.Equal(VerificationLevel.Size, outcome.File("a.bin").Verification);
        Assert.StartsWith("CRC64NVME:", outcome.File("a.bin").Checksum, StringComparison.Ordinal);
    }

    private static List<(string Path, long Length, DateTime Time)> Snapshot(EngineFixture fixture)
        => [.. new DirectoryInfo(fixture.Destination).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc))
            .OrderBy(file => file.FullName, StringComparer.Ordinal)];
}
