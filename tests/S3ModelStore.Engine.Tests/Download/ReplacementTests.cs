using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Objects that become others while they are read, and answers that are about something else than was asked.</summary>
public sealed class ReplacementTests
{
    private const string Key = "m/w.bin";
    private const string Bucket = EngineFixture.Bucket;

    private static readonly ObjectContent Second = ObjectContent.Generated((3 * MiB) + 7, seed: 2);
    private static readonly ObjectContent Third = ObjectContent.Generated(3 * MiB, seed: 3);

    [Fact]
    public async Task A_small_object_replaced_before_it_is_read_arrives_as_the_new_one()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).ReplaceObject(Bucket, Key, Second);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", Second);
        var file = outcome.File("w.bin");
        Assert.Equal(Second.Length, file.Size);
        Assert.Equal(ContentHash.Md5Hex(Second), file.ETag);
        Assert.Equal(VerificationLevel.ETagMd5, file.Verification);
        Assert.Equal(2, fixture.GetsOf(Key).Count);
        Assert.Equal(1, fixture.Server.Log.RequestsOf(S3Operation.HeadObject));
        Assert.Equal(Second.Length, fixture.Server.Log.BytesSent);
    }

    [Fact]
    public async Task A_small_object_replaced_within_its_body_arrives_as_the_old_one()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var first = fixture.Put(Key, 500_000);
        fixture.Server.Faults.OnGet(Key).ReplaceObjectMidBody(Bucket, Key, Second, afterBytes: 1000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", first);
        Assert.Single(fixture.GetsOf(Key));
        Assert.Equal(1, (await fixture.SaveAsync()).Result.FilesDownloaded);
        fixture.AssertHolds("w.bin", Second);
    }

    [Fact]
    public async Task Parts_of_two_versions_are_never_mixed()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Verification = VerificationLevel.Size;
        fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).Covering(2 * MiB).ReplaceObject(Bucket, Key, Second);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", Second);
        Assert.Equal([0, MiB, 2 * MiB, 0, MiB, 2 * MiB, 3 * MiB], fixture.StartsOf(Key));
        Assert.Equal(1, fixture.Server.Log.RequestsOf(S3Operation.HeadObject));
        Assert.Equal(S3ModelFileStatus.Downloaded, outcome.File("w.bin").Status);
        Assert.Equal(Second.Length, outcome.Result.TotalBytes);
    }

    [Fact]
    public async Task Parts_of_two_versions_are_never_mixed_when_the_change_comes_within_a_body()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = MiB };
        fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).ReplaceObjectMidBody(Bucket, Key, Second, afterBytes: 1000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        // Whichever version won, it is whole.
        var sha256 = ContentHash.Sha256Hex(ObjectContent.FromBytes(await File.ReadAllBytesAsync(fixture.PathOf("w.bin"))));
        Assert.Contains(sha256, new[] { ContentHash.Sha256Hex(Second), ContentHash.Sha256Hex(ObjectContent.Generated(3 * MiB, 1)) });
        Assert.Equal(outcome.File("w.bin").Size, new FileInfo(fixture.PathOf("w.bin")).Length);
    }

    [Fact]
    public async Task A_body_that_breaks_and_is_another_objects_afterwards_is_begun_anew()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(Key, MiB);
        fixture.Server.Faults.OnGet(Key).ReplaceObjectMidBody(Bucket, Key, Second, afterBytes: 1000).Truncate(300_000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", Second);
        Assert.Equal([0, 300_000, 0], fixture.StartsOf(Key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MultipartETag)]
    public async Task An_object_replaced_twice_fails_and_leaves_the_old_file(string? etag)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var old = fixture.Put(Key, 10);
        await fixture.SaveAsync();
        fixture.Put(Key, 3 * MiB, etag: etag);
        fixture.Server.Faults.OnGet(Key).Covering(MiB).ReplaceObject(Bucket, Key, Second);
        fixture.Server.Faults.OnGet(Key).Covering(MiB).ReplaceObject(Bucket, Key, Third);

        var outcome = await fixture.SaveAsync();

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.ObjectChanged);
        Assert.Equal(412, failure.StatusCode);
        fixture.AssertHolds("w.bin", old);

        (await fixture.SaveAsync()).AssertSucceeded();
        fixture.AssertHolds("w.bin", Third);
    }

    [Fact]
    public async Task A_replacement_of_another_size_than_specified_is_not_taken()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).ReplaceObject(Bucket, Key, Second);

        var outcome = await fixture.SaveAsync(fixture.Request() with { FileSpecs = [new() { Path = "w.bin", Size = 1000 }] });

        outcome.OnlyFailure(ModelStoreErrorCode.FileSpecMismatch);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task An_object_removed_while_it_is_read_is_gone()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).FromOffset(MiB).Custom(_ =>
        {
            fixture.Server.Objects.Remove(Bucket, Key);
            return Task.FromResult(false);
        });

        var outcome = await fixture.SaveAsync();

        outcome.OnlyFailure(ModelStoreErrorCode.ObjectNotFound);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task A_whole_object_instead_of_a_range_begins_the_file_anew_once()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).FromOffset(MiB).RangeIgnored();

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, MiB, 0, MiB, 2 * MiB], fixture.StartsOf(Key));
    }

    [Fact]
    public async Task Another_total_size_begins_the_file_anew_once()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).FromOffset(MiB).WrongTotal(5 * MiB);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, MiB, 0, MiB, 2 * MiB], fixture.StartsOf(Key));
    }

    [Fact]
    public async Task Another_ETag_begins_the_file_anew_once()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).FromOffset(MiB).WrongETagHeader();

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, MiB, 0, MiB, 2 * MiB], fixture.StartsOf(Key));
    }

    [Theory]
    [InlineData("whole object")]
    [InlineData("total")]
    [InlineData("ETag")]
    public async Task Answers_that_stay_another_objects_fail_the_file(string fault)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        var rule = fixture.Server.Faults.OnGet(Key).Always();
        _ = fault switch
        {
            "whole object" => rule.RangeIgnored(),
            "total" => rule.WrongTotal(5 * MiB),
            _ => rule.WrongETagHeader(),
        };

        var outcome = await fixture.SaveAsync();

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.ObjectChanged);
        Assert.Contains("s3://models/m/w.bin", failure.Message, StringComparison.Ordinal);
        Assert.Equal([0, 0], fixture.StartsOf(Key));
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task Other_bytes_than_were_asked_for_are_not_taken_and_asked_for_again()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).FromOffset(MiB).ShiftContentRange(-1);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, MiB, MiB, 2 * MiB], fixture.StartsOf(Key));
        Assert.Equal(1, outcome.Result.Retries);
    }

    [Fact]
    public async Task A_store_that_always_sends_other_bytes_is_no_S3()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Options = fixture.Options with { MaxRetries = 2 };
        fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).Always().ShiftContentRange(1);

        var outcome = await fixture.SaveAsync();

        outcome.OnlyFailure(ModelStoreErrorCode.ProtocolError);
        Assert.Equal([0, 0, 0], fixture.StartsOf(Key));
        Assert.Empty(fixture.Files());
    }
}
