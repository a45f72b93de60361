using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source;

/// <summary>Where the connection comes from when parameters do not say it.</summary>
[Collection(nameof(ProcessWide))]
public sealed class EnvironmentTests
{
    private const string Nowhere = "http://127.0.0.1:1";

    [Fact]
    public async Task The_environment_alone_is_enough()
    {
        await using var fixture = await StartAsync();
        using var environment = new EnvironmentScope(
            ("AWS_ENDPOINT_URL_S3", fixture.Server.Endpoint),
            ("AWS_ENDPOINT_URL", Nowhere),
            ("AWS_REGION", "us-east-1"),
            ("AWS_DEFAULT_REGION", "eu-north-1"),
            ("AWS_ACCESS_KEY_ID", fixture.Server.AccessKey),
            ("AWS_SECRET_ACCESS_KEY", fixture.Server.SecretKey));

        var status = await fixture.ProbeAsync();

        Assert.True(status.Available, status.Message);
        Assert.Equal(fixture.Server.Endpoint, status.Endpoint);
        Assert.Equal("Environment", status.CredentialSource);
        Assert.All(fixture.Server.Log.Entries, entry => Assert.Equal("us-east-1", entry.SignedRegion));
    }

    [Fact]
    public async Task The_general_variables_serve_where_the_special_ones_are_missing()
    {
        await using var fixture = await StartAsync(new S3TestServerOptions { Region = "eu-north-1", SessionToken = "the-session-token" });
        using var environment = new EnvironmentScope(
            ("AWS_ENDPOINT_URL", fixture.Server.Endpoint + "/"),
            ("AWS_DEFAULT_REGION", "eu-north-1"),
            ("AWS_ACCESS_KEY_ID", fixture.Server.AccessKey),
            ("AWS_SECRET_ACCESS_KEY", fixture.Server.SecretKey),
            ("AWS_SESSION_TOKEN", "the-session-token"));

        var status = await fixture.ProbeAsync();

        Assert.True(status.Available, status.Message);
        Assert.Equal("eu-north-1", status.Region);
        Assert.All(fixture.Server.Log.Entries, entry => Assert.Equal("eu-north-1", entry.SignedRegion));
    }

    [Fact]
    public async Task Parameters_win_over_the_environment()
    {
        await using var fixture = await StartAsync(new S3TestServerOptions { Region = "eu-north-1" });
        using var environment = new EnvironmentScope(
            ("AWS_ENDPOINT_URL_S3", Nowhere),
            ("AWS_REGION", "us-west-2"),
            ("AWS_ACCESS_KEY_ID", "OTHER"),
            ("AWS_SECRET_ACCESS_KEY", "other"),
            ("AWS_SESSION_TOKEN", "other"),
            ("AWS_PROFILE", "missing"));
        fixture.Options = new S3ModelStoreOptions
        {
            EndpointUrl = fixture.Server.Endpoint,
            Region = "eu-north-1",
            AccessKeyId = fixture.Server.AccessKey,
            SecretAccessKey = fixture.Server.SecretKey,
        };

        var status = await fixture.ProbeAsync();

        Assert.True(status.Available, status.Message);
        Assert.Equal("Parameter", status.CredentialSource);
        Assert.Equal("eu-north-1", status.Region);
    }

    [Fact]
    public async Task A_custom_endpoint_without_a_region_is_signed_for_the_default_one()
    {
        await using var fixture = await StartAsync();
        using var environment = new EnvironmentScope();
        fixture.Options = new S3ModelStoreOptions
        {
            EndpointUrl = fixture.Server.Endpoint,
            AccessKeyId = fixture.Server.AccessKey,
            SecretAccessKey = fixture.Server.SecretKey,
        };

        var status = await fixture.ProbeAsync();

        Assert.True(status.Available, status.Message);
        Assert.Equal("us-east-1", status.Region);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_profile_brings_keys_region_and_endpoint(bool byParameter)
    {
        await using var fixture = await StartAsync(new S3TestServerOptions { Region = "eu-north-1" });
        await WriteProfileAsync(fixture, "lab", fixture.Server.AccessKey, fixture.Server.SecretKey);
        using var environment = new EnvironmentScope(
            ("AWS_SHARED_CREDENTIALS_FILE", CredentialsFile(fixture)),
            ("AWS_PROFILE", byParameter ? "another" : "lab"));
        fixture.Options = new S3ModelStoreOptions { ProfileName = byParameter ? "lab" : null };

        var status = await fixture.ProbeAsync();

        Assert.True(status.Available, status.Message);
        Assert.Equal("Profile lab", status.CredentialSource);
        Assert.Equal("eu-north-1", status.Region);
        Assert.Equal(fixture.Server.Endpoint, status.Endpoint);
    }

    [Fact]
    public async Task Keys_of_the_environment_win_over_its_profile_and_a_profile_parameter_over_both()
    {
        await using var fixture = await StartAsync();
        await WriteProfileAsync(fixture, "lab", "OTHER", "other", region: "us-east-1");
        using var environment = new EnvironmentScope(
            ("AWS_SHARED_CREDENTIALS_FILE", CredentialsFile(fixture)),
            ("AWS_PROFILE", "lab"),
            ("AWS_ACCESS_KEY_ID", fixture.Server.AccessKey),
            ("AWS_SECRET_ACCESS_KEY", fixture.Server.SecretKey));

        fixture.Options = new S3ModelStoreOptions();
        var byKeys = await fixture.ProbeAsync();
        fixture.Options = new S3ModelStoreOptions { ProfileName = "lab" };
        var byProfile = await fixture.ProbeAsync();

        Assert.Equal("Environment", byKeys.CredentialSource);
        Assert.True(byKeys.Available, byKeys.Message);
        Assert.Equal("Profile lab", byProfile.CredentialSource);
        Assert.Equal(ModelStoreErrorCode.InvalidCredentials, byProfile.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_profile_that_is_missing_is_named(bool byParameter)
    {
        await using var fixture = await StartAsync();
        using var environment = new EnvironmentScope(("AWS_PROFILE", "no-such-profile"), ("AWS_ENDPOINT_URL", fixture.Server.Endpoint));
        fixture.Options = new S3ModelStoreOptions { ProfileName = byParameter ? "no-such-profile" : null };

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.ListAsync("s3://models/m"));

        Assert.Equal(ModelStoreErrorCode.CredentialsNotFound, error.Code);
        Assert.Contains("'no-such-profile'", error.Message, StringComparison.Ordinal);
        Assert.Equal(ModelStoreErrorCode.CredentialsNotFound, (await fixture.ProbeAsync()).Reason);
        Assert.Equal(0, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task No_credentials_anywhere_say_where_they_could_be()
    {
        await using var fixture = await StartAsync();
        using var environment = new EnvironmentScope();
        fixture.Options = new S3ModelStoreOptions { EndpointUrl = fixture.Server.Endpoint };

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.ListAsync("s3://models/m"));

        Assert.Equal(ModelStoreErrorCode.CredentialsNotFound, error.Code);
        Assert.Contains("-Anonymous", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Server.Log.Requests);
    }

    [Theory]
    [InlineData("/bin/false")]
    [InlineData("/no/such/program")]
    [InlineData("/bin/echo {\"Version\":1,\"SecretAccessKey\":\"PLANTED\"}")]
    [InlineData("/bin/echo PLANTED {\"Version\":1,")]
    public async Task A_profile_whose_process_fails_is_an_error_of_ours_and_shows_nothing(string process)
    {
        await using var fixture = await StartAsync();
        await File.WriteAllTextAsync(CredentialsFile(fixture), $"[broken]\ncredential_process = {process}\nregion = us-east-1\n");
        using var environment = new EnvironmentScope(
            ("AWS_SHARED_CREDENTIALS_FILE", CredentialsFile(fixture)), ("AWS_ENDPOINT_URL", fixture.Server.Endpoint));
        fixture.Options = new S3ModelStoreOptions { ProfileName = "broken" };

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.ListAsync("s3://models/m"));

        Assert.Equal(ModelStoreErrorCode.CredentialsNotFound, error.Code);
        Assert.DoesNotContain("PLANTED", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("broken", error.Message, StringComparison.Ordinal);
        Assert.False((await fixture.ProbeAsync()).Available);
    }

    [Fact]
    public async Task An_endpoint_in_the_environment_that_is_none_is_an_error()
    {
        await using var fixture = await StartAsync();
        using var environment = new EnvironmentScope(("AWS_ENDPOINT_URL_S3", "minio:9000"));
        fixture.Options = new S3ModelStoreOptions { AccessKeyId = "a", SecretAccessKey = "b" };

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.ListAsync("s3://models/m"));

        Assert.Equal(ModelStoreErrorCode.InvalidOption, error.Code);
        Assert.Contains("minio:9000", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AddressingStyle.Auto, "http://s3.eu-west-1.amazonaws.com", true)]
    [InlineData(AddressingStyle.Virtual, "https://models.s3.eu-west-1.amazonaws.com", false)]
    [InlineData(AddressingStyle.Path, "https://s3.eu-west-1.amazonaws.com", false)]
    [InlineData(AddressingStyle.Auto, "https://models.s3.eu-west-1.amazonaws.com", false)]
    public async Task Buckets_of_AWS_have_their_own_host_and_those_of_other_endpoints_a_path(AddressingStyle style, string host, bool custom)
    {
        using var environment = new EnvironmentScope();
        var options = new S3ModelStoreOptions
        {
            EndpointUrl = custom ? host : null,
            Region = "eu-west-1",
            AccessKeyId = "a",
            SecretAccessKey = "b",
            AddressingStyle = style,
        };
        using var store = new S3ObjectStore(options, TimeProvider.System);

        var identity = await store.IdentifyAsync("models", CancellationToken.None);

        Assert.Equal(host, identity.Endpoint);
        Assert.Equal("eu-west-1", identity.Region);
    }

    private static async Task<EngineFixture> StartAsync(S3TestServerOptions? options = null)
    {
        var fixture = await EngineFixture.StartAsync(options);
        fixture.Put("m/a.bin", 100);
        fixture.Options = new S3ModelStoreOptions();
        return fixture;
    }

    private static string CredentialsFile(EngineFixture fixture) => Path.Combine(fixture.Root, "credentials");

    private static Task WriteProfileAsync(EngineFixture fixture, string name, string id, string secret, string region = "eu-north-1")
        => File.WriteAllTextAsync(
            CredentialsFile(fixture),
            $"[{name}]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\nregion = {region}\nendpoint_url = {fixture.Server.Endpoint}\n");
}
