using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Tests.Download;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Source;

/// <summary>Answers to GETs that somebody on the way has changed.</summary>
public sealed class HostileAnswerTests
{
    private const string Key = "m/w.bin";

    [Theory]
    [InlineData(true, 1000)]
    [InlineData(false, 1000)]
    [InlineData(true, 3 * MiB)]
    [InlineData(false, 3 * MiB)]
    public async Task A_body_that_was_compressed_on_the_way_is_not_taken_for_the_object(bool withLength, int size)
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Options = fixture.Options with { MaxRetries = 1 };
        // Nothing else would tell: the ETag is no digest of these bytes.
        fixture.Verification = VerificationLevel.Size;
        fixture.Put(Key, size, etag: MultipartETag);
        fixture.Server.Faults.OnGet().Always().Gzip(withLength);

        var failure = (await fixture.SaveAsync()).OnlyFailure(ModelStoreErrorCode.ProtocolError);

        Assert.Contains("gzip", failure.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task An_object_that_was_uploaded_compressed_is_brought_as_it_is_stored()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        var content = fixture.Put(Key, 3 * MiB);
        fixture.Server.Faults.OnGet().Always().Alter(answer => answer.Headers["Content-Encoding"] = "gzip");

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("w.bin", content);
    }

    [Fact]
    public async Task An_answer_that_is_no_HTTP_is_asked_for_again_and_then_told()
    {
        await using var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Options = fixture.Options with { MaxRetries = 2 };
        var content = fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet().Times(2).MisstateLength(-1007);

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("w.bin", content);
        fixture.Put("m/other.bin", 1000);
        fixture.Server.Faults.OnGet().Always().MisstateLength(-1007);
        var failure = (await fixture.SaveAsync()).OnlyFailure(ModelStoreErrorCode.ProtocolError);
        Assert.Contains("'Content-Length: -7'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, fixture.GetsOf("m/other.bin").Count);
    }

    [Fact]
    public async Task A_clock_at_the_end_of_time_is_not_followed()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(Key, 1000);
        fixture.Server.Faults.OnGet().Always().RequestTimeTooSkewed(DateTimeOffset.MaxValue);

        (await fixture.SaveAsync()).OnlyFailure(ModelStoreErrorCode.ClockSkew);

        Assert.Single(fixture.GetsOf(Key));
    }
}
