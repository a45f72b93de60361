using S3ModelStore.TestServer;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>The same bytes when they come as TLS records.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task Parts_and_small_files_arrive_as_they_are()
    {
        await using var fixture = await StartAsync();
        var large = fixture.Put("m/large.bin", 5_000_003);
        var small = Enumerable.Range(0, 50).Select(i => fixture.Put($"m/small-{i:00}.bin", i * 701, seed: i)).ToList();
        fixture.Options = fixture.Options with { PartSize = 1_000_000, MaxConcurrency = 4 };

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("large.bin", large);
        Assert.All(small.Index(), each => fixture.AssertHolds($"small-{each.Index:00}.bin", each.Item));
        // Kept between requests, as without TLS.
        Assert.InRange(fixture.Server.Log.ConnectionsOpened, 1, 6);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_continued_from_the_last_byte_that_was_decrypted()
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/w.bin", 2_000_000);
        fixture.Server.Faults.OnGet("m/w.bin").Truncate(700_000);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("w.bin", content);
        Assert.Equal([0, 700_000], fixture.StartsOf("m/w.bin"));
        Assert.Equal(2_000_000, outcome.Result.BytesDownloaded);
    }

    private static async Task<EngineFixture> StartAsync()
    {
        var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { UseTls = true });
        fixture.Options = fixture.Options with { SkipCertificateCheck = true };
        return fixture;
    }
}
