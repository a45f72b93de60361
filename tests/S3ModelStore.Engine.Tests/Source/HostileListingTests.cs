using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Tests.Chaos;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source;

/// <summary>Listings that lie, loop or make no sense.</summary>
public sealed class HostileListingTests
{
    [Fact]
    public async Task A_listing_whose_pages_lead_back_to_themselves_ends_with_an_error()
    {
        await using var fixture = await StartAsync(pageSize: 1);
        fixture.Server.Faults.OnList().Always().LoopContinuation();

        await FailAsync(fixture);

        Assert.Equal(2, fixture.Server.Log.RequestsOf(S3Operation.ListObjects));
    }

    [Fact]
    public async Task A_key_that_two_pages_tell_is_one_object()
    {
        await using var fixture = await StartAsync(pageSize: 2);
        fixture.Server.Faults.OnList().Always().RepeatLastEntry();

        var found = await fixture.ListAsync("s3://models/m");

        Assert.Equal(["a", "b", "c", "d", "e"], found.Select(item => item.RelativePath));
        (await fixture.SaveAsync()).AssertSucceeded();
    }

    [Theory]
    [InlineData("Key", "x")]
    [InlineData("Key", "another/prefix")]
    [InlineData("Key", "")]
    [InlineData("Size", "-5")]
    [InlineData("Size", "99999999999999999999999")]
    [InlineData("Size", "many")]
    [InlineData("LastModified", "yesterday")]
    [InlineData("LastModified", "99999-01-01T00:00:00Z")]
    public async Task An_entry_that_makes_no_sense_is_no_S3(string element, string value)
    {
        await using var fixture = await StartAsync(pageSize: 2);
        fixture.Server.Faults.OnList().Always().MisstateEntries(element, value);

        await FailAsync(fixture);
    }

    [Fact]
    public async Task Entities_of_a_listing_are_not_expanded()
    {
        await using var fixture = await StartAsync(pageSize: 2);
        fixture.Server.Faults.OnList().Always().Document(200, "application/xml", MalformedXml.Entities);

        await FailAsync(fixture);
    }

    private static async Task<EngineFixture> StartAsync(int pageSize)
    {
        var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { MaxKeysPerPage = pageSize });
        fixture.Options = fixture.Options with { MaxRetries = 1 };
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
            fixture.Put("m/" + name, 10);
        return fixture;
    }

    // The limit is for a listing that never ends.
    private static async Task FailAsync(EngineFixture fixture)
    {
        var listing = fixture.ListAsync("s3://models/m");
        var error = await Assert.ThrowsAsync<ModelStoreException>(() => listing.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(ModelStoreErrorCode.ProtocolError, error.Code);
        Assert.Contains("-EndpointUrl", error.Remedy, StringComparison.Ordinal);
    }
}
