using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Source;

/// <summary>Buckets that live elsewhere: the region is learned from the answer, and learned once.</summary>
public sealed class RegionTests
{
    private const string Key = "m/w.bin";

    [Theory]
    [InlineData(WrongRegionAnswer.Redirect)]
    [InlineData(WrongRegionAnswer.BadRequest)]
    public async Task A_wrong_region_heals_while_listing_and_is_right_from_then_on(WrongRegionAnswer answer)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        Move(fixture, "eu-west-1", answer);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.All(fixture.GetsOf(Key), get => Assert.Equal("eu-west-1", get.SignedRegion));
        Assert.Equal(3, fixture.GetsOf(Key).Count);
        Assert.Equal(
            ["us-east-1", "eu-west-1"],
            fixture.Server.Log.Entries.Where(entry => entry.Operation == S3Operation.ListObjects).Select(entry => entry.SignedRegion));
    }

    [Theory]
    [InlineData(WrongRegionAnswer.Redirect)]
    [InlineData(WrongRegionAnswer.BadRequest)]
    public async Task A_wrong_region_heals_while_reading_and_costs_one_request(WrongRegionAnswer answer)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Verification = VerificationLevel.Size;
        var content = fixture.Put(Key, 3 * MiB, etag: MultipartETag);

        var outcome = await fixture.SaveAfterAsync(() => Move(fixture, "eu-west-1", answer));

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal(["us-east-1", "eu-west-1", "eu-west-1", "eu-west-1"], fixture.GetsOf(Key).Select(get => get.SignedRegion));
    }

    [Fact]
    public async Task A_wrong_region_heals_for_a_single_object_that_cannot_be_listed()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put(Key, 1000);
        Move(fixture, "eu-west-1", WrongRegionAnswer.Redirect);
        fixture.Server.Objects.Policy(EngineFixture.Bucket).DenyList = true;

        var outcome = await fixture.SaveAsync("s3://models/m/w.bin");

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
    }

    [Fact]
    public async Task A_bucket_that_is_always_elsewhere_is_an_error_and_no_loop()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).Always().Error(
            new S3Error(System.Net.HttpStatusCode.MovedPermanently, "PermanentRedirect", "Elsewhere."));

        var outcome = await fixture.SaveAsync();

        var failure = outcome.OnlyFailure(ModelStoreErrorCode.WrongRegion);
        Assert.Contains("-Region", failure.Remedy, StringComparison.Ordinal);
        Assert.Single(fixture.GetsOf(Key));
    }

    [Fact]
    public async Task The_probe_tells_the_region_it_learned()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(Key, 1000);
        Move(fixture, "ap-southeast-2", WrongRegionAnswer.BadRequest);

        var status = await fixture.ProbeAsync();

        Assert.True(status.Available);
        Assert.Equal("ap-southeast-2", status.Region);
    }

    [Fact]
    public async Task Requests_that_are_refused_together_all_learn_the_region()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxConcurrency = 4 };
        for (var i = 0; i < 4; i++)
            fixture.Put($"m/{i}.json", 1000, seed: i);
        var gate = new Gate();
        fixture.Server.Faults.OnGet().Times(4).Hold(gate).WrongRegion301("eu-west-1");

        var saving = fixture.SaveAsync();
        while (gate.Arrived < 4)
            await Task.Delay(1);
        gate.Release();

        (await saving).AssertSucceeded();
    }

    [Fact]
    public async Task A_temporary_redirect_is_followed_for_this_request_only()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        await using var other = await S3TestServer.StartAsync();
        var content = fixture.Put(Key, 3 * MiB, etag: MultipartETag);
        other.Objects.Put(EngineFixture.Bucket, Key, content, new() { ETag = MultipartETag });
        fixture.Server.Faults.OnGet(Key).FromOffset(MiB).TemporaryRedirect307(other.Endpoint);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, MiB, 2 * MiB], fixture.StartsOf(Key));
        Assert.Equal($"bytes={MiB}-{(2 * MiB) - 1}", Assert.Single(other.Log.Entries).RangeHeader);
    }

    [Theory]
    [InlineData("m/a b+c%20d%2Fe?f#g")]
    [InlineData("m/ü/ключ/\u65e5\u672c.bin")]
    [InlineData("m/%2E%2E/~-_.'()*!")]
    [InlineData("m/x/../w.bin")]
    [InlineData("m/./w.bin")]
    public async Task A_temporary_redirect_keeps_the_key_as_it_is(string key)
    {
        await using var fixture = await EngineFixture.StartAsync();
        await using var other = await S3TestServer.StartAsync();
        var content = fixture.Put(key, 1000);
        other.Objects.Put(EngineFixture.Bucket, key, content);
        fixture.Server.Faults.OnGet(key).TemporaryRedirect307(other.Endpoint);

        var outcome = await fixture.SaveAsync("s3://models/" + key);

        outcome.AssertSucceeded();
        fixture.AssertHolds(key[(key.LastIndexOf('/') + 1)..], content);
        Assert.Equal(key, Assert.Single(other.Log.Entries).Key);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end_with_an_error()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet(Key).Always().TemporaryRedirect307(fixture.Server.Endpoint);

        var outcome = await fixture.SaveAsync();

        outcome.OnlyFailure(ModelStoreErrorCode.ProtocolError);
        Assert.Equal(2, fixture.GetsOf(Key).Count);
    }

    [Fact]
    public async Task A_temporary_redirect_of_a_listing_to_a_foreign_host_is_an_error()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 1 };
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnList().Always().TemporaryRedirect307("http://elsewhere.invalid");

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.ListAsync("s3://models/m"));

        Assert.Equal(ModelStoreErrorCode.ProtocolError, error.Code);
    }

    private static void Move(EngineFixture fixture, string region, WrongRegionAnswer answer)
    {
        var policy = fixture.Server.Objects.Policy(EngineFixture.Bucket);
        policy.Region = region;
        policy.WrongRegionAnswer = answer;
    }
}
