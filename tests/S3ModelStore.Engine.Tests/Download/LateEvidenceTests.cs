using S3ModelStore.Engine.Model;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>What the store tells about the bytes comes while they are fetched, at any moment.</summary>
public sealed class LateEvidenceTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task A_part_in_flight_is_no_part_of_a_layout_that_is_told_meanwhile()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxConcurrency = 4 };
        // Two parts of 13 MiB are guessed to be of 8 MiB, and were of 7.
        var content = ObjectContent.Generated(13 * MiB, 11);
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/a.bin", content, new PutOptions { MultipartPartSize = 7 * MiB });
        var (told, fetched) = (new Gate(), new Gate());
        fixture.Server.Faults.OnHead("m/a.bin").Hold(told);
        fixture.Server.Faults.OnGet("m/a.bin").Covering(0).HoldMidBody(fetched, MiB);

        var saving = fixture.SaveAsync();
        await Task.WhenAll(told.Reached, fetched.Reached);
        told.Release();
        while (fixture.Server.Log.RequestsOf(S3Operation.HeadObject) < 2)
            await Task.Delay(5);
        // The answer is on its way to the engine; where it comes too late this proves nothing, and fails nothing.
        await Task.Delay(100);
        fetched.Release();
        var outcome = await saving;

        outcome.AssertSucceeded();
        Assert.Equal(VerificationLevel.Composite, outcome.File("a.bin").Verification);
        Assert.Equal(0, outcome.File("a.bin").Retries);
    }

    [Fact]
    public async Task That_an_etag_is_no_md5_is_not_forgotten_when_the_store_then_tells_nothing()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = MiB, MaxRetries = 0 };
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: "0123456789abcdef0123456789abcdef");
        var gate = new Gate();
        fixture.Server.Faults.OnHead().Always().Hold(gate).Status(500);
        fixture.Server.Faults.OnGet().Always().Alter(answer => answer.Headers["x-amz-server-side-encryption"] = "aws:kms");

        var saving = fixture.SaveAsync();
        await gate.Reached;
        while (fixture.Server.Log.BytesSentOf(EngineFixture.Bucket, "m/a.bin") < 3 * MiB)
            await Task.Delay(5);
        gate.Release();
        var outcome = await saving;

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        Assert.Equal(0, outcome.File("a.bin").Retries);
        Assert.Equal(VerificationLevel.Size, outcome.File("a.bin").Verification);
    }
}
