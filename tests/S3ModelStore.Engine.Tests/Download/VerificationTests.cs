using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Tests.Verification;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>When a file is proved, by whom, and at what effort. Which level which evidence gives: LevelTests.</summary>
public sealed class VerificationTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task A_store_that_tells_late_finds_the_digests_of_a_guess_out_of_use()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxConcurrency = 2 };
        var content = ObjectContent.Generated(13 * MiB, 9);
        StoredEvidence.Put(fixture.Server, content, ETagKind.MultipartTold, 5 * MiB, "SHA1", StoredEvidence.Composite);
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
        StoredEvidence.Put(fixture.Server, content, ETagKind.Md5, size, algorithm, StoredEvidence.FullObject);
        return content;
    }
}
