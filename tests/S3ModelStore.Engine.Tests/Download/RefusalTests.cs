using System.Text;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.TestServer.Protocol;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Answers that say no: for now, for this object, or for good.</summary>
public sealed class RefusalTests
{
    private const string Key = "m/w.bin";

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    [InlineData(400)]
    public async Task A_refusal_for_now_is_tried_again(int status)
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).Times(2).Status(status);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(3, fixture.GetsOf(Key).Count);
        Assert.Equal(2, outcome.Result.Retries);
        Assert.Equal(2, outcome.File("w.bin").Retries);
    }

    [Theory]
    [InlineData(500, ModelStoreErrorCode.ServerError)]
    [InlineData(502, ModelStoreErrorCode.ServerError)]
    [InlineData(503, ModelStoreErrorCode.Throttled)]
    [InlineData(504, ModelStoreErrorCode.ServerError)]
    [InlineData(429, ModelStoreErrorCode.Throttled)]
    [InlineData(400, ModelStoreErrorCode.Timeout)]
    public async Task A_refusal_that_stays_is_an_error_with_the_servers_words(int status, ModelStoreErrorCode code)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 2 };
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).Always().Status(status);

        var outcome = await fixture.SaveAsync();

        var failure = outcome.OnlyFailure(code);
        Assert.Equal(status, failure.StatusCode);
        Assert.Contains("s3://models/m/w.bin", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.RequestId);
        Assert.Equal(3, fixture.GetsOf(Key).Count);
        Assert.Equal(2, outcome.File("w.bin").Retries);
        Assert.Empty(fixture.Files());
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_store_that_names_a_time_to_wait_is_given_it(int status)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).Status(status, retryAfter: TimeSpan.FromSeconds(7));
        var clock = new ShortWaitClock(shortened: TimeSpan.FromSeconds(7));

        var outcome = await fixture.SaveAsync(clock);

        outcome.AssertSucceeded();
        Assert.Equal(1, clock.Shortened);
    }

    [Fact]
    public async Task What_was_fetched_before_the_retries_ran_out_is_kept_and_continued()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Options = fixture.Options with { MaxRetries = 1 };
        var content = fixture.Put(Key, (4 * MiB) + 5, etag: MultipartETag);
        fixture.Server.Faults.OnGet(Key).FromOffset(2 * MiB).Always().Status(500);

        var outcome = await fixture.SaveAsync();

        outcome.OnlyFailure(ModelStoreErrorCode.ServerError);
        Assert.Equal([0, MiB, 2 * MiB, 2 * MiB], fixture.StartsOf(Key));
        Assert.Equal(1, fixture.PartialFiles());
        var estimate = (await fixture.PlanAsync()).ToEstimate();
        Assert.Equal(2 * MiB, estimate.BytesResumable);

        fixture.Server.Faults.Clear();
        fixture.Server.Log.Reset();
        outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([2 * MiB, 3 * MiB, 4 * MiB], fixture.StartsOf(Key));
        Assert.Equal(S3ModelFileStatus.Resumed, outcome.File("w.bin").Status);
        Assert.Equal(2 * MiB, outcome.Result.BytesReused);
        Assert.Equal((2 * MiB) + 5, outcome.Result.BytesDownloaded);
    }

    [Fact]
    public async Task An_expired_token_of_static_keys_is_terminal()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet().Always().ExpiredToken();

        var outcome = await fixture.SaveAsync();

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.ExpiredCredentials);
        Assert.Equal("ExpiredToken", failure.ServerCode);
        Assert.Single(fixture.GetsOf(Key));
    }

    [Fact]
    public async Task What_every_file_would_meet_is_asked_once_and_reported_once()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        for (var i = 0; i < 20; i++)
            fixture.Put($"m/{i}.bin", 1000);
        fixture.Server.Faults.OnGet().Always().ExpiredToken();

        var (result, failures) = await fixture.SaveAsync();

        Assert.Equal(20, result.FilesFailed);
        Assert.All(result.Files, file => Assert.Equal(ModelStoreErrorCode.ExpiredCredentials, file.ErrorCode));
        Assert.Single(failures);
        Assert.Equal(1, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    [Fact]
    public async Task An_object_that_may_not_be_read_fails_alone_and_at_once()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        fixture.Put(Key, 1000);
        fixture.Server.Objects.Policy(EngineFixture.Bucket).DenyReadOf = key => key == Key;

        var outcome = await fixture.SaveAsync();

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.AccessDenied);
        Assert.Equal("s3://models/m/w.bin", failure.Target);
        Assert.Equal(403, failure.StatusCode);
        Assert.Single(fixture.GetsOf(Key));
        Assert.Equal(["a.bin"], fixture.Files());
    }

    [Fact]
    public async Task An_archived_object_says_so()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        fixture.Server.Objects.Put(EngineFixture.Bucket, Key, TestServer.Content.ObjectContent.Generated(1000, 1), new() { IsArchived = true, StorageClass = "GLACIER" });

        var outcome = await fixture.SaveAsync();

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.ObjectArchived);
        Assert.Contains("Restore", failure.Remedy, StringComparison.Ordinal);
        Assert.Single(fixture.GetsOf(Key));
        Assert.Equal(["a.bin"], fixture.Files());
    }

    [Fact]
    public async Task An_object_that_went_away_says_so()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(Key, 1000);

        var outcome = await fixture.SaveAfterAsync(() => fixture.Server.Objects.Remove(EngineFixture.Bucket, Key));

        outcome.OnlyFailure(ModelStoreErrorCode.ObjectNotFound);
        Assert.Single(fixture.GetsOf(Key));
    }

    [Theory]
    [InlineData(503, ModelStoreErrorCode.Throttled)]
    [InlineData(403, ModelStoreErrorCode.AccessDenied)]
    [InlineData(418, ModelStoreErrorCode.ProtocolError)]
    public async Task An_error_body_that_is_no_document_still_has_its_status(int status, ModelStoreErrorCode code)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 1 };
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).Always().Custom(async http =>
        {
            http.Response.StatusCode = status;
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("<Error><Code>\u0001 half a do"));
            return true;
        });

        var outcome = await fixture.SaveAsync();

        Assert.Equal(status, outcome.OnlyFailure(code).StatusCode);
    }
}
