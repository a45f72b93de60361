using System.Globalization;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Verification;
using S3ModelStore.Engine.Verification.Composite;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Which evidence there is, which level a file reaches by it, and that wrong bytes are found by it.</summary>
public sealed class VerificationTests
{
    private const int MiB = 1024 * 1024;
    private static readonly int[] OnePartAndSeveral = [700_000, (5 * MiB) + 4321];

    public static TheoryData<string, int> FullObject()
    {
        var cases = new TheoryData<string, int>();
        foreach (var algorithm in ServerChecksum.Algorithms)
        {
            foreach (var size in OnePartAndSeveral)
                cases.Add(algorithm, size);
        }

        return cases;
    }

    public static TheoryData<string, bool> Composite() => new()
    {
        { "MD5", true }, { "MD5", false }, { "CRC32C", true }, { "CRC32", true }, { "SHA256", true }, { "SHA1", false },
    };

    [Theory]
    [MemberData(nameof(FullObject))]
    public async Task A_checksum_over_the_whole_object_proves_it(string algorithm, int size)
    {
        await using var fixture = await StartAsync();
        var content = PutFullObject(fixture, algorithm, size);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.Equal(VerificationLevel.FullObject, outcome.File("a.bin").Verification);
        Assert.Equal($"{algorithm}:{Digest(algorithm, content)}", outcome.File("a.bin").Checksum);
        Assert.Equal(size < MiB ? 0 : 1, fixture.Server.Log.RequestsOf(S3Operation.HeadObject));
    }

    [Theory]
    [MemberData(nameof(FullObject))]
    public async Task A_byte_that_flips_in_transit_is_found(string algorithm, int size)
    {
        await using var fixture = await StartAsync();
        var content = PutFullObject(fixture, algorithm, size);
        fixture.Server.Faults.OnGet("m/a.bin").Covering(size - 1).FlipByte(size % MiB / 2);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.Equal(VerificationLevel.FullObject, outcome.File("a.bin").Verification);
        Assert.True(outcome.File("a.bin").Retries > 0);
        Assert.True(outcome.File("a.bin").BytesDownloaded >= 2 * size);
    }

    [Theory]
    [MemberData(nameof(FullObject))]
    public async Task Bytes_that_stay_wrong_never_reach_their_place(string algorithm, int size)
    {
        await using var fixture = await StartAsync();
        PutFullObject(fixture, algorithm, size);
        fixture.Server.Faults.OnGet("m/a.bin").Covering(0).Always().FlipByte(0);

        var outcome = await fixture.SaveAsync();

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.ChecksumMismatch);
        Assert.Contains(algorithm, failure.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Files());
    }

    [Theory]
    [MemberData(nameof(Composite))]
    public async Task A_value_over_parts_proves_an_upload(string algorithm, bool layoutIsTold)
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = PutComposite(fixture, algorithm, layoutIsTold);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.Equal(VerificationLevel.Composite, outcome.File("a.bin").Verification);
        Assert.StartsWith(algorithm + ":", outcome.File("a.bin").Checksum, StringComparison.Ordinal);
        Assert.EndsWith("-3", outcome.File("a.bin").Checksum, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_tells_late_finds_the_digests_of_a_guess_out_of_use()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxConcurrency = 2 };
        var content = PutComposite(fixture, "SHA1", layoutIsTold: true);
        var gate = new Gate();
        fixture.Server.Faults.OnHead("m/a.bin").Hold(gate);

        var saving = fixture.SaveAsync();
        await gate.Reached;
        while (fixture.Server.Log.BytesSentOf(EngineFixture.Bucket, "m/a.bin") < 10 * MiB)
            await Task.Delay(5);
        gate.Release();
        var outcome = await saving;

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.StartsWith("SHA1:", outcome.File("a.bin").Checksum, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_over_parts_finds_a_flipped_byte_when_the_layout_is_told()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = PutComposite(fixture, "MD5", layoutIsTold: true);
        fixture.Server.Faults.OnGet("m/a.bin").Covering(6 * MiB).FlipByte(77);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.True(outcome.File("a.bin").Retries > 0);
    }

    [Fact]
    public async Task An_unknown_layout_is_no_failure_and_no_proof()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 9 * MiB, etag: "0123456789abcdef0123456789abcdef-2");

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.Equal(VerificationLevel.Size, outcome.File("a.bin").Verification);
        Assert.StartsWith("CRC64NVME:", outcome.File("a.bin").Checksum, StringComparison.Ordinal);
        Assert.Contains("parts of its upload are unknown", outcome.File("a.bin").VerificationNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resumed_file_is_proved_by_the_parts_of_both_runs()
    {
        await using var fixture = await StartAsync();
        var content = PutFullObject(fixture, "CRC64NVME", 9 * MiB);
        fixture.Options = fixture.Options with { MaxConcurrency = 1, MaxRetries = 0 };
        fixture.Server.Faults.OnGet("m/a.bin").Covering(6 * MiB).Always().Status(500);
        Assert.False((await fixture.SaveAsync()).Result.Success);
        fixture.Server.Faults.Clear();
        fixture.Options = fixture.Options with { PartSize = 2 * MiB };

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.Equal(S3ModelFileStatus.Resumed, outcome.File("a.bin").Status);
        Assert.Equal(VerificationLevel.FullObject, outcome.File("a.bin").Verification);
        fixture.AssertHolds("a.bin", content);
    }

    [Theory]
    [InlineData(VerificationLevel.Size, VerificationLevel.Size)]
    [InlineData(VerificationLevel.ETagMd5, VerificationLevel.ETagMd5)]
    [InlineData(VerificationLevel.FullObject, VerificationLevel.FullObject)]
    public async Task The_effort_can_be_capped(VerificationLevel cap, VerificationLevel reached)
    {
        await using var fixture = await StartAsync();
        PutFullObject(fixture, "CRC32C", 3 * MiB);
        fixture.Verification = cap;

        var outcome = await fixture.SaveAsync();

        Assert.Equal(reached, outcome.File("a.bin").Verification);
        Assert.Equal(cap < VerificationLevel.Composite ? 0 : 1, fixture.Server.Log.RequestsOf(S3Operation.HeadObject));
    }

    [Fact]
    public async Task A_file_of_another_program_is_proved_by_what_the_store_knows()
    {
        await using var fixture = await StartAsync();
        var content = PutFullObject(fixture, "CRC64NVME", 3 * MiB);
        Directory.CreateDirectory(fixture.Destination);
        await File.WriteAllBytesAsync(fixture.PathOf("a.bin"), content.ToArray());

        var outcome = await fixture.SaveAsync();

        Assert.Equal(S3ModelFileStatus.Unchanged, outcome.File("a.bin").Status);
        Assert.Equal(VerificationLevel.FullObject, outcome.File("a.bin").Verification);
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    [Fact]
    public async Task A_store_that_answers_no_question_about_checksums_is_read_all_the_same()
    {
        await using var fixture = await StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 0 };
        var content = fixture.Put("m/a.bin", 3 * MiB);
        fixture.Server.Faults.OnHead().Always().Status(500);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.Equal(VerificationLevel.ETagMd5, outcome.File("a.bin").Verification);
    }

    private static async Task<EngineFixture> StartAsync()
    {
        var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = MiB };
        return fixture;
    }

    private static ObjectContent PutFullObject(EngineFixture fixture, string algorithm, int size)
    {
        var content = ObjectContent.Generated(size, 7);
        var value = Convert.ToBase64String(RawDigest(algorithm, content, 0, size));
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/a.bin", content, new PutOptions
        {
            Checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amz-checksum-" + algorithm.ToLowerInvariant()] = value },
            ChecksumType = "FULL_OBJECT",
        });
        return content;
    }

    // 13 MiB in parts of 5 MiB: as the SDKs upload.
    private static ObjectContent PutComposite(EngineFixture fixture, string algorithm, bool layoutIsTold)
    {
        const int PartSize = 5 * MiB;
        var content = ObjectContent.Generated(13 * MiB, 9);
        var options = new PutOptions { ETag = layoutIsTold ? null : ContentHash.MultipartETag(content, PartSize), MultipartPartSize = layoutIsTold ? PartSize : null };
        if (algorithm != "MD5")
        {
            byte[] digests = [.. Enumerable.Range(0, 3).SelectMany(i => RawDigest(algorithm, content, i * PartSize, Math.Min(PartSize, (13 * MiB) - (i * PartSize))))];
            var value = CompositeChecksum.Of(Enum.Parse<CompositeAlgorithm>(algorithm, ignoreCase: true), digests).ToString();
            options = options with
            {
                Checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amz-checksum-" + algorithm.ToLowerInvariant()] = value },
                ChecksumType = "COMPOSITE",
            };
        }

        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/a.bin", content, options);
        return content;
    }

    private static byte[] RawDigest(string algorithm, ObjectContent content, long offset, int length)
    {
        using var digest = new RunningDigest(algorithm);
        digest.Append(content.Slice(offset, length));
        return digest.Finish();
    }

    private static string Digest(string algorithm, ObjectContent content)
    {
        using var digest = new RunningDigest(algorithm);
        digest.Append(content.ToArray());
        return digest.FinishText().ToString(CultureInfo.InvariantCulture);
    }
}
