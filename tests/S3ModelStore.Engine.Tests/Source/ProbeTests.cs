using System.Net;
using System.Net.Sockets;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.Engine.Tests.Source.Transport;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source;

/// <summary>Is the source there, allowed and not empty? Never an exception, always a reason.</summary>
public sealed class ProbeTests
{
    [Fact]
    public async Task A_source_that_can_be_listed_and_read_is_available()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100_000);

        var status = await fixture.ProbeAsync();

        Assert.True(status.Available);
        Assert.True(status.CanList);
        Assert.True(status.CanRead);
        Assert.Equal(ModelStoreErrorCode.None, status.Reason);
        Assert.Null(status.Remedy);
        Assert.Equal("s3://models/m", status.Uri);
        Assert.Equal("models", status.Bucket);
        Assert.Equal("m", status.Prefix);
        Assert.Equal(fixture.Server.Endpoint, status.Endpoint);
        Assert.Equal("us-east-1", status.Region);
        Assert.Equal("Parameter", status.CredentialSource);
        Assert.True(status.Latency > TimeSpan.Zero);
        // One page and one byte.
        Assert.Equal(2, fixture.Server.Log.Requests);
        Assert.Equal(1, fixture.Server.Log.BytesSent);
    }

    [Fact]
    public async Task An_empty_object_can_be_read_too()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/__init__.py", ObjectContent.Empty);

        Assert.True((await fixture.ProbeAsync()).Available);
    }

    [Fact]
    public async Task A_source_that_can_be_listed_and_not_read_is_not_available()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100);
        fixture.Server.Objects.Policy(EngineFixture.Bucket).DenyRead = true;

        var status = await fixture.ProbeAsync();

        Assert.False(status.Available);
        Assert.True(status.CanList);
        Assert.False(status.CanRead);
        Assert.Equal(ModelStoreErrorCode.AccessDenied, status.Reason);
        Assert.Contains("s3:GetObject", status.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_object_needs_no_permission_to_list()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100);
        fixture.Server.Objects.Policy(EngineFixture.Bucket).DenyList = true;

        var status = await fixture.ProbeAsync("s3://models/m/a.bin");

        Assert.True(status.Available);
        Assert.False(status.CanList);
        Assert.True(status.CanRead);
        Assert.DoesNotContain("listed", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_object_where_listing_is_allowed_can_be_listed()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100);

        var status = await fixture.ProbeAsync("s3://models/m/a.bin");

        Assert.True(status.Available);
        Assert.True(status.CanList);
        Assert.True(status.CanRead);
    }

    [Fact]
    public async Task A_prefix_that_may_not_be_listed_is_denied()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100);
        fixture.Server.Objects.Policy(EngineFixture.Bucket).DenyList = true;

        var status = await fixture.ProbeAsync();

        Assert.Equal(ModelStoreErrorCode.AccessDenied, status.Reason);
        Assert.False(status.CanList);
        Assert.NotNull(status.Remedy);
    }

    [Fact]
    public async Task A_body_whose_chunks_make_no_sense_is_a_reason()
    {
        await using var fixture = await EngineFixture.StartAsync();
        using var server = new ScriptedServer(head => head.Contains("list-type=2", StringComparison.Ordinal)
            ? ScriptedAnswer.Ok("<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>m/a.bin</Key><Size>100</Size><ETag>e</ETag></Contents></ListBucketResult>")
            : ScriptedAnswer.Of("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-0/100\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n"));
        fixture.Options = fixture.Options with { EndpointUrl = $"http://127.0.0.1:{server.Port}", MaxRetries = 1 };

        var status = await fixture.ProbeAsync();

        Assert.Equal(ModelStoreErrorCode.ProtocolError, status.Reason);
        Assert.True(status.CanList);
        Assert.False(status.CanRead);
        Assert.Contains("chunks", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_bucket_is_named()
    {
        await using var fixture = await EngineFixture.StartAsync();

        var status = await fixture.ProbeAsync("s3://nowhere/m");

        Assert.False(status.Available);
        Assert.Equal(ModelStoreErrorCode.BucketNotFound, status.Reason);
        Assert.Contains("nowhere", status.Message, StringComparison.Ordinal);
        Assert.NotNull(status.Remedy);
    }

    [Theory]
    [InlineData("s3://models/empty")]
    [InlineData("s3://models/m", "*.gguf")]
    public async Task Nothing_that_matches_is_a_reason(string source, string? include = null)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100);

        var status = await fixture.ProbeAsync(source, include is null ? null : ModelFilter.Create([include], null));

        Assert.False(status.Available);
        Assert.True(status.CanList);
        Assert.Equal(ModelStoreErrorCode.NoMatch, status.Reason);
        Assert.NotNull(status.Remedy);
    }

    [Fact]
    public async Task An_endpoint_nobody_listens_on_is_a_reason()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { EndpointUrl = $"http://127.0.0.1:{FreePort()}" };

        var status = await fixture.ProbeAsync();

        Assert.False(status.Available);
        Assert.Equal(ModelStoreErrorCode.EndpointUnreachable, status.Reason);
        Assert.Equal(fixture.Options.EndpointUrl, status.Endpoint);
        Assert.Contains("-EndpointUrl", status.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_a_reason_and_shown_nowhere()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100);
        const string Secret = "wrong-secret-planted-0123456789";
        fixture.Options = fixture.Options with { SecretAccessKey = Secret };

        var status = await fixture.ProbeAsync();

        Assert.Equal(ModelStoreErrorCode.InvalidCredentials, status.Reason);
        Assert.DoesNotContain(Secret, status.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Server.AccessKey, status.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task A_status_shows_neither_key_nor_secret()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100);

        var text = (await fixture.ProbeAsync()).ToString();

        Assert.DoesNotContain(fixture.Server.SecretKey, text, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Server.AccessKey, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archived_object_is_a_reason()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/a.bin", ObjectContent.Generated(100, 1), new() { IsArchived = true, StorageClass = "GLACIER" });

        var status = await fixture.ProbeAsync();

        Assert.Equal(ModelStoreErrorCode.ObjectArchived, status.Reason);
        Assert.True(status.CanList);
        Assert.False(status.CanRead);
    }

    [Fact]
    public async Task A_store_that_fails_for_a_moment_is_available()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 100);
        fixture.Server.Faults.OnList().Status(503);
        fixture.Server.Faults.OnGet().Status(500);

        Assert.True((await fixture.ProbeAsync()).Available);
        Assert.Equal(2, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    /// <summary>A port that was free a moment ago.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
