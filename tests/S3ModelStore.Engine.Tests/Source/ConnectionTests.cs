using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source;

/// <summary>How parameters become requests.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Anonymous_requests_are_not_signed()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put("m/a b+ü.bin", 1000);
        fixture.Server.Objects.Policy(EngineFixture.Bucket).AllowAnonymous = true;
        fixture.Options = new S3ModelStoreOptions { EndpointUrl = fixture.Server.Endpoint, Anonymous = true };

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("a b+ü.bin", content);
        Assert.All(fixture.Server.Log.Entries, entry => Assert.Null(entry.SignedRegion));
        Assert.Equal("Anonymous", (await fixture.ProbeAsync()).CredentialSource);
    }

    [Fact]
    public async Task Anonymous_requests_to_a_private_bucket_are_denied()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        fixture.Options = new S3ModelStoreOptions { EndpointUrl = fixture.Server.Endpoint, Anonymous = true };

        Assert.Equal(ModelStoreErrorCode.AccessDenied, (await fixture.ProbeAsync()).Reason);
    }

    [Fact]
    public async Task A_session_token_travels_with_every_request()
    {
        await using var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { SessionToken = "session-token-value" });
        var content = fixture.Put("m/a.bin", 1000);
        fixture.Options = fixture.Options with { SessionToken = "session-token-value" };

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("a.bin", content);
        fixture.Options = fixture.Options with { SessionToken = "another-token" };
        Assert.Equal(ModelStoreErrorCode.InvalidCredentials, (await fixture.ProbeAsync()).Reason);
    }

    [Fact]
    public async Task The_requester_pays_for_listing_head_and_get()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 1000);
        fixture.Options = fixture.Options with { RequestPayer = true };

        (await fixture.SaveAsync("s3://models/m/a.bin")).AssertSucceeded();

        Assert.Equal(
            [S3Operation.ListObjects, S3Operation.HeadObject, S3Operation.GetObject],
            fixture.Server.Log.Entries.Select(entry => entry.Operation));
        Assert.All(fixture.Server.Log.Entries, entry => Assert.Equal("requester", entry.RequestPayer));
    }

    [Fact]
    public async Task A_virtual_host_carries_the_bucket()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { EndpointUrl = fixture.Server.LocalhostEndpoint, AddressingStyle = AddressingStyle.Virtual };
        using var store = new S3ObjectStore(fixture.Options, TimeProvider.System);

        var identity = await store.IdentifyAsync(EngineFixture.Bucket, CancellationToken.None);

        Assert.Equal(fixture.Server.LocalhostEndpoint.Replace("//", "//models.", StringComparison.Ordinal), identity.Endpoint);
    }

    [Fact]
    public async Task An_endpoint_with_a_slash_at_its_end_is_the_same_endpoint()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = fixture.Put("m/a.bin", 1000);
        fixture.Options = fixture.Options with { EndpointUrl = fixture.Server.Endpoint + "/" };

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("a.bin", content);
        Assert.Equal("/models/m/a.bin", Assert.Single(fixture.GetsOf("m/a.bin")).RawPath);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused_with_the_remedy()
    {
        await using var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { UseTls = true });
        fixture.Put("m/a.bin", 1000);

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.ListAsync("s3://models/m"));
        var single = await Assert.ThrowsAsync<ModelStoreException>(() => new HeadOnly(fixture).RunAsync());

        Assert.All([error, single], each =>
        {
            Assert.Equal(ModelStoreErrorCode.EndpointUnreachable, each.Code);
            Assert.Contains("certificate", each.Message, StringComparison.Ordinal);
            Assert.Contains("-SkipCertificateCheck", each.Remedy, StringComparison.Ordinal);
        });
        Assert.Equal(0, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_taken_when_the_user_says_so()
    {
        await using var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { UseTls = true });
        var content = fixture.Put("m/a.bin", 1000);
        fixture.Options = fixture.Options with { SkipCertificateCheck = true };

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("a.bin", content);
    }

    [Fact]
    public async Task A_store_that_is_disposed_before_its_first_request_has_done_nothing()
    {
        await using var fixture = await EngineFixture.StartAsync();

        new ModelStore(fixture.Options).Dispose();

        Assert.Equal(0, fixture.Server.Log.ConnectionsOpened);
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("host:9000")]
    [InlineData("http://user:password@host")]
    [InlineData("http://host/?query")]
    public void An_endpoint_that_is_none_is_refused_at_once(string endpoint)
    {
        var error = Assert.Throws<ModelStoreException>(() => new ModelStore(new S3ModelStoreOptions { EndpointUrl = endpoint }));

        Assert.Equal(ModelStoreErrorCode.InvalidOption, error.Code);
        Assert.DoesNotContain("user:password", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_an_identity_is_refused_at_once()
    {
        S3ModelStoreOptions[] halves =
        [
            new() { AccessKeyId = "a" },
            new() { SecretAccessKey = "b" },
            new() { SessionToken = "c" },
            new() { Anonymous = true, ProfileName = "p" },
            new() { Anonymous = true, AccessKeyId = "a", SecretAccessKey = "b" },
            new() { ProfileName = "p", AccessKeyId = "a", SecretAccessKey = "b" },
        ];

        Assert.All(halves, half => Assert.Equal(ModelStoreErrorCode.InvalidOption, Assert.Throws<ModelStoreException>(() => new ModelStore(half)).Code));
    }

    /// <summary>Our own request instead of the SDK's.</summary>
    private sealed class HeadOnly(EngineFixture fixture)
    {
        public async Task RunAsync()
        {
            using var store = new S3ObjectStore(fixture.Options, TimeProvider.System);
            await Task.Run(() => store.Head(EngineFixture.Bucket, "m/a.bin", versionId: null, CancellationToken.None));
        }
    }
}
